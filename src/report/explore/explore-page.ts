import type { DataSummary } from "../../data/index.js";
import { renderSummary } from "../../data/index.js";
import type { DescribedSubject, Exploration } from "../../evaluate/index.js";
import type { Figure } from "../../figures/index.js";
import { html, type Html } from "../html.js";
import { page } from "../page.js";
import { columnSection } from "./explore-columns.js";
import {
  choicesMade,
  kindWords,
  nounOf,
  percent,
  plainAnswers,
  signed,
  sideWords,
  subjectWord,
  sureWords,
} from "../words/index.js";

/** A figure and its picture. */
export interface DrawnFigure {
  readonly figure: Figure;
  readonly svg: string;
}

/** What a page is written from. */
export interface ExplorePage {
  readonly exploration: Exploration;
  readonly figures: readonly DrawnFigure[];
  readonly summary?: DataSummary;
}

const STYLE = `
.answers dt { font-weight: 700; margin-top: 1em; }
.answers dd { margin: 0.2em 0 0 0; max-width: 72ch; }
.text { white-space: pre-wrap; unicode-bidi: isolate; max-height: 12em; overflow-y: auto; display: block; }
td.number { text-align: right; white-space: nowrap; }
td.shade { background: hsl(var(--hue) 90% 50% / calc(var(--by) * 0.9)); }
.scroll td.wide { white-space: normal; min-width: 14em; }
.scroll.words table { white-space: normal; }
.scroll.words td:first-child { min-width: 11em; }
.scroll.narrow td:first-child { min-width: 0; }
.scroll + .scroll { margin-top: 1em; }
td.whole { white-space: nowrap; }
`;

/** One self-contained page: answers in words, then figures, tables and every choice that was made. Texts of the data are shown as text. */
export function explorePage({ exploration: found, figures, summary }: ExplorePage): string {
  const title = `Exploration of ${found.source.name}`;
  const noun = nounOf(found.choice);
  const warnings = [...new Set([...(summary?.warnings ?? []), ...found.warnings])];
  const body = html`<h1 dir="auto">${title}</h1>
    <p>
      ${found.all.users} users, ${found.all.answers} answers about ${found.questions} ${subjectWord(found)}s.
    </p>
    ${
      warnings.length > 0 &&
      html`<div class="notice">
        <p>Before you trust what follows:</p>
        <ul>
          ${warnings.map((warning) => html`<li dir="auto">${warning}</li>`)}
        </ul>
      </div>`
    }
    <section>
      <h2>In words</h2>
      <dl class="answers">
        ${plainAnswers(found).map(
          ({ question, answer }) =>
            html`<dt>${question}</dt>
              <dd dir="auto">${answer}</dd>`,
        )}
      </dl>
    </section>
    <section>
      <h2>Methods side by side</h2>
      ${methods(found)}
      <p class="note">
        ${found.heldOutAnswers} held-out answers that took part in no choice; 95 % intervals by bootstrap over
        users. Chance is −0.6931 nats. The best was chosen by the first column.
      </p>
    </section>
    <section>
      <h2>Pictures</h2>
      ${figures.map(picture)}
    </section>
    <section>
      <h2>${capital(noun)}s</h2>
      ${types(found, noun)}
    </section>
    ${columnSection(found)}
    <section>
      <h2>Choice of K</h2>
      ${candidates(found)}
    </section>
    <section>
      <h2>Every choice made</h2>
      <div class="scroll words" tabindex="0">
        <table>
          ${choicesMade(
            found,
            summary === undefined ? "as loaded" : `${summary.ties.count}, ${summary.ties.kept}`,
          ).map(
            ([name, value]) =>
              html`<tr>
                <th>${name}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </table>
      </div>
    </section>
    <section>
      <h2>The data</h2>
      <dl class="facts">
        <dt>source</dt>
        <dd dir="auto">${found.source.name}, ${found.source.license}</dd>
        ${
          found.source.url !== undefined &&
          html`<dt>address</dt>
            <dd>${found.source.url}</dd>`
        }
        <dt>sha256</dt>
        <dd>${found.source.sha256}</dd>
      </dl>
      ${summary !== undefined && html`<pre dir="auto" tabindex="0">${renderSummary({ ...summary, file: summary.file.split(/[\\/]/).at(-1) ?? summary.file })}</pre>`}
    </section>`;
  return page(title, body, STYLE);
}

function methods({ comparison }: Exploration): Html {
  const range = ({ low, high }: { low: number; high: number }): string =>
    `${signed(low, 4)} to ${signed(high, 4)}`;
  return html`<div class="scroll words" tabindex="0">
    <table>
      <tr>
        <th>method</th>
        <th>nats in validation</th>
        <th>nats held out</th>
        <th>accuracy</th>
        <th>over one reward (95 % interval)</th>
        <th>slope</th>
        <th>chosen in validation</th>
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

function picture({ figure, svg }: DrawnFigure): Html {
  const source = `data:image/svg+xml;base64,${encodeBase64(svg)}`;
  return html`<figure class="figure" id="${figure.id}">
    <div class="scroll" tabindex="0"><img src="${source}" alt="${figure.alt}" /></div>
    <figcaption>${figure.record.caption}</figcaption>
  </figure>`;
}

function encodeBase64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

/** One table of items by types, shaded by how far each type is from the mean of all. */
function types(found: Exploration, noun: string): Html {
  const { choice, description, kind } = found;
  if (choice.k === 1)
    return html`<p>With K = 1 there is one: what is popular.</p>
      ${subjects(found, description.prototypes.at(0)?.likes ?? [], "What is liked most")}`;
  const named = new Map<string, DescribedSubject>();
  for (const each of description.prototypes)
    for (const subject of [...each.likes, ...each.dislikes]) named.set(subject.id, subject);
  const order = [...named.values()].sort((a, b) => spread(b) - spread(a));
  return html`<p>
      ${description.sizes.map((size, j) => `${capital(noun)} ${j + 1}: ${percent(size)} of users' weight`).join("; ")}.
      Each row is ${kind === "items" ? "an item" : `a ${subjectWord(found)}`} on which a ${noun} is far from
      the others; the shade is the difference from the mean of all ${noun}s: orange above, blue below.
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
          <th>${subjectWord(found)}</th>
          ${Array.from({ length: choice.k }, (_, j) => html`<th>${letter}${j + 1}</th>`)}
          <th>all who ${verb}</th>
          <th>answers</th>
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

function candidates(found: Exploration): Html {
  const { choice } = found;
  const gain =
    choice.best === choice.k
      ? ""
      : ` K = ${choice.best} has the highest mean; its gain over K = ${choice.k} is within the rule's bound.`;
  return html`<p>${kindWords(found)} ${sureWords(choice)}${gain}</p>
    <div class="scroll words narrow" tabindex="0">
      <table>
        <tr>
          <th>K</th>
          <th>method</th>
          <th>nats an answer</th>
          <th>behind the best</th>
          <th>standard error</th>
          <th>halves that choose it</th>
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
