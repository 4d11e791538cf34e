import { movingIn, movingMarkup } from "../figures/moving/index.js";
import { figureTable, type KeyNumbers } from "../figures/text/index.js";
import { copyButtons } from "./copies.js";
import { numbersTable } from "./figure-section.js";
import { CODE_STYLE, highlighted } from "./highlight.js";
import { Html, html } from "./html.js";
import { markdown } from "./markdown.js";
import { joinText, type Notebook } from "../formats/index.js";
import { viewOf, type CellView, type OutputView } from "./notebook-view.js";
import { page } from "./page.js";

const STYLE = `${CODE_STYLE}.cell { margin: 14px 0; }
.code { border-left: 3px solid var(--line); background: var(--tint); padding: 10px 12px; }
.output { padding: 8px 12px 2px 15px; }
.output + .output { padding-top: 2px; }
.stderr { border-left: 3px solid #c98a00; background: var(--tint); }
.error { border-left: 3px solid var(--bad); background: var(--alert); color: var(--bad); }
.output pre { white-space: pre; }
.stderr pre, .error pre { white-space: pre-wrap; }
.verdict { border-left: 3px solid var(--line); }
.verdict p { margin: 4px 0; }
.verdict.right { border-color: var(--good); }
.verdict.wrong { border-color: var(--bad); }
.count { color: var(--quiet); font-size: 0.78rem; margin: 0 0 2px; }
.math-block { display: block; margin: 8px 0; overflow-x: auto; }
blockquote { margin: 12px 0; padding-left: 14px; border-left: 3px solid var(--line); }
iframe { width: 100%; min-height: 240px; border: 1px solid var(--line); }
.table { overflow-x: auto; }
@media print { .table { overflow: visible; } .output pre { white-space: pre-wrap; overflow-wrap: anywhere; } }

`;

/** Where a notebook's page leads to: addresses as they are written in links. */
export interface NotebookPageOptions {
  /** Its file, beside the page. */
  readonly name: string;
  readonly backTo: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Numbers of figures by their alt texts; a figure that is not among them gets the numbers that are drawn. */
  readonly tables?: ReadonlyMap<string, KeyNumbers>;
  /** How figures are cited, by their alt texts. */
  readonly citations?: ReadonlyMap<string, string>;
}

/** An executed notebook as one page to read: nothing is loaded, and nothing in it can run. */
export function notebookPage(notebook: Notebook, options: NotebookPageOptions): string {
  const { name, backTo, before, after } = options;
  const { tables = new Map<string, KeyNumbers>(), citations = new Map<string, string>() } = options;
  const known = { tables, citations };
  const links = html`<p class="links">
    <a href="${backTo}">all results</a>
    ${before !== undefined && html`<a href="${before}" rel="prev">lesson before</a>`}
    ${after !== undefined && html`<a href="${after}" rel="next">next lesson</a>`}
    <a href="${encodeURIComponent(name)}">${name}</a>
  </p>`;
  const body = html`${links} ${notebook.cells.map((each) => cell(viewOf(each), known))} ${links}`;
  return page(titleOf(notebook) ?? options.name, body, STYLE);
}

/** The text of the first heading; undefined when there is none. */
export function titleOf(notebook: Notebook): string | undefined {
  const sources = notebook.cells
    .filter(({ cell_type: type }) => type === "markdown")
    .map(({ source }) => joinText(source));
  return /^#{1,3}\s+(.+?)\s*#*\s*$/m.exec(sources.join("\n"))?.[1];
}

/** What the lesson asks: the paragraph that begins with **Question.**, as plain text; undefined when there is none. */
export function questionOf({ cells }: Notebook): string | undefined {
  const prose = cells
    .filter(({ cell_type: type }) => type === "markdown")
    .map(({ source }) => joinText(source));
  const found = /^\*\*Question\.\*\*\s+([\s\S]+?)(?:\n\n|$)/m.exec(prose.join("\n\n"))?.[1];
  return found
    ?.replace(/[*_`$]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** What the code quotes and could be the id of a figure, in its order: lower-case words joined by "-". */
export function figureIdsOf({ cells }: Notebook): string[] {
  const code = cells.filter(({ cell_type: type }) => type === "code").map(({ source }) => joinText(source));
  return [...code.join("\n").matchAll(/"([a-z0-9]+(?:-[a-z0-9]+)*)"/g)].map(([, id]) => id);
}

/** `text` without terminal colours; of a line that was overwritten (progress bars) the last state stays. */
export function plainOutput(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007/g, "")
    .replace(/\r\n/g, "\n")
    .replace(/^.*\r(?=[^\n])/gm, "")
    .replace(/\r/g, "");
}

/** What is known of figures by their alt texts. */
type Known = Required<Pick<NotebookPageOptions, "tables" | "citations">>;

function cell({ type, source, count, tags, isHidden, outputs: views }: CellView, known: Known): Html {
  if (type === "markdown") return html`<div class="cell markdown">${markdown(source)}</div> `;
  const outputs = views.map((view) => output(view, known));
  if (source.trim() === "" && outputs.length === 0) return html``;
  const given = tags.includes("injected-parameters") ? givenValues(source) : undefined;
  if (given !== undefined) return html`${given} ${outputs}`;
  const label = [`[${count ?? " "}]`, ...tags].join(" ");
  const code = html`<div class="code">
    <p class="count">${label}</p>
    <pre tabindex="0"><code>${highlighted(source)}</code></pre>
  </div>`;
  if (isHidden) {
    return html`<details class="cell">
      <summary>Folded away: open it when you have tried</summary>
      ${code} ${outputs}
    </details> `;
  }
  return html`<div class="cell">${code} ${outputs}</div> `;
}

/**
 * The values of a run as a sentence: their constants stand above, in the cell of parameters, and need no second cell. Undefined for what
 * is more than one constant a line.
 */
function givenValues(source: string): Html | undefined {
  const lines = source.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("//"));
  const values = lines.map((line) => /^(?:const|let) (\w+)[^=]*= (.+);$/.exec(line));
  if (lines.length === 0 || values.includes(null)) return undefined;
  const written = values.map((each, i) => html`${i > 0 && ", "}<code>${each?.[1]} = ${each?.[2]}</code>`);
  return html`<p class="note given">In this run: ${written}.</p>`;
}

function output(given: OutputView, known: Known): Html {
  if (given.kind === "rich") {
    const verdict = given.verdict === undefined ? "" : ` verdict ${given.verdict}`;
    return html`<div class="output${verdict}">${rich(given)} ${numbersOf(given, known)}</div> `;
  }
  const kind = given.kind === "error" ? "error" : given.stream;
  return html`<div class="output ${kind}"><pre tabindex="0">${plainOutput(given.text)}</pre></div> `;
}

type Rich = Extract<OutputView, { kind: "rich" }>;

/** What a front end draws live: the toolkit's figures have it beside their pictures. */
const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/** The numbers of a figure, folded away below its picture. */
function numbersOf({ data, alt }: Rich, { tables, citations }: Known): Html | undefined {
  const specification = data[PLOTLY_MIME];
  if (specification === undefined) return undefined;
  const table = tables.get(alt ?? "") ?? drawnNumbers(specification);
  if (table === undefined) return undefined;
  return html`<details>
    <summary>Its numbers, and what can be copied</summary>
    ${copyButtons({ citation: citations.get(alt ?? "") }, true)} ${numbersTable(table, "the picture above")}
  </details>`;
}

/** The points that are drawn; undefined for what is no specification, as any kernel may send. */
function drawnNumbers(specification: string): KeyNumbers | undefined {
  try {
    const { data, layout = {} } = JSON.parse(specification) as Parameters<typeof figureTable>[0];
    return figureTable({ data, layout, record: { rows: [] } });
  } catch {
    return undefined;
  }
}

function rich({ data, alt, width }: Rich): Html {
  // drawn anew from its data: what a cell sent is never markup of ours
  const moving = movingIn(data["text/html"] ?? "");
  if (moving !== undefined) return new Html(movingMarkup(moving));
  const text = data["text/plain"];
  const isDrawn = data[PLOTLY_MIME] !== undefined;
  const look = { alt: alt ?? text ?? "a picture without a description", width, isDrawn };
  if (data["image/svg+xml"] !== undefined)
    return picture("image/svg+xml", base64(data["image/svg+xml"]), look);
  for (const mime of ["image/png", "image/jpeg", "image/gif"])
    if (data[mime] !== undefined) return picture(mime, data[mime], look);
  if (data["text/markdown"] !== undefined) return markdown(data["text/markdown"]);
  if (text !== undefined) return html`<pre tabindex="0">${plainOutput(text)}</pre>`;
  const frame = data["text/html"];
  if (frame !== undefined) return html`<iframe sandbox="" title="output" srcdoc="${frame}"></iframe>`;
  return html`<p class="note">output of kind ${Object.keys(data).join(", ")}</p>`;
}

/** An image as data: scripts in an SVG do not run in an `img`. */
function picture(
  mime: string,
  content: string,
  { alt, width, isDrawn }: Pick<Rich, "alt" | "width"> & { readonly isDrawn: boolean },
): Html {
  const size = html`${width !== undefined && html` width="${width}"`} ${isDrawn && html` class="drawn"`}`;
  const data = content.replace(/[^A-Za-z0-9+/=]/g, "");
  return html`<img src="data:${mime};base64,${data}" alt="${alt ?? ""}" ${size} />`;
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
