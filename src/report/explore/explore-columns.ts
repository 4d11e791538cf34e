import type { Interval } from "../../core/index.js";
import type { ComparedColumn, Exploration } from "../../evaluate/index.js";
import { html, type Html } from "../html.js";
import { columnWords, percent, pWords, signed } from "../words/index.js";

/** What goes with the differences: each column's test, groups by items with intervals, and types by groups. */
export function columnSection(found: Exploration): Html | false {
  const { columns } = found;
  if (columns.length === 0) return false;
  return html`<section>
    <h2>What goes with the differences</h2>
    <div class="scroll words" tabindex="0">
      <table>
        <tr>
          <th scope="col">column</th>
          <th scope="col">kind</th>
          <th class="number" scope="col">users</th>
          <th class="number" scope="col">statistic</th>
          <th class="number" scope="col">p</th>
          <th class="number" scope="col">p after Holm</th>
          <th class="number" scope="col">nats gained on unseen users</th>
        </tr>
        ${columns.map(
          (column) =>
            html`<tr>
              <td dir="auto">${column.name}</td>
              <td class="whole">
                ${column.groups === undefined ? "numbers" : `${column.groups.length} groups`}
              </td>
              <td class="number">${column.users}</td>
              <td class="number">${column.statistic.toFixed(3)}</td>
              <td class="number">${pWords(column.pValue, column.permutations)}</td>
              <td class="number">${column.adjusted.toFixed(3)}</td>
              <td class="number">
                ${signed(column.gain.mean, 4)} (${signed(column.gain.low, 4)} to
                ${signed(column.gain.high, 4)})
              </td>
            </tr>`,
        )}
      </table>
    </div>
    ${columns.map((column) => one(found, column))}
  </section>`;
}

function one(found: Exploration, column: ComparedColumn): Html {
  const heads = column.groups?.map(({ name, users }) => `${name} (${users})`) ?? [
    "change a standard deviation",
  ];
  return html`<h3 dir="auto">${column.name}</h3>
    <p dir="auto">${columnWords(column)}</p>
    ${
      column.items.length > 0 &&
      html`<p class="note">
          Log odds against a typical item, with 95 % intervals over users: where
          ${column.type === "numeric" ? "they change most" : "the groups differ most"}.
        </p>
        <div class="scroll words" tabindex="0">
          <table>
            <tr>
              <th scope="col">item</th>
              ${heads.map((head) => html`<th class="number" scope="col" dir="auto">${head}</th>`)}
            </tr>
            ${column.items.map(
              ({ id, values }) =>
                html`<tr>
                  <td><span class="text" dir="auto">${id}</span></td>
                  ${values.map((value) => html`<td class="number">${ranged(value)}</td>`)}
                </tr>`,
            )}
          </table>
        </div>`
    }
    ${found.choice.k > 1 && column.groups !== undefined && typesByGroup(found, column)}`;
}

function ranged({ mean, low, high }: Interval): string {
  return `${signed(mean, 2)} (${signed(low, 2)} to ${signed(high, 2)})`;
}

/** Mean weights of the users of each group. */
function typesByGroup({ choice, weights, known }: Exploration, column: ComparedColumn): Html | false {
  const values = known?.find(({ name }) => name === column.name)?.values;
  if (values === undefined) return false;
  const { k } = choice;
  const rows = (column.groups ?? []).map(({ name }) => {
    const own = [...values.keys()].filter((u) => values[u] === name);
    const means = Array.from(
      { length: k },
      (_, j) => own.reduce((sum, u) => sum + weights[u * k + j], 0) / own.length,
    );
    return { name, means, users: own.length };
  });
  return html`<div class="scroll words narrow" tabindex="0">
    <table>
      <tr>
        <th scope="col">group</th>
        ${Array.from({ length: k }, (_, j) => html`<th class="number" scope="col">${choice.kind === "continuum" ? "P" : "T"}${j + 1}</th>`)}
      </tr>
      ${rows
        .filter(({ users }) => users > 0)
        .map(
          ({ name, means }) =>
            html`<tr>
              <td dir="auto">${name}</td>
              ${means.map((mean) => html`<td class="number">${percent(mean)}</td>`)}
            </tr>`,
        )}
    </table>
  </div>`;
}
