import type { Figure } from "../figures/index.js";
import { citationOf, figureTable } from "../figures/text/index.js";
import { copyButtons } from "./copies.js";
import { numbersTable } from "./figure-section.js";
import { html, type Html } from "./html.js";

/** A figure and its picture. */
export interface DrawnFigure {
  readonly figure: Figure;
  /** Absent where whoever shows the page draws it: into the figure's `.scroll`. */
  readonly svg?: string;
}

/** The look of tables with numbers and with words. */
export const TABLES_STYLE = `
td.number { text-align: right; white-space: nowrap; }
td.number, th.number { padding-left: 10px; padding-right: 10px; }
.scroll td.wide { white-space: normal; min-width: 14em; }
.scroll.words table { white-space: normal; }
.scroll.words td:first-child { min-width: 11em; }
th.number { text-align: right; }
@media print {
  .scroll.words table { font-size: 0.75rem; }
  .scroll.words td { white-space: normal; min-width: 0; overflow-wrap: anywhere; }
  .scroll.words th, .scroll.words td { padding-right: 6px; }
}
`;

/** A figure with its caption, and its numbers folded below. */
export function picture({ figure, svg }: DrawnFigure): Html {
  const table = figureTable(figure);
  return html`<figure class="figure" id="${figure.id}">
    ${
      svg === undefined
        ? html`<div class="scroll"></div>`
        : html`<div class="scroll" tabindex="0">
            <img class="drawn" src="data:image/svg+xml;base64,${encodeBase64(svg)}" alt="${figure.alt}" />
          </div>`
    }
    <figcaption>${figure.record.caption}</figcaption>
    ${
      table !== undefined &&
      html`<details>
        <summary>Its numbers, and what can be copied</summary>
        ${copyButtons({ citation: citationOf(figure.record) }, true)} ${numbersTable(table, figure.id)}
      </details>`
    }
  </figure>`;
}

function encodeBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  // letter by letter: what is spread into one call must be short
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
