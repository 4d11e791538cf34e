import { isSureGain, type Comparison, type ComparisonRow } from "../../evaluate/index.js";
import { html, type Html } from "../html.js";
import { percent, signed } from "../words/index.js";

/** Everybody on users who trained, the best first; then the ceilings, and who could not take part. */
export function seenTable({ rows }: Comparison): Html {
  const seen = rows.filter(({ users }) => users === "seen");
  const ran = seen.filter(({ status }) => status === "ran").toSorted((a, b) => natsOf(b) - natsOf(a));
  const failed = seen.filter(({ status }) => status !== "ran");
  return html`<div class="scroll words" tabindex="0">
    <table>
      <tr>
        <th scope="col">predictor</th>
        <th class="number" scope="col">accuracy (95 % interval)</th>
        <th class="number" scope="col">nats an answer</th>
        <th class="number" scope="col">over who knows no users (95 % interval)</th>
        <th class="number" scope="col">p, adjusted</th>
        <th class="number" scope="col">slope</th>
        <th class="number" scope="col">worst tenth of users</th>
      </tr>
      ${ran.map(
        (row) =>
          html`<tr>
            <td>${nameOf(row)}</td>
            <td class="number">${interval(row.accuracy, percent)}</td>
            <td class="number">${row.nats === undefined ? "–" : signed(row.nats.mean, 4)}</td>
            <td class="number">${interval(row.gain, (value) => signed(value, 4))}</td>
            <td class="number">${row.gain === undefined ? "–" : pOf(row.gain.adjusted)}</td>
            <td class="number">${row.slope === undefined ? "–" : row.slope.toFixed(2)}</td>
            <td class="number">${row.worstDecile === undefined ? "–" : percent(row.worstDecile)}</td>
          </tr>`,
      )}
      ${failed.map(
        ({ name, status, reason }) =>
          html`<tr>
            <td>${name}</td>
            <td colspan="6" class="wide"><strong>${status}</strong>: ${reason}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

/** Everybody on new users, by how many answers these gave: nats and accuracy. */
export function newTable({ rows, given }: Comparison): Html {
  const ids = [
    ...new Set(rows.filter(({ users, status }) => users === "new" && status === "ran").map(({ id }) => id)),
  ];
  const most = given.at(-1);
  const at = (id: string, answers: number | undefined): ComparisonRow | undefined =>
    rows.find((row) => row.id === id && row.users === "new" && row.answers === answers);
  const order = ids.toSorted((a, b) => natsOf(at(b, most)) - natsOf(at(a, most)));
  return html`<div class="scroll" tabindex="0">
    <table>
      <tr>
        <th scope="col">nats an answer (accuracy), after</th>
        ${given.map((answers) => html`<th class="number" scope="col">${answers}</th>`)}
      </tr>
      ${order.map((id) => {
        const first = at(id, given[0]);
        return html`<tr>
          <td>${first === undefined ? id : first.name}</td>
          ${given.map((answers) => {
            const row = at(id, answers);
            const text =
              row?.nats === undefined || row.accuracy === undefined
                ? "–"
                : `${signed(row.nats.mean, 3)} (${percent(row.accuracy.mean)})`;
            return html`<td class="number">
              ${row !== undefined && isSureGain(row) ? html`<strong>${text}</strong>` : text}
            </td>`;
          })}
        </tr>`;
      })}
    </table>
  </div>`;
}

/** What each family takes people to be, what was tried and chosen, and what it cost. */
export function familiesTable({ families }: Comparison): Html {
  return html`<div class="scroll words" tabindex="0">
    <table>
      <tr>
        <th scope="col">family</th>
        <th scope="col">assumes</th>
        <th scope="col">settings tried</th>
        <th scope="col">chosen, in each division</th>
        <th class="number" scope="col">seconds</th>
        <th class="number" scope="col">numbers learned for all</th>
      </tr>
      ${families.map(
        ({ name, assumes, tried, chosen, seconds, parameters }) =>
          html`<tr>
            <td>${name}</td>
            <td class="wide">${assumes}</td>
            <td class="wide">${tried.length === 0 ? "–" : tried.join("; or ")}</td>
            <td class="wide">
              ${chosen.length === 0 ? "–" : [...new Set(chosen)].map((each) => `${each} (${chosen.filter((other) => other === each).length})`).join("; ")}
            </td>
            <td class="number">${seconds === undefined ? "–" : seconds.toFixed(1)}</td>
            <td class="number">${parameters ?? "–"}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function nameOf(row: ComparisonRow): Html | string {
  if (row.role === "ceiling") return html`<em>${row.name}</em>`;
  return isSureGain(row) ? html`<strong>${row.name}</strong>` : row.name;
}

function interval(
  found: { mean: number; low: number; high: number } | undefined,
  words: (value: number) => string,
): string {
  return found === undefined ? "–" : `${words(found.mean)} (${words(found.low)} to ${words(found.high)})`;
}

function natsOf(row: ComparisonRow | undefined): number {
  return row?.nats?.mean ?? -Infinity;
}

function pOf(p: number): string {
  return p < 0.001 ? "< .001" : p.toFixed(3).replace(/^0/, "");
}
