import { readFile } from "node:fs/promises";
import { basename, isAbsolute, join, posix, relative, sep } from "node:path";
import { messageOf } from "../core/index.js";
import type { SavedFigure } from "../figures/render/index.js";
import { citationOf, figureTable, type KeyNumbers } from "../figures/text/index.js";
import { writeAtomically } from "../files/index.js";
import { address } from "./html.js";
import type { IndexFigure } from "./figure-section.js";
import { writeGuides } from "./guides.js";
import { indexPage, type IndexNotebook } from "./index-page.js";
import { parseNotebook } from "../formats/index.js";
import { figureIdsOf, notebookPage, questionOf, titleOf } from "./notebook-page.js";
import { readRecord, readSpecification } from "./read-record.js";

/** A notebook that was run. */
export interface ReportNotebook {
  /** The executed notebook: absolute, or relative to the report's folder. */
  readonly path: string;
  /** "ok", or what went wrong. */
  readonly status: string;
  readonly seconds: number;
  /** How many code cells it has. */
  readonly cells: number;
  /** The error's text, when the status is not "ok". */
  readonly error?: string;
}

/** What a run made. */
export interface ReportInput {
  /** Where `index.html` and `report.json` go. */
  readonly folder: string;
  readonly profile: string;
  readonly node: string;
  readonly engine: string;
  readonly seconds: number;
  readonly notebooks: readonly ReportNotebook[];
  /** Their files: absolute, or relative to the folder. */
  readonly figures: readonly SavedFigure[];
  /** The folder of guides (`*.md`), which become pages too. */
  readonly guides?: string;
}

/** Paths of what {@link writeReport} wrote. */
export interface WrittenReport {
  readonly index: string;
  readonly json: string;
}

/**
 * Writes `index.html`, `report.json` and, beside each executed notebook, a page to read it; guides as pages in `docs`. A notebook that
 * cannot be read is listed without a page.
 * @throws DataError when a figure's record cannot be read
 */
export async function writeReport(input: ReportInput): Promise<WrittenReport> {
  const { folder, profile, node, engine, seconds } = input;
  const run = { profile, node, engine, seconds };
  const figures = await Promise.all(input.figures.map((figure) => readFigure(figure, folder)));
  const tables = new Map(
    figures.flatMap(({ alt, table }) => (table === undefined ? [] : [[oneLine(alt), table] as const])),
  );
  const citations = new Map(figures.map(({ alt, record }) => [oneLine(alt), citationOf(record)] as const));
  const notebooks = await Promise.all(
    input.notebooks.map((notebook, i) =>
      writeNotebook(notebook, folder, {
        ...{ before: input.notebooks[i - 1], after: input.notebooks[i + 1], tables, citations },
      }),
    ),
  );
  const guides = input.guides === undefined ? [] : await writeGuides(input.guides, folder);
  const report = {
    ...run,
    notebooks: input.notebooks.map(({ path, status, seconds, cells }) => ({
      ...{ path: below(folder, path), status, seconds, cells },
    })),
    figures: input.figures.map(({ id, svg, png, html, record }) => ({
      id,
      svg: below(folder, svg),
      png: below(folder, png),
      html: below(folder, html),
      record: below(folder, record),
    })),
  };
  const written = { index: join(folder, "index.html"), json: join(folder, "report.json") };
  await writeAtomically(written.json, `${JSON.stringify(report, undefined, 2)}\n`);
  await writeAtomically(written.index, indexPage({ ...run, notebooks, figures, guides }));
  return written;
}

async function readFigure(figure: SavedFigure, folder: string): Promise<IndexFigure> {
  const record = await readRecord(absolute(folder, figure.record));
  const { alt, data, layout } = await readSpecification(absolute(folder, figure.json));
  const table = figureTable({ data, layout, record });
  const { html, png, csv } = figure;
  const files = {
    "interactive page": html,
    PNG: png,
    ...(record.rows.length > 0 && { "numbers (CSV)": csv }),
    record: figure.record,
  };
  const entries = Object.entries(files).map(([label, path]) => [label, below(folder, path)] as const);
  const svg = below(folder, figure.svg);
  return {
    record,
    table,
    alt: alt ?? record.caption,
    svg,
    paths: Object.fromEntries([...entries, ["SVG", svg]]),
  };
}

/** The lessons beside one, in their order, and the numbers of all figures by their alt texts. */
interface Neighbours {
  readonly tables: ReadonlyMap<string, KeyNumbers>;
  readonly citations: ReadonlyMap<string, string>;
  readonly before: ReportNotebook | undefined;
  readonly after: ReportNotebook | undefined;
}

async function writeNotebook(
  notebook: ReportNotebook,
  folder: string,
  { before, after, ...known }: Neighbours,
): Promise<IndexNotebook> {
  const path = below(folder, notebook.path);
  const { status, seconds, cells, error } = notebook;
  const shown = { path, status, seconds, cells, error, title: basename(path, ".ipynb"), figureIds: [] };
  try {
    const parsed = parseNotebook(path, await readFile(absolute(folder, path), "utf8"));
    const readable = readablePath(path);
    const from = posix.dirname(path);
    const backTo = address(posix.relative(from, "index.html"));
    const link = (other: ReportNotebook | undefined): string | undefined =>
      other === undefined
        ? undefined
        : address(posix.relative(from, readablePath(below(folder, other.path))));
    const name = posix.basename(path);
    await writeAtomically(
      absolute(folder, readable),
      notebookPage(parsed, { name, backTo, before: link(before), after: link(after), ...known }),
    );
    return {
      ...{ ...shown, page: readable, title: titleOf(parsed) ?? shown.title },
      ...{ question: questionOf(parsed), figureIds: figureIdsOf(parsed) },
    };
  } catch (problem) {
    return { ...shown, page: undefined, error: error ?? messageOf(problem) };
  }
}

/** The page of a notebook, beside it. */
function readablePath(path: string): string {
  return path.replace(/(\.ipynb)?$/, ".html");
}

/** As a notebook keeps an alt text. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function absolute(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}

function below(folder: string, path: string): string {
  return (isAbsolute(path) ? relative(folder, path) : path).split(sep).join("/");
}
