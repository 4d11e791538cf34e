import type { FigureRecord } from "../core/index.js";
import { duration } from "../core/index.js";
import type { Html } from "./html.js";
import { address, html } from "./html.js";
import { keyNumbers } from "./key-numbers.js";
import { page } from "./page.js";

/** What the index says about a run; paths are relative to its folder, with "/". */
export interface IndexContent {
  readonly profile: string;
  readonly node: string;
  readonly engine: string;
  readonly seconds: number;
  readonly notebooks: readonly IndexNotebook[];
  readonly figures: readonly IndexFigure[];
}

export interface IndexNotebook {
  readonly path: string;
  /** The readable page; undefined when the notebook cannot be read. */
  readonly page: string | undefined;
  readonly title: string;
  readonly status: string;
  readonly seconds: number;
  readonly cells: number;
  /** What went wrong, for a status other than "ok". */
  readonly error: string | undefined;
}

export interface IndexFigure {
  readonly paths: { readonly [label: string]: string | undefined };
  readonly svg: string;
  readonly alt: string;
  readonly record: FigureRecord;
}

/** The page that `npm start` ends with. */
export function indexPage(content: IndexContent): string {
  const { notebooks, figures } = content;
  const failed = notebooks.filter(({ status }) => status !== "ok");
  const body = html`<h1>pal-lab: what this run found</h1>
    ${facts(content)} ${failed.length > 0 && failures(failed, notebooks.length)}
    <nav>
      <ul>
        <li><a href="#notebooks">${counted(notebooks.length, "notebook")}</a></li>
        ${figures.map(({ record }) => html`<li><a href="#${record.id}">${record.id}</a></li>`)}
      </ul>
    </nav>
    <section id="notebooks">
      <h2>Notebooks</h2>
      ${notebookTable(notebooks)}
    </section>
    ${figures.map(figureSection)}`;
  return page("pal-lab: what this run found", body);
}

function facts({ profile, node, engine, seconds, figures }: IndexContent): Html {
  const about = profile === "fast" ? "fast (fewer seeds and users than the published numbers)" : profile;
  const seeds = [...new Set(figures.flatMap(({ record }) => record.seeds))].sort((a, b) => a - b);
  return html`<dl class="facts">
    <dt>Profile</dt>
    <dd>${about}</dd>
    <dt>Engine</dt>
    <dd>${engine}</dd>
    <dt>Seeds</dt>
    <dd>${seeds.length === 0 ? "none recorded" : seeds.join(", ")}</dd>
    <dt>Node</dt>
    <dd>${node}</dd>
    <dt>Time</dt>
    <dd>${duration(seconds)}</dd>
  </dl>`;
}

function failures(failed: readonly IndexNotebook[], total: number): Html {
  return html`<div class="notice" role="alert">
    <p class="bad">${failed.length} of ${counted(total, "notebook")} failed.</p>
    <ul>
      ${failed.map(({ path, status, error }) => html`<li>${path}: ${status}${error !== undefined && html`<br /><code>${error}</code>`}</li>`)}
    </ul>
  </div>`;
}

function notebookTable(notebooks: readonly IndexNotebook[]): Html {
  if (notebooks.length === 0) return html`<p>No notebook was run.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th>Status</th>
        <th>Notebook</th>
        <th>Time</th>
        <th>Cells</th>
        <th>File</th>
      </tr>
    </thead>
    <tbody>
      ${notebooks.map(notebookRow)}
    </tbody>
  </table>`;
}

function notebookRow({ path, page: readable, title, status, seconds, cells }: IndexNotebook): Html {
  const name = path.split("/").at(-1) ?? path;
  const kind = status === "ok" ? "good" : "bad";
  return html`<tr>
    <td class="${kind}">${status}</td>
    <td>${readable === undefined ? title : html`<a href="${address(readable)}">${title}</a>`}</td>
    <td>${duration(seconds)}</td>
    <td>${cells}</td>
    <td><a href="${address(path)}" aria-label="${name}">.ipynb</a></td>
  </tr>`;
}

function figureSection({ paths, svg, alt, record }: IndexFigure): Html {
  const links = Object.entries(paths).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return html`<section id="${record.id}">
    <h2>${record.claim}</h2>
    <figure class="figure">
      <div class="scroll"><img src="${address(svg)}" alt="${alt}" /></div>
      <figcaption>${record.caption}</figcaption>
    </figure>
    <ul class="links">
      ${links.map(([label, path]) => html`<li><a href="${address(path)}">${label}</a></li>`)}
    </ul>
    ${numbers(record)}
    <details>
      <summary>How it was made</summary>
      ${provenance(record)}
    </details>
  </section> `;
}

function numbers(record: FigureRecord): Html {
  const table = keyNumbers(record.rows);
  if (table === undefined) return html``;
  return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            ${table.header.map((name) => html`<th>${name}</th>`)}
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

function provenance({ config, data, engine, profile, seeds, versions }: FigureRecord): Html {
  const sources = data.map(
    ({ name, source, sha256 }) => html`<li>${name}, ${source}, sha256 <code>${sha256}</code></li>`,
  );
  const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return html`<p>
      Profile ${profile}, engine ${engine}, seeds
      ${seeds.join(", ")}${made.length > 0 && `, ${made.join(", ")}`}.
    </p>
    ${
      sources.length > 0 &&
      html`<ul>
        ${sources}
      </ul>`
    }
    <pre>${JSON.stringify(config, undefined, 2)}</pre>`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
