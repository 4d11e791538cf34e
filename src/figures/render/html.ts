import { stableJson } from "../../core/index.js";
import { checkIsFigure, type Figure, type PlotlyObject } from "../figure.js";
import { rowsToCsv } from "./csv.js";
import { interactive, PLOTLY_CONFIG } from "./interactive.js";
import { TITLE_LINE, titleParts } from "../theme/index.js";
import { PAGE_SCRIPT } from "./page-script.js";
import { plotlySource } from "./plotly-window.js";
import {
  citationOf,
  DARK_PICTURE,
  escapeMarkup,
  figureTable,
  madeWith,
  plain,
  scriptJson,
  scriptSource,
  type KeyNumbers,
} from "../text/index.js";

import { specificationJson, stillJson, without } from "./specification.js";

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #222; --quiet: #595959; --line: #ddd; --link: #00568a; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --ink: #e6e6e6; --quiet: #a8adb3; --line: #3a3f45; --link: #7cc0ee; }
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 Arimo, Arial, Helvetica, sans-serif; }
main { margin: 0 auto; padding: 16px; box-sizing: border-box; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 8px; overflow-wrap: anywhere; max-width: 72ch; }
figure { margin: 0; }
.scroll { overflow-x: auto; }
#plot { background: #fff; }
figcaption { max-width: 72ch; margin-top: 12px; overflow-wrap: anywhere; }
.copies { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0 4px; padding: 0; list-style: none; }
button { font: inherit; color: var(--link); background: none; border: 1px solid var(--link); border-radius: 4px; padding: 4px 10px; cursor: pointer; }
textarea { width: 100%; height: 6em; box-sizing: border-box; }
#copied { min-height: 1.5em; margin: 0; color: var(--quiet); }
details { margin: 12px 0; }
summary { cursor: pointer; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.note { color: var(--quiet); font-size: 0.88rem; max-width: 80ch; }
@media print { .scroll { overflow: visible; } #plot { min-width: 0 !important; } .copies { display: none; } }
${DARK_PICTURE}
`;

/** Nothing may be loaded from anywhere: the page is whole. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; connect-src data: blob:";

/**
 * The figure as one interactive page that works from a file and without a network (about 5 MB, nearly all of it
 * Plotly): its claim, the picture, its caption, what can be copied of it, its numbers as a table. Figures with frames get a slider.
 */
export async function renderHtml(figure: Figure): Promise<string> {
  checkIsFigure("renderHtml: figure", figure);
  const { figure: bare, subtitle } = untitled(figure);
  const { figure: live, width, minWidth, height } = interactive(bare);
  const { record, alt, id } = figure;
  const table = figureTable(figure);
  const data = record.rows.length > 0 ? rowsToCsv(record.rows) : table && tabbed(table);
  const texts = { ...(data !== undefined && { data }), citation: citationOf(record), "alt text": alt };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeMarkup(record.claim)}</title>
<style>${STYLE}</style>
</head>
<body>
<main style="max-width: ${width + 32}px">
<h1 dir="auto">${escapeMarkup(record.claim)}</h1>
${subtitle === "" ? "" : `<p class="note" dir="auto">${escapeMarkup(subtitle)}</p>`}
<figure>
<div class="scroll" tabindex="0" role="region" aria-label="figure"><div id="plot" class="drawn" role="group" aria-label="${escapeMarkup(alt)}" style="min-width: ${minWidth}px; height: ${height}px"></div></div>
<figcaption dir="auto">${escapeMarkup(record.caption)}</figcaption>
<noscript><p>${escapeMarkup(alt)}</p></noscript>
</figure>
<ul class="copies">
<li><button type="button" id="copy-picture">Copy picture (PNG)</button></li>
${Object.keys(texts)
  .map((what) => `<li><button type="button" data-copies="${what}">Copy ${what}</button></li>`)
  .join("\n")}
</ul>
<p id="copied" role="status"></p>
<textarea id="fallback" aria-label="text to copy" readonly hidden></textarea>
${table === undefined ? "" : tableMarkup(table)}
<details><summary>How it was made</summary><p class="note">${escapeMarkup(madeWith(record))}</p></details>
</main>
<script>${scriptSource(await plotlySource())}</script>
<script>
const page = {
id: ${scriptJson(JSON.stringify(id))},
figure: ${scriptJson(specificationJson(live))},
still: ${scriptJson(stillJson(figure))},
config: ${scriptJson(stableJson(PLOTLY_CONFIG))},
texts: ${scriptJson(JSON.stringify(texts))}
};
${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** The figure without the title that the page has as its heading, and without its room; and what stood below the title. */
function untitled(given: Figure): { readonly figure: Figure; readonly subtitle: string } {
  const { layout, record } = given;
  const { text = "" } = (layout.title ?? {}) as { readonly text?: string };
  const { title, subtitle } = titleParts(text);
  if (plain(title) !== record.claim.replace(/\s+/g, " ")) return { figure: given, subtitle: "" };
  const room = TITLE_LINE * text.split("<br>").length;
  const { t = 0, ...margin } = (layout.margin ?? {}) as PlotlyObject;
  const height = typeof layout.height === "number" ? { height: layout.height - room } : {};
  const rest = { ...height, margin: { ...margin, t: Math.max(0, Number(t) - room) } };
  const figure = { ...given, layout: { ...without(layout, ["title"]), ...rest } };
  return { figure, subtitle: plain(subtitle) };
}

function tableMarkup({ fixed, header, rows, note }: KeyNumbers): string {
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((text) => `<${tag} dir="auto">${escapeMarkup(text)}</${tag.slice(0, 2)}>`).join("");
  const said = `${fixed.length > 0 ? `${fixed.join("; ")}. ` : ""}${note}`;
  return `<details><summary>Its numbers as a table</summary>
<div class="scroll" tabindex="0" role="region" aria-label="numbers"><table>
<thead><tr>${cells('th scope="col"', header)}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n")}
</tbody>
</table></div>
<p class="note">${escapeMarkup(said)}</p></details>`;
}

/** A table as spreadsheets take it. */
function tabbed({ header, rows }: KeyNumbers): string {
  return [header, ...rows].map((row) => row.map((text) => text.replace(/\s+/g, " ")).join("\t")).join("\n");
}
