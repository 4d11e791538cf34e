import { html, svg, type TemplateResult } from "lit";
import { View } from "../plane/view.js";
import type { PersonView } from "./calls.js";

const SIDE = 320;
const VIEW = new View(SIDE);

/** The plane: its points, the stronger the better the model thinks you like them, and the two that are asked about. */
export function pointsPicture(
  { liked, answers }: PersonView,
  question: PersonView["question"],
): TemplateResult {
  if (liked === undefined) return html``;
  const { places, values } = liked;
  const dots = Array.from(values, (value, i) => {
    // nothing is known before the first answer: all are alike
    const shade = answers === 0 ? 0.35 : 0.1 + 0.9 * value;
    return svg`<circle class="liked" cx=${VIEW.x(places[2 * i])} cy=${VIEW.y(places[2 * i + 1])} r="4" fill-opacity=${shade.toFixed(2)} />`;
  });
  return html`<figure>
    <svg class="points" viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label=${spoken(question)}>
      ${svg`<rect class="edge" width=${SIDE} height=${SIDE} />
      ${dots}
      ${mark(question?.left.place, "A")}${mark(question?.right.place, "B")}`}
    </svg>
    <figcaption class="note">
      ${answers === 0 ? "The points of the world." : "The points of the world: the stronger the colour, the better the model thinks that you like them."}
    </figcaption>
  </figure>`;
}

function mark(place: readonly [number, number] | undefined, letter: string): TemplateResult {
  if (place === undefined) return svg``;
  const [x, y] = [VIEW.x(place[0]), VIEW.y(place[1])];
  return svg`<circle class="asked" cx=${x} cy=${y} r="11" /><text class="asked" x=${x} y=${y + 5} text-anchor="middle">${letter}</text>`;
}

function spoken(question: PersonView["question"]): string {
  if (question === undefined) return "The plane with the points of the world.";
  return `The plane with the points of the world. A is ${question.left.text}, B is ${question.right.text}.`;
}
