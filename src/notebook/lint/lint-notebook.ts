import { stat } from "node:fs/promises";
import { checkKeys, checkOneOf } from "../../core/index.js";
import { notebookLanguage, readNotebook } from "../source/notebook-file.js";
import { joinText } from "../../formats/index.js";
import type { Notebook } from "../../formats/index.js";
import type { Library } from "./cell-program.js";
import { exerciseProblems } from "./exercise-rules.js";
import { lessonProblems } from "./lesson-rules.js";
import { LINT_RULES } from "./lint-problem.js";
import type { LintedCell, LintProblem, LintRule } from "./lint-problem.js";
import { sourceProblems } from "./source-rules.js";
import { outputProblems, sizeProblems, structureProblems } from "./structure-rules.js";
import { tslabProblems } from "./tslab-rules.js";
import { typeProblems } from "./type-rules.js";

/** What `lint` leaves out. */
export interface LintOptions {
  /** Rules that are not looked at. Default: none. */
  readonly ignore?: readonly LintRule[];
  /** Whether the rules of lessons (`lesson-…`) are looked at, too: those of the package's own notebooks. Default false. */
  readonly lessons?: boolean;
  /** Keeps the type declarations that were read, for the next notebook: several are linted much faster with one map. */
  readonly library?: Library;
}

/**
 * Finds, without running it, what is wrong with a notebook; see {@link LINT_RULES}.
 * @returns problems in the order of the cells, those of the whole notebook first
 * @throws InputError for a missing file, a folder or an unknown rule
 * @throws DataError when the file is not a tslab notebook of format 4
 */
export async function lintNotebook(path: string, options: LintOptions = {}): Promise<LintProblem[]> {
  checkKeys("lintNotebook", options, ["ignore", "lessons", "library"]);
  const known = Object.keys(LINT_RULES) as LintRule[];
  const ignored = new Set(
    (options.ignore ?? []).map((rule) => checkOneOf("lintNotebook: ignore", rule, known)),
  );
  const notebook = await readNotebook(path);
  const isJavaScript = notebookLanguage(path, notebook) === "javascript";
  const { size } = await stat(path);
  const cells = lintedCells(notebook);
  const problems = [
    ...structureProblems(notebook, cells),
    ...outputProblems(notebook, cells),
    ...sizeProblems(notebook, cells, { bytes: size, isLesson: options.lessons === true }),
    ...cells.flatMap(sourceProblems),
    ...tslabProblems(cells),
    ...(options.lessons === true
      ? [...cells.flatMap(lessonProblems), ...exerciseProblems(notebook, cells)]
      : []),
    ...typeProblems(path, cells, { isJavaScript, library: options.library ?? new Map() }),
  ];
  return problems
    .filter(({ rule }) => !ignored.has(rule))
    .sort((a, b) => (a.cellIndex ?? -1) - (b.cellIndex ?? -1) || (a.line ?? 0) - (b.line ?? 0));
}

/** A problem as one line: `a.ipynb: cell 3, line 2: types: …`. */
export function formatProblem(path: string, { rule, cellNumber, line, message }: LintProblem): string {
  const cell =
    cellNumber === undefined ? [] : [`cell ${cellNumber}${line === undefined ? "" : `, line ${line}`}`];
  return [path, ...cell, `${rule}: ${message.replaceAll("\n", "\n    ")}`].join(": ");
}

function lintedCells(notebook: Notebook): LintedCell[] {
  const cells: LintedCell[] = [];
  for (const [cellIndex, cell] of notebook.cells.entries()) {
    const source = joinText(cell.source);
    if (cell.cell_type !== "code" || source.trim() === "") continue;
    const tags = Array.isArray(cell.metadata.tags) ? cell.metadata.tags.map(String) : [];
    cells.push({ cellIndex, cellNumber: cells.length + 1, source, tags });
  }
  return cells;
}
