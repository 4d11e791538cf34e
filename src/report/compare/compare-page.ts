import type { Comparison } from "../../evaluate/index.js";
import { choicesTable } from "../choices-table.js";
import { picture, TABLES_STYLE, type DrawnFigure } from "../drawn-figure.js";
import { html } from "../html.js";
import { page } from "../page.js";
import { blindName, howSure, takeaway } from "../words/index.js";
import { familiesTable, newTable, seenTable } from "./compare-tables.js";

/** One self-contained page: the chart, what to take from it, the tables, every choice that was made, and how sure all of it is. */
export function comparePage(found: Comparison, figures: readonly DrawnFigure[]): string {
  const title = `Families of models on ${found.source.name}`;
  const [opening, ...others] = figures;
  const body = html`<h1 dir="auto">${title}</h1>
    <p class="lead">${takeaway(found)}</p>
    ${picture(opening)}
    <section id="new">
      <h2>New users, by how many answers they gave</h2>
      ${others.map(picture)}
      <p class="note">Bold: a sure gain over ${blindName(found)}, which knows no users.</p>
      ${newTable(found)}
    </section>
    <section id="seen">
      <h2>Users who trained</h2>
      ${seenTable(found)}
      <p class="note">
        Bold: a sure gain. Slope: 1 where probabilities mean what they say, below where they are too sure.
        Chance is −0.6931 nats. In italics: what nobody can exceed, known because the data are simulated.
      </p>
    </section>
    <section id="families">
      <h2>The families, and what each was given</h2>
      ${familiesTable(found)}
    </section>
    <section id="choices">
      <h2>Every choice made</h2>
      ${choicesTable(found.choices)}
    </section>
    <section id="sure">
      <h2>How sure this is</h2>
      <ul>
        ${howSure(found).map((line) => html`<li dir="auto">${line}</li>`)}
      </ul>
    </section>
    <section id="data">
      <h2>The data</h2>
      <dl class="facts">
        <dt>source</dt>
        <dd dir="auto">${found.source.name}, ${found.source.license}</dd>
        ${
          found.source.sha256 !== "" &&
          html`<dt>sha256</dt>
            <dd>${found.source.sha256}</dd>`
        }
      </dl>
    </section>`;
  return page(title, body, TABLES_STYLE);
}
