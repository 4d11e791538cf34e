import type { DescribedSubject, Exploration } from "../../evaluate/index.js";
import { html, type Html } from "../html.js";
import { nounOf, percent, sideWords, subjectWord } from "../words/index.js";

/** One table of items by types, shaded by how far each type is from the mean of all. */
export function typesTable(found: Exploration): Html {
  const noun = nounOf(found.choice);
  const { choice, description, kind } = found;
  if (choice.k === 1)
    return html`<p>With K = 1 there is one: what is popular.</p>
      ${subjects(found, description.prototypes.at(0)?.likes ?? [], "What is liked most")}`;
  const named = new Map<string, DescribedSubject>();
  for (const each of description.prototypes)
    for (const subject of [...each.likes, ...each.dislikes]) named.set(subject.id, subject);
  const order = [...named.values()].sort((a, b) => spread(b) - spread(a));
  return html`<p>
      Shares of users' weight:
      ${description.sizes.map((size, j) => `${noun} ${j + 1}: ${percent(size)}`).join("; ")}. Each row is
      ${kind === "items" ? "an item" : `a ${subjectWord(found)}`} on which a ${noun} is far from the others;
      the shade is the difference from the mean of all ${noun}s: orange above, blue below.
    </p>
    ${subjects(found, order, "Where they differ")}
    ${description.bridging.length > 0 && subjects(found, description.bridging, `What all ${noun}s share`)}`;
}

function spread({ byPrototype }: DescribedSubject): number {
  return Math.max(...byPrototype) - Math.min(...byPrototype);
}

function subjects(found: Exploration, rows: readonly DescribedSubject[], heading: string): Html {
  const { choice, description } = found;
  if (rows.length === 0)
    return html`<p>
      No ${subjectWord(found)} has the ${description.leastAnswers} answers it takes to be named.
    </p>`;
  const verb = sideWords(found);
  const letter = choice.kind === "continuum" ? "P" : "T";
  return html`<h3>${heading}</h3>
    <div class="scroll words" tabindex="0">
      <table>
        <tr>
          <th scope="col">${subjectWord(found)}</th>
          ${Array.from({ length: choice.k }, (_, j) => html`<th class="number" scope="col">${letter}${j + 1}</th>`)}
          <th class="number" scope="col">all who ${verb}</th>
          <th class="number" scope="col">answers</th>
        </tr>
        ${rows.map(({ text, byPrototype, share, answers }) => {
          const mean = byPrototype.reduce((a, b) => a + b, 0) / byPrototype.length;
          return html`<tr>
            <td><span class="text" dir="auto">${text}</span></td>
            ${byPrototype.map((p) => html`<td class="number shade" style="--by: ${Math.abs(p - mean).toFixed(2)}; --hue: ${p >= mean ? "30" : "220"}">${percent(p)}</td>`)}
            <td class="number">${percent(share)}</td>
            <td class="number">${Math.round(answers)}</td>
          </tr>`;
        })}
      </table>
    </div>`;
}
