import type { DataSummary } from "../../data/index.js";
import { renderSummary } from "../../data/index.js";
import type { Exploration } from "../../evaluate/index.js";
import { picture, TABLES_STYLE, type DrawnFigure } from "../drawn-figure.js";
import { html, type Html } from "../html.js";
import { page } from "../page.js";
import { columnSection } from "./explore-columns.js";
import { DOTS_STYLE, dotsSection } from "./explore-dots.js";
import { candidatesTable, madeChoices, methodsTable } from "./explore-method.js";
import { typesTable } from "./explore-types.js";
import {
  amount,
  openingNumbers,
  openingSentence,
  plainAnswers,
  subjectWord,
  tasteWords,
  type PlainAnswer,
} from "../words/index.js";

/** What a page is written from. */
export interface ExplorePage {
  readonly exploration: Exploration;
  readonly figures: readonly DrawnFigure[];
  readonly summary?: DataSummary;
  /** Without the script that copies. */
  readonly isStill?: boolean;
}

const STYLE = `${DOTS_STYLE}${TABLES_STYLE}.numbers { display: flex; flex-wrap: wrap; gap: 12px 40px; padding: 0; list-style: none; max-width: none; margin: 1.2em 0; }
.numbers li { flex: 1 1 150px; max-width: 26em; }
.numbers strong { display: block; font-size: 1.9rem; line-height: 1.2; }
.answers dt { font-weight: 700; margin-top: 1em; }
.answers dd { margin: 0.2em 0 0 0; max-width: 72ch; }
.text { white-space: pre-wrap; unicode-bidi: isolate; max-height: 12em; overflow-y: auto; display: block; }
td.shade { background: hsl(var(--hue) 90% 50% / calc(var(--by) * 0.9)); }
.scroll.narrow td:first-child { min-width: 0; }
.scroll + .scroll { margin-top: 1em; }
td.whole { white-space: nowrap; }
`;

/**
 * One self-contained page: what was found in a sentence, three numbers and a picture; then every statement or item from joining to dividing, then
 * people, the number of types, and how all of it was found out. Texts of the data are shown as text; nothing on the page runs.
 */
export function explorePage({ exploration: found, figures, summary, isStill }: ExplorePage): string {
  const title = `Exploration of ${found.source.name}`;
  const warnings = [...new Set([...(summary?.warnings ?? []), ...found.warnings])];
  const what = subjectWord(found);
  const answers = plainAnswers(found);
  const about = (part: PlainAnswer["about"]): Html | false =>
    answersList(answers.filter((each) => each.about === part));
  const show = (...ids: readonly string[]): Html[] =>
    figures.filter(({ figure }) => ids.includes(figure.id)).map(picture);
  const opening = figures.find(({ figure }) => ["explore-divisive", "explore-liked"].includes(figure.id));
  const mayBeElse = tasteWords(found.choice);
  const body = html`<h1 dir="auto">${title}</h1>
    <p class="lead" dir="auto">${openingSentence(found)}</p>
    <ul class="numbers">
      ${openingNumbers(found).map(({ number, of }) => html`<li><strong>${number}</strong> ${of}</li>`)}
    </ul>
    ${warnings.length > 0 && warningsNotice(warnings)} ${opening !== undefined && picture(opening)}
    <section id="subjects">
      <h2>Every ${what}, from what joins to what divides</h2>
      ${about("subjects")} ${dotsSection(found)} ${show("explore-bridging")}
    </section>
    <section id="people">
      <h2>The people</h2>
      ${about("people")} ${mayBeElse !== "" && html`<p class="note">${mayBeElse}</p>`}
      ${show("explore-users", "explore-maps")} ${typesTable(found)}
    </section>
    ${columnSection(found)}
    <section id="number">
      <h2>How many types: the choice of K</h2>
      ${about("number")} ${show("explore-prototypes")} ${candidatesTable(found)}
    </section>
    <section id="method">
      <h2>How this was found out</h2>
      ${about("method")} ${show("explore-test", "explore-ladder")}
      <h3>Methods side by side</h3>
      ${methodsTable(found)}
      <p class="note">
        ${amount(found.heldOutAnswers, found.heldOutJudged, "held-out ")} that took part in no choice; 95 %
        intervals by bootstrap over users. Chance is −0.6931 nats. The best was chosen by the first column.
      </p>
      ${show("explore-calibration")}
      <h3>Every choice made</h3>
      ${madeChoices(found, summary)}
    </section>
    <section id="data">
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
  return page(title, body, STYLE, isStill);
}

function warningsNotice(warnings: readonly string[]): Html {
  return html`<div class="notice">
    <p>Before you trust what follows:</p>
    <ul>
      ${warnings.map((warning) => html`<li dir="auto">${warning}</li>`)}
    </ul>
  </div>`;
}

function answersList(answers: readonly PlainAnswer[]): Html | false {
  if (answers.length === 0) return false;
  return html`<dl class="answers">
    ${answers.map(
      ({ question, answer }) =>
        html`<dt>${question}</dt>
          <dd dir="auto">${answer}</dd>`,
    )}
  </dl>`;
}
