import type { DataSummary } from "../../data/index.js";
import { renderSummary } from "../../data/index.js";
import type { DescribedSubject, Exploration } from "../../evaluate/index.js";
import type { Figure } from "../../figures/index.js";
import { html, type Html } from "../html.js";
import { page } from "../page.js";
import { choicesMade, percent, plainAnswers, signed, subjectWord } from "./explore-words.js";

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
.scroll td.wide { white-space: normal; min-width: 14em; }
.scroll.words table { white-space: normal; }
.scroll.words td:first-child { min-width: 11em; }
.scroll.narrow td:first-child { min-width: 0; }
`;

/** One self-contained page: answers in words, then figures, tables and every choice that was made. Texts of the data are shown as text. */
export function explorePage({ exploration: found, figures, summary }: ExplorePage): string {
  const title = `Exploration of ${found.source.name}`;
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
        users. Chance is −0.6931 nats.
      </p>
    </section>
    <section>
      <h2>Pictures</h2>
      ${figures.map(picture)}
    </section>
    <section>
      <h2>Prototypes</h2>
      ${found.choice.k === 1 ? html`<p>With K = 1 there is one: what is popular.</p>` : found.description.prototypes.map((each, j) => prototype(found, each, j))}
      <h3>Most dividing</h3>
      ${found.description.divisive.length === 0 ? html`<p>None: there is one prototype.</p>` : subjects(found, found.description.divisive)}
      <h3>Most joining</h3>
      ${subjects(found, found.description.bridging)}
    </section>
    <section>
      <h2>Choice of K</h2>
      ${candidates(found)}
    </section>
    <section>
      <h2>Every choice made</h2>
      <div class="scroll words">
        <table>
          ${choicesMade(found, summary).map(
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
      ${summary !== undefined && html`<pre dir="auto">${renderSummary(summary)}</pre>`}
    </section>`;
  return page(title, body, STYLE);
}

function methods({ comparison }: Exploration): Html {
  const range = ({ low, high }: { low: number; high: number }): string =>
    `${signed(low, 4)} to ${signed(high, 4)}`;
  return html`<div class="scroll">
    <table>
      <tr>
        <th>method</th>
        <th>nats an answer</th>
        <th>interval</th>
        <th>accuracy</th>
        <th>over majority</th>
        <th>interval</th>
        <th>chosen in validation</th>
      </tr>
      ${comparison.methods.map(
        ({ name, nats, accuracy, overMajority, chosen }) =>
          html`<tr>
            <td>${name}</td>
            <td class="number">${signed(nats.mean, 4)}</td>
            <td>${range(nats)}</td>
            <td class="number">${percent(accuracy.mean)}</td>
            <td class="number">${signed(overMajority.mean, 4)}</td>
            <td>${range(overMajority)}</td>
            <td class="wide">${chosen}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function picture({ figure, svg }: DrawnFigure): Html {
  const source = `data:image/svg+xml;base64,${encodeBase64(svg)}`;
  return html`<figure class="figure" id="${figure.id}">
    <div class="scroll"><img src="${source}" alt="${figure.alt}" /></div>
    <figcaption>${figure.record.caption}</figcaption>
  </figure>`;
}

function encodeBase64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

function prototype(
  found: Exploration,
  { likes, dislikes }: Exploration["description"]["prototypes"][number],
  j: number,
): Html {
  const [more, less] =
    found.kind === "statements"
      ? ["Agrees with more than the others", "Agrees with less than the others"]
      : ["Likes more than the others", "Likes less than the others"];
  return html`<h3>Prototype ${j + 1}: ${percent(found.description.sizes[j])} of users' weight</h3>
    <p>${more}</p>
    ${subjects(found, likes)}
    <p>${less}</p>
    ${subjects(found, dislikes)}`;
}

function subjects({ choice, kind }: Exploration, rows: readonly DescribedSubject[]): Html {
  if (rows.length === 0) return html`<p>None has enough answers.</p>`;
  const verb = kind === "statements" ? "agree" : kind === "items" ? "prefer it" : "prefer the second";
  return html`<div class="scroll words">
    <table>
      <tr>
        <th>${kind === "statements" ? "statement" : kind === "items" ? "item" : "pair"}</th>
        ${Array.from({ length: choice.k }, (_, j) => html`<th>P${j + 1}</th>`)}
        <th>all who ${verb}</th>
        <th>answers</th>
      </tr>
      ${rows.map(
        ({ text, byPrototype, share, answers }) =>
          html`<tr>
            <td><span class="text" dir="auto">${text}</span></td>
            ${byPrototype.map((p) => html`<td class="number">${percent(p)}</td>`)}
            <td class="number">${percent(share)}</td>
            <td class="number">${Math.round(answers)}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function candidates({ choice }: Exploration): Html {
  return html`<p>
      ${choice.statement}.
      ${choice.best !== choice.k && `The likeliest K is ${choice.best}; its gain over K = ${choice.k} is within one standard error.`}
    </p>
    <div class="scroll words narrow">
      <table>
        <tr>
          <th>K</th>
          <th>nats an answer</th>
          <th>behind the best</th>
          <th>standard error</th>
          <th>accuracy</th>
          <th>prior</th>
          <th>chosen when users are drawn again</th>
        </tr>
        ${choice.candidates.map(
          ({ k, nats, behindBest, accuracy, strength }, i) =>
            html`<tr>
              <td>${k === choice.k ? html`<strong>${k}</strong>` : k}</td>
              <td class="number">${signed(nats.mean, 4)}</td>
              <td class="number">${behindBest.mean.toFixed(4)}</td>
              <td class="number">${behindBest.standardError.toFixed(4)}</td>
              <td class="number">${percent(accuracy.mean)}</td>
              <td class="number">${k === 1 ? "–" : strength}</td>
              <td class="number">${percent(choice.resampled[i])}</td>
            </tr>`,
        )}
      </table>
    </div>`;
}
