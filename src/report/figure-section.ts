import type { FigureRecord } from "../core/index.js";
import { citationOf, madeWith, type KeyNumbers } from "../figures/text/index.js";
import { copyButtons } from "./copies.js";
import { address, html, type Html } from "./html.js";

/** Everything of a figure, as a record and its files. */
export interface IndexFigure {
  readonly paths: { readonly [label: string]: string | undefined };
  readonly svg: string;
  readonly alt: string;
  readonly record: FigureRecord;
  /** Its numbers; undefined where nothing is drawn. */
  readonly table?: KeyNumbers | undefined;
}

/** A picture, the tick and one sentence below it, and the rest of its caption, numbers and files folded away. */
export function figureSection({ paths, svg, alt, record, table }: IndexFigure): Html {
  const links = Object.entries(paths).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const [first, rest] = firstSentence(record.caption);
  return html`<article id="${record.id}">
    <h3 class="said">${record.claim}</h3>
    <figure class="figure">
      <a href="${address(svg)}"><img class="drawn" src="${address(svg)}" alt="${alt}" /></a>
      <figcaption>${record.checked !== undefined && verdict(record.checked)} ${first}</figcaption>
    </figure>
    <details>
      <summary>Numbers, files and how it was made</summary>
      ${rest !== "" && html`<p>${rest}</p>`}
      <ul class="links">
        ${links.map(([label, path]) => html`<li><a href="${address(path)}">${label}</a></li>`)}
      </ul>
      ${copyButtons({ citation: citationOf(record), png: paths.PNG && address(paths.PNG) }, table !== undefined)}
      ${table !== undefined && numbersTable(table, record.id)} ${provenance(record)}
    </details>
  </article> `;
}

/** A caption's first sentence, and what follows it. */
function firstSentence(caption: string): [string, string] {
  const end = /[.!?](?=\s+\p{Lu})/u.exec(caption);
  if (end === null) return [caption, ""];
  return [caption.slice(0, end.index + 1), caption.slice(end.index + 1).trim()];
}

/** Whether the rows of this run show what was to be shown. */
export function verdict({ says, holds }: NonNullable<FigureRecord["checked"]>): Html {
  return holds
    ? html`<span class="good">✓ holds on the rows of this run.</span>`
    : html`<span class="bad">✗ not in this run: “${says}”.</span>`;
}

/** Numbers of a figure as a table, with what they are below it. */
export function numbersTable(table: KeyNumbers, id: string): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="numbers of ${id}">
      <table>
        <thead>
          <tr>
            ${table.header.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${table.rows.map(
            (row) =>
              html`<tr>
                ${row.map((value) => html`<td>${value}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="note">${table.fixed.length > 0 && `${table.fixed.join("; ")}. `}${table.note}</p>`;
}

function provenance(record: FigureRecord): Html {
  const sources = record.data.map(
    ({ name, source, sha256 }) => html`<li>${name}, ${source}, sha256 <code>${sha256}</code></li>`,
  );
  return html`<p>${madeWith(record)}</p>
    ${
      sources.length > 0 &&
      html`<ul>
        ${sources}
      </ul>`
    }
    <pre tabindex="0">${JSON.stringify(record.config, undefined, 2)}</pre>`;
}
