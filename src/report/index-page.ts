import { duration } from "../core/index.js";
import { figureSection, type IndexFigure } from "./figure-section.js";
import { findingsOf } from "./findings.js";
import type { Guide } from "./guides.js";
import { address, html, type Html } from "./html.js";
import { page } from "./page.js";

/** What the index says about a run; paths are relative to its folder, with "/". */
export interface IndexContent {
  readonly profile: string;
  readonly node: string;
  readonly engine: string;
  readonly seconds: number;
  readonly notebooks: readonly IndexNotebook[];
  readonly figures: readonly IndexFigure[];
  readonly guides?: readonly Guide[];
}

export interface IndexNotebook {
  readonly path: string;
  /** The readable page; undefined when the notebook cannot be read. */
  readonly page: string | undefined;
  readonly title: string;
  /** What the lesson asks, where it says so. */
  readonly question?: string | undefined;
  /** Ids of the figures that its code names. */
  readonly figureIds: readonly string[];
  readonly status: string;
  readonly seconds: number;
  readonly cells: number;
  /** What went wrong, for a status other than "ok". */
  readonly error: string | undefined;
}

const TITLE = "pal-lab: learning from people who disagree";

/**
 * The page that `npm start` ends with: what this is, what was found, then the lessons in their order, each with its question, a picture and
 * whether it shows what it was made to show.
 */
export function indexPage(content: IndexContent): string {
  const { notebooks, figures, guides = [] } = content;
  const failed = notebooks.filter(({ status }) => status !== "ok");
  const chapters = chaptersOf(notebooks, figures);
  const body = html`<h1>${TITLE}</h1>
    <p class="lead">
      When people want different things, one model of what is good, learned from all of their choices, serves
      the majority. These lessons simulate such people, read what real ones answered, and look at what is
      gained by learning each person as a mixture of a few typical tastes, called prototypes.
    </p>
    ${failed.length > 0 && failures(failed, notebooks.length)} ${findingsOf(figures)}
    <nav aria-label="lessons">
      <ul>
        ${chapters.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
        <li><a href="#notebooks">${counted(notebooks.length, "notebook")}</a></li>
      </ul>
    </nav>
    ${guides.length > 0 && guideLinks(guides)} ${chapters.map(chapterSection)}
    <section id="notebooks">
      <h2>This run</h2>
      ${facts(content)} ${notebookTable(notebooks)}
    </section>`;
  return page(TITLE, body);
}

interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly page?: string | undefined;
  readonly question?: string | undefined;
  readonly figures: readonly IndexFigure[];
}

/** Each figure in the first lesson whose code names it; what no lesson names comes last. */
function chaptersOf(notebooks: readonly IndexNotebook[], figures: readonly IndexFigure[]): Chapter[] {
  const left = new Set(figures);
  const chapters = notebooks.map(({ path, title, question, page: readable, figureIds }): Chapter => {
    const place = ({ record }: IndexFigure): number => figureIds.indexOf(record.id);
    const own = figures
      .filter((figure) => left.has(figure) && place(figure) >= 0)
      .sort((a, b) => place(a) - place(b));
    for (const figure of own) left.delete(figure);
    const id = (path.split("/").at(-1) ?? path).replace(/\.ipynb$/, "");
    return { id, title, question, page: readable, figures: own };
  });
  const others: Chapter = { id: "other-figures", title: "Other figures", figures: [...left] };
  return [...chapters, others].filter(
    ({ page: readable, figures: own }) => readable !== undefined || own.length > 0,
  );
}

/** A lesson's question and the first of its pictures that says something checked; the others are folded away. */
function chapterSection({ id, title, page: readable, question, figures }: Chapter): Html {
  const lead = figures.find(({ record }) => record.checked !== undefined) ?? figures.at(0);
  const others = figures.filter((figure) => figure !== lead);
  return html`<section id="${id}">
    <h2>${readable === undefined ? title : html`<a href="${address(readable)}">${title}</a>`}</h2>
    ${question !== undefined && html`<p>${question}</p>`} ${lead !== undefined && figureSection(lead)}
    ${
      others.length > 0 &&
      html`<details class="more">
        <summary>${counted(others.length, "more picture")} of this lesson</summary>
        ${others.map(figureSection)}
      </details>`
    }
  </section> `;
}

function guideLinks(guides: readonly Guide[]): Html {
  return html`<nav aria-label="guides">
    <ul>
      <li>Guides:</li>
      ${guides.map(({ title, page: way }) => html`<li><a href="${address(way)}">${title}</a></li>`)}
    </ul>
  </nav>`;
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
        <th scope="col">Status</th>
        <th scope="col">Notebook</th>
        <th scope="col">Time</th>
        <th scope="col">Cells</th>
        <th scope="col">File</th>
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

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
