import ts from "typescript";
import { hasTag, isSkipped, joinText } from "../../formats/index.js";
import type { CellOutput, Notebook } from "../../formats/index.js";
import { MOST_LESSON_BYTES } from "./lesson-rules.js";
import { cellProblem } from "./lint-problem.js";
import type { LintedCell, LintProblem } from "./lint-problem.js";

const mostBytes = 1_000_000;
/** A path of one machine within printed text. */
const printedPath =
  /(?:^|[\s"'`(=])((?:file:\/\/)?\/(?:home|Users|root|tmp|mnt|Volumes|private|workspace|work)\/[^\s"'`)]+|[A-Za-z]:\\[^\s"'`)]+)/;

/** Rules about the notebook as a whole: `counts`, `title`, `question`, `parameters`. */
export function structureProblems(notebook: Notebook, cells: readonly LintedCell[]): LintProblem[] {
  return [
    ...countProblems(notebook, cells),
    ...idProblems(notebook),
    ...proseProblems(notebook),
    ...parametersProblems(cells),
  ];
}

/** Rules about what is saved: `error-output`, `absolute-path`. */
export function outputProblems(notebook: Notebook, cells: readonly LintedCell[]): LintProblem[] {
  return cells.flatMap((cell): LintProblem[] => {
    const outputs = outputsOf(notebook, cell);
    const error = outputs.find((output) => output.output_type === "error");
    const path = outputs.map((output) => printedPath.exec(printedText(output))?.[1]).find(Boolean);
    const raised = error !== undefined && !cell.tags.includes("raises-exception");
    return [
      ...(raised
        ? [cellProblem(cell, "error-output", `was saved with ${error.ename}: ${error.evalue}`)]
        : []),
      ...(path === undefined ? [] : [cellProblem(cell, "absolute-path", `its output shows ${path}`)]),
    ];
  });
}

/** Rules about the file: `size`, of a lesson `lesson-size`. */
export function sizeProblems(
  notebook: Notebook,
  cells: readonly LintedCell[],
  { bytes, isLesson }: { readonly bytes: number; readonly isLesson: boolean },
): LintProblem[] {
  const [rule, most] = isLesson
    ? (["lesson-size", MOST_LESSON_BYTES] as const)
    : (["size", mostBytes - 1] as const);
  if (bytes <= most) return [];
  const sizes = cells.map((cell) => ({ cell, size: JSON.stringify(outputsOf(notebook, cell)).length }));
  const [largest] = sizes.sort((a, b) => b.size - a.size);
  const where =
    largest === undefined ? "" : `; most of it, ${largest.size}, is below cell ${largest.cell.cellNumber}`;
  return [{ rule, message: `the file has ${bytes} bytes, at most ${most}${where}` }];
}

function countProblems(notebook: Notebook, cells: readonly LintedCell[]): LintProblem[] {
  const counts = cells.map(({ cellIndex }) => {
    const cell = notebook.cells[cellIndex];
    return cell?.cell_type === "code" ? cell.execution_count : null;
  });
  if (counts.every((count) => count === null)) return [];
  const isRun = ({ cellIndex }: LintedCell): boolean => !isSkipped(notebook.cells[cellIndex]);
  const wrong = cells.findIndex((cell, i) => isRun(cell) && counts[i] !== cell.cellNumber);
  if (wrong < 0) return [];
  const got = counts[wrong] === null ? "was not run" : `ran as number ${counts[wrong]}`;
  const message = `${got}, and is code cell ${wrong + 1}: run the notebook from top to bottom`;
  return [cellProblem(cells[wrong], "counts", message)];
}

function idProblems(notebook: Notebook): LintProblem[] {
  const first = new Map<string, number>();
  return notebook.cells.flatMap(({ id }, cellIndex): LintProblem[] => {
    const before = id === undefined ? undefined : first.get(id);
    if (id === undefined) return [];
    if (before === undefined) {
      first.set(id, cellIndex);
      return [];
    }
    const message = `cell ${cellIndex + 1} of all has the id ${JSON.stringify(id)} of cell ${before + 1}: give it another`;
    return [{ rule: "ids", cellIndex, message }];
  });
}

function proseProblems(notebook: Notebook): LintProblem[] {
  const [first] = notebook.cells;
  const problems: LintProblem[] = [];
  const title = first?.cell_type === "markdown" ? joinText(first.source) : "";
  if (!/^# \S/.test(title))
    problems.push({ rule: "title", message: "the first cell must be prose that begins with a title: # …" });
  const code = notebook.cells.findIndex(
    (cell) => cell.cell_type === "code" && joinText(cell.source).trim() !== "",
  );
  const before = notebook.cells.slice(0, code < 0 ? undefined : code).map((cell) => joinText(cell.source));
  if (!before.join("\n").includes("?"))
    problems.push({
      rule: "question",
      message: "the prose before the first code must ask the notebook's question",
    });
  return problems;
}

function parametersProblems(cells: readonly LintedCell[]): LintProblem[] {
  const tagged = cells.filter(({ tags }) => tags.includes("parameters"));
  const [parameters, second] = tagged;
  if (parameters === undefined)
    return [{ rule: "parameters", message: 'no cell is tagged "parameters": put the settings into one' }];
  if (second !== undefined)
    return [
      cellProblem(
        second,
        "parameters",
        `only one cell may be tagged "parameters"; cell ${parameters.cellNumber} is`,
      ),
    ];
  const early = cells.find((cell) => cell.cellIndex < parameters.cellIndex && !isImportsOnly(cell.source));
  if (early === undefined) return [];
  return [cellProblem(early, "parameters", "comes before the parameters and does more than import")];
}

function isImportsOnly(source: string): boolean {
  const { statements } = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest);
  return statements.every(
    (statement) => ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement),
  );
}

function outputsOf(notebook: Notebook, { cellIndex }: LintedCell): readonly CellOutput[] {
  const cell = notebook.cells[cellIndex];
  return cell?.cell_type === "code" && !hasTag(cell, "nb-ignore-output") ? cell.outputs : [];
}

function printedText(output: CellOutput): string {
  if (output.output_type === "stream") return joinText(output.text);
  if (output.output_type === "error") return output.evalue;
  const text = output.data["text/plain"];
  return typeof text === "string" ? text : Array.isArray(text) ? text.join("") : "";
}
