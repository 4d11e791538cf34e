import { html, svg, type TemplateResult } from "lit";
import { prototypeColor } from "../../figures/theme/index.js";
import type { BelievedCoordinate, PersonView } from "./calls.js";
import { percent } from "./sureness.js";

type Posterior = PersonView["posterior"];

/** Points of the triangle are drawn in these units. */
const [WIDTH, HEIGHT] = [320, 290];
const CORNERS = [
  [WIDTH / 2, 22],
  [24, 262],
  [WIDTH - 24, 262],
] as const;
/** Standard deviations from the middle to the edge of a plane of z. */
const REACH = 3;
/** Draws that are shown. */
const MOST = 300;

/** What a picture of {@link beliefPicture} shows. */
export function beliefCaption({ kind, width }: Posterior): string {
  const held = "holds 90 % of the belief, were what the model learned of others right.";
  if (kind === "gaussian")
    return `${width === 2 ? "Each dot is a place where you may stand; the outline" : "The bar around each point"} holds 90 % of what the network believes, which is narrower than it should be.`;
  if (kind === "weights" && width === 3)
    return `Each dot is a place where you may stand; the outline ${held}`;
  return `Each point is where you stand on average; the bar around it ${held}`;
}

/** What is believed, as a picture: a triangle for three prototypes, a plane for a latent of two, else bars. */
export function beliefPicture(posterior: Posterior, color = prototypeColor): TemplateResult {
  if (posterior.kind === "weights" && posterior.width === 3) return triangle(posterior, color);
  if (posterior.kind === "gaussian" && posterior.width === 2) return latentPlane(posterior);
  return bars(posterior, color);
}

function triangle({ draws, outline, coordinates, share }: Posterior, color: (k: number) => string) {
  const at = (a: number, b: number): string => {
    const weights = [a, b, 1 - a - b];
    const x = weights.reduce((sum, w, k) => sum + w * CORNERS[k][0], 0);
    const y = weights.reduce((sum, w, k) => sum + w * CORNERS[k][1], 0);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  const dots = Array.from({ length: Math.min(MOST, draws.length / 3) }, (_, i) => {
    const [x, y] = at(draws[3 * i], draws[3 * i + 1]).split(",");
    return svg`<circle class="draw" cx=${x} cy=${y} r="2" />`;
  });
  const corner = ([x, y]: readonly [number, number], k: number): TemplateResult =>
    svg`<circle cx=${x} cy=${y} r="6" fill=${color(k)} /><text x=${x} y=${k === 0 ? y - 10 : y + 20} text-anchor=${["middle", "start", "end"][k]} dx=${[0, -18, 18][k]}>${coordinates[k].name}</text>`;
  return html`<svg
    class="belief"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label=${spoken(coordinates, share)}
  >
    ${svg`<clipPath id="pal-simplex"><polygon points=${CORNERS.map((each) => each.join(",")).join(" ")} /></clipPath>
    <polygon class="edge" points=${CORNERS.map((each) => each.join(",")).join(" ")} />
    ${dots}
    ${outline === undefined ? "" : svg`<polygon class="region" clip-path="url(#pal-simplex)" points=${pointsOf(outline, at)} />`}
    ${CORNERS.map(corner)}`}
  </svg>`;
}

function latentPlane({ draws, outline, coordinates, share }: Posterior): TemplateResult {
  const side = 280;
  const place = (value: number): number => ((value / REACH + 1) / 2) * side;
  const at = (x: number, y: number): string => `${place(x).toFixed(1)},${place(-y).toFixed(1)}`;
  const dots = Array.from({ length: Math.min(MOST, draws.length / 2) }, (_, i) => {
    const [x, y] = at(draws[2 * i], draws[2 * i + 1]).split(",");
    return svg`<circle class="draw" cx=${x} cy=${y} r="2" />`;
  });
  return html`<svg
    class="belief"
    viewBox="-4 -4 ${side + 8} ${side + 24}"
    role="img"
    aria-label=${spoken(coordinates, share)}
  >
    ${svg`<rect class="edge" width=${side} height=${side} />
    ${dots}
    ${outline === undefined ? "" : svg`<polygon class="region" points=${pointsOf(outline, at)} />`}
    <text x=${side} y=${side + 16} text-anchor="end">${coordinates[0].name}, from −3 to 3</text>
    <text x="6" y="16">${coordinates[1].name}</text>`}
  </svg>`;
}

function pointsOf(outline: Float32Array, at: (x: number, y: number) => string): string {
  return Array.from({ length: outline.length / 2 }, (_, i) => at(outline[2 * i], outline[2 * i + 1])).join(
    " ",
  );
}

/** One bar a coordinate: its mean, and a line over what holds 90 %. */
function bars({ coordinates, kind, share }: Posterior, color: (k: number) => string): TemplateResult {
  const [low, high] = kind === "weights" ? [0, 1] : [-REACH, REACH];
  const x = (value: number): number =>
    110 + (190 * (Math.min(high, Math.max(low, value)) - low)) / (high - low);
  const row = (each: BelievedCoordinate, k: number): TemplateResult => {
    const y = 20 + 28 * k;
    return svg`<text x="0" y=${y + 4}>${each.name}</text>
      <line class="edge" x1=${x(low)} x2=${x(high)} y1=${y} y2=${y} />
      <line x1=${x(each.low)} x2=${x(each.high)} y1=${y} y2=${y} stroke=${color(k)} stroke-width="6" stroke-opacity="0.45" />
      <circle cx=${x(each.mean)} cy=${y} r="6" fill=${color(k)} />`;
  };
  return html`<svg
    class="belief"
    viewBox="0 0 ${WIDTH} ${28 * coordinates.length + 16}"
    role="img"
    aria-label=${spoken(coordinates, share)}
  >
    ${coordinates.map(row)}
  </svg>`;
}

/** The picture in words. */
function spoken(coordinates: readonly BelievedCoordinate[], share: number): string {
  const said = coordinates.map(({ name, mean }) => `${name} ${mean.toFixed(2).replace("-", "−")}`).join(", ");
  return `What is believed of you: ${said}. The region of 90 % has ${percent(share)} of its first size. The table below has the numbers.`;
}

/** The numbers behind the picture. */
export function beliefTable({ coordinates }: Posterior): TemplateResult {
  const said = (value: number): string => value.toFixed(2).replace("-", "−");
  return html`<table>
    <caption>
      What is believed of you
    </caption>
    <thead>
      <tr>
        <th scope="col">coordinate</th>
        <th scope="col">mean</th>
        <th scope="col">90 % from</th>
        <th scope="col">to</th>
      </tr>
    </thead>
    <tbody>
      ${coordinates.map(
        ({ name, mean, low, high }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${said(mean)}</td>
            <td>${said(low)}</td>
            <td>${said(high)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
