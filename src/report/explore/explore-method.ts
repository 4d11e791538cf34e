import type { DataSummary } from "../../data/index.js";
import type { Exploration } from "../../evaluate/index.js";
import { choicesTable } from "../choices-table.js";
import { html, type Html } from "../html.js";
import { choicesMade, percent, signed } from "../words/index.js";

/** Every method on the held-out answers. */
export function methodsTable({ comparison }: Exploration): Html {
  const range = ({ low, high }: { low: number; high: number }): string =>
    `${signed(low, 4)} to ${signed(high, 4)}`;
  return html`<div class="scroll words" tabindex="0">
    <table>
      <tr>
        <th scope="col">method</th>
        <th class="number" scope="col">nats in validation</th>
        <th class="number" scope="col">nats held out</th>
        <th class="number" scope="col">accuracy</th>
        <th class="number" scope="col">over one reward (95 % interval)</th>
        <th class="number" scope="col">slope</th>
        <th scope="col">chosen in validation</th>
      </tr>
      ${comparison.methods.map(({ id, name, validation, nats, accuracy, overOneReward, slope, chosen }) => {
        const isBest = id === comparison.best;
        return html`<tr>
          <td>${isBest ? html`<strong>${name}</strong>` : name}</td>
          <td class="number">${signed(validation, 4)}</td>
          <td class="number">${signed(nats.mean, 4)}</td>
          <td class="number">${percent(accuracy.mean)}</td>
          <td class="number">${signed(overOneReward.mean, 4)} (${range(overOneReward)})</td>
          <td class="number">${slope === undefined ? "–" : slope.toFixed(2)}</td>
          <td class="wide">${chosen}</td>
        </tr>`;
      })}
    </table>
  </div>`;
}

/** How well each number of types did. */
export function candidatesTable({ choice }: Exploration): Html {
  const gain =
    choice.best === choice.k
      ? ""
      : `K = ${choice.best} has the highest mean; its gain over K = ${choice.k} is within the rule's bound.`;
  return html`${gain !== "" && html`<p>${gain}</p>`}
    <div class="scroll words narrow" tabindex="0">
      <table>
        <tr>
          <th scope="col">K</th>
          <th scope="col">method</th>
          <th class="number" scope="col">nats an answer</th>
          <th class="number" scope="col">behind the best</th>
          <th class="number" scope="col">standard error</th>
          <th class="number" scope="col">halves that choose it</th>
        </tr>
        ${choice.candidates.map(
          ({ k, method, nats, behindBest }) =>
            html`<tr>
              <td>${k === choice.k ? html`<strong>${k}</strong>` : k}</td>
              <td>${method}</td>
              <td class="number">${signed(nats.mean, 4)}</td>
              <td class="number">${behindBest.mean.toFixed(4)}</td>
              <td class="number">${behindBest.standardError.toFixed(4)}</td>
              <td class="number">${choice.halves.filter((each) => each === k).length}</td>
            </tr>`,
        )}
      </table>
    </div>`;
}

/** Every choice that was made, with its reason. */
export function madeChoices(found: Exploration, summary: DataSummary | undefined): Html {
  const ties = summary === undefined ? "as loaded" : `${summary.ties.count}, ${summary.ties.kept}`;
  return choicesTable(choicesMade(found, ties));
}
