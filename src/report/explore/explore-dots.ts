import type { AnsweredShare, Exploration, PlacedSubject } from "../../evaluate/index.js";
import { theme } from "../../figures/index.js";
import { html, type Html } from "../html.js";
import { nounOf, percent, short, sideWords, subjectWord } from "../words/index.js";

const BINS = 20;

/** The look of {@link dotsSection}: no script runs on the page, a dot is a radio button and what it shows stands beside it. */
export const DOTS_STYLE = `
.dots { position: relative; padding-bottom: calc(var(--card) + 1em); margin: 1em 0; }
.bins { display: grid; grid-template-columns: repeat(${BINS}, 1fr); align-items: end; border-bottom: 1px solid var(--quiet); border-inline: 0; padding: 0; margin: 0; border-top: 0; min-width: 0; }
.bin { display: flex; flex-wrap: wrap-reverse; align-content: flex-start; gap: 1px; }
.dot { line-height: 0; }
.dot input { appearance: none; box-sizing: border-box; width: var(--dot); height: var(--dot); margin: 0; border-radius: 50%; border: 2px solid var(--link); background: var(--link); cursor: pointer; print-color-adjust: exact; }
.dot.few input { background: none; border-width: 1.5px; }
.dot input:checked, .dot input:hover { border-color: var(--ink); background: var(--ink); }
.dot input:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.scale { display: flex; justify-content: space-between; gap: 1em; color: var(--quiet); font-size: 0.88rem; margin: 4px 0 8px; max-width: none; }
.card { display: none; position: absolute; left: 0; right: 0; bottom: 0; height: var(--card); box-sizing: border-box; overflow-y: auto; padding: 10px 14px; background: var(--tint); border-left: 4px solid var(--link); line-height: 1.4; }
.dot input:checked + .card { display: block; }
.dot:hover .card { display: block; z-index: 2; }
.card .text { max-height: none; margin-bottom: 0.4em; }
.card table { width: 100%; }
.card th { font-weight: 400; width: 26%; }
.card td, .card th { padding-block: 2px; border: 0; }
.card td:last-child { white-space: nowrap; width: 1%; padding-right: 0; }
.bar { position: relative; display: block; height: 1em; min-width: 40px; border-inline: 1px solid var(--line); background: linear-gradient(var(--line), var(--line)) center / 1px 100% no-repeat; print-color-adjust: exact; }
.bar span { position: absolute; top: 0.3em; height: 0.4em; background: var(--by, var(--quiet)); opacity: 0.55; print-color-adjust: exact; }
.bar span + span { top: 0; width: 3px; margin-left: -1.5px; height: 1em; opacity: 1; }
`;

/** Every statement or item as a dot from joining to dividing, with its text and answers by group; and the same as a table. */
export function dotsSection(found: Exploration): Html {
  const { subjects, description } = found;
  const { shown, total } = subjects;
  const what = subjectWord(found);
  if (shown.length === 0) return html`<p>There is no ${what} to show.</p>`;
  const most = Math.max(...shown.map(({ divides }) => divides));
  const top = Math.min(1, Math.max(0.1, Math.ceil(most * 10 - 1e-9) / 10));
  const bins = Array.from({ length: BINS }, (_, bin) =>
    shown.filter(({ divides }) => Math.min(BINS - 1, Math.floor((divides / top) * BINS)) === bin),
  );
  const rows = 1 + subjects.groupings.reduce((sum, { names }) => sum + names.length + 1, 0);
  const size = shown.length <= 150 ? 13 : shown.length <= 400 ? 10 : 8;
  const last = shown.at(-1);
  return html`<p>
      Each dot is ${what === "item" ? "an item" : `a ${what}`}; ${placeWords(found)} Point at a dot, or go to
      the dots with Tab and along them with the arrow keys, to read it.
      ${hasFew(found) && ` Hollow: fewer than ${description.leastAnswers} answers, so that its place says little.`}
      ${shown.length < total && ` Shown are the ${shown.length} of ${total} with the most answers.`}
    </p>
    <div class="dots" style="--dot: ${size}px; --card: ${(8 + 1.75 * rows).toFixed(1)}em">
      <fieldset class="bins" aria-label="${what}s, those that join first">
        ${bins.map((bin) => html`<div class="bin">${bin.map((subject) => dot(found, subject, subject === last))}</div>`)}
      </fieldset>
      <p class="scale"><span>← joins (0)</span><span>${Math.round(100 * top)} · divides →</span></p>
    </div>
    <details>
      <summary>The same as a table</summary>
      ${asTable(found)}
    </details>`;
}

/** What the place of a dot says. */
function placeWords(found: Exploration): string {
  const noun = nounOf(found.choice);
  if (found.choice.k === 1)
    return "at the left nearly all are on one side, at the right answers are split in half (100).";
  const ends = noun === "type" ? "groups" : "ends";
  return `at the left all ${ends} answer alike, at the right they are far apart: the number is the largest difference between ${ends}, in percentage points, as the model of all answers sees it.`;
}

function hasFew({ subjects, description }: Exploration): boolean {
  return subjects.shown.some(({ answers }) => answers < description.leastAnswers);
}

function dot(found: Exploration, subject: PlacedSubject, isFirst: boolean): Html {
  const few = subject.answers < found.description.leastAnswers ? " few" : "";
  return html`<div class="dot${few}">
    <input
      type="radio"
      name="subject"
      aria-label="${short(subject.text, 120)}: ${Math.round(100 * subject.divides)}"
      ${isFirst && "checked"}
    />
    <div class="card" tabindex="0" role="group" aria-label="answers">${card(found, subject)}</div>
  </div>`;
}

function card(found: Exploration, { text, all, byGroup, byPrototype, divides }: PlacedSubject): Html {
  const { groupings } = found.subjects;
  const noun = nounOf(found.choice);
  return html`<span class="text" dir="auto">${text}</span>
    <table>
      ${bar(`all who ${sideWords(found)}`, all)}
      ${groupings.map(
        ({ column, names }, g) =>
          html`<tr>
              <th colspan="3" scope="rowgroup" dir="auto">
                <strong>${column ?? `by the ${noun} they are nearest to`}</strong>
              </th>
            </tr>
            ${names.map((name, i) =>
              bar(
                column === undefined ? groupName(found, i, byPrototype[i]) : name,
                byGroup[g][i],
                column === undefined ? theme.prototypeColor(i) : theme.groupColor(i),
              ),
            )}`,
      )}
    </table>
    <p class="note">
      ${Math.round(100 * divides)} on the line above. Bars: 95 % intervals.
      ${groupings.some(({ column }) => column === undefined) && `The ${noun}s were found from these same answers.`}
    </p>`;
}

function groupName(found: Exploration, i: number, p: number): string {
  return `${nounOf(found.choice)} ${i + 1} (model: ${percent(p)})`;
}

function bar(name: string, { share, low, high, answers }: AnsweredShare, color?: string): Html {
  const look = color === undefined ? "" : `; --by: ${color}`;
  return html`<tr>
    <th scope="row" dir="auto">${short(name, 60)}</th>
    <td>
      <span class="bar"
        ><span style="left: ${at(low)}; width: ${at(high - low)}${look}"></span
        ><span style="left: ${at(share)}${look}"></span
      ></span>
    </td>
    <td class="number">${answers === 0 ? "no answer" : `${percent(share)}, n = ${Math.round(answers)}`}</td>
  </tr>`;
}

function at(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

function asTable(found: Exploration): Html {
  const { shown, groupings } = found.subjects;
  const noun = nounOf(found.choice);
  const head = groupings.flatMap(({ column, names }) =>
    names.map((name) => (column === undefined ? `${noun} ${name}` : name)),
  );
  return html`<div class="scroll words" tabindex="0" role="region" aria-label="all ${subjectWord(found)}s">
    <table>
      <thead>
        <tr>
          <th scope="col">${subjectWord(found)}</th>
          <th class="number" scope="col">divides</th>
          <th class="number" scope="col">all who ${sideWords(found)}</th>
          ${head.map((name) => html`<th class="number" scope="col" dir="auto">${short(name, 40)}</th>`)}
          <th class="number" scope="col">answers</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ text, divides, all, byGroup }) =>
            html`<tr>
              <td><bdi>${short(text)}</bdi></td>
              <td class="number">${Math.round(100 * divides)}</td>
              ${[all, ...byGroup.flat()].map(({ share, answers }) => html`<td class="number">${answers === 0 ? "–" : percent(share)}</td>`)}
              <td class="number">${Math.round(all.answers)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
