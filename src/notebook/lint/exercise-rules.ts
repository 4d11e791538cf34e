import ts from "typescript";
import type { Notebook } from "../../formats/index.js";
import { cellProblem, type LintedCell, type LintProblem } from "./lint-problem.js";

const isAsked = ({ tags }: LintedCell): boolean => tags.includes("exercise");
const isSolution = ({ tags }: LintedCell): boolean => tags.includes("solution");

/**
 * Rule `lesson-exercise`: a lesson asks its reader something in a cell tagged `exercise`, and says by `lab.exercise` whether the answer is right;
 * behind it a folded cell tagged `solution` lets `lab.exercise` say that it is. What is asked before a run may be checked in a later cell.
 */
export function exerciseProblems(notebook: Notebook, cells: readonly LintedCell[]): LintProblem[] {
  const parts = cells.filter((cell) => isAsked(cell) || isSolution(cell));
  const checks = parts.filter(isChecked);
  const problem = (cell: LintedCell, message: string): LintProblem =>
    cellProblem(cell, "lesson-exercise", message);
  const open = parts.filter(
    (cell, i) =>
      isAsked(cell) &&
      !isChecked(cell) &&
      parts
        .slice(i + 1)
        .find((later) => isChecked(later) || isSolution(later))
        ?.tags.includes("exercise") !== true,
  );
  const unsolved = checks.filter((cell, i) => isAsked(cell) && !checks.slice(i + 1, i + 2).some(isSolution));
  const unasked = checks.filter(
    (cell, i) => isSolution(cell) && !checks.slice(Math.max(0, i - 1), i).some(isAsked),
  );
  const unfolded = parts.filter((cell) => isSolution(cell) && !isFolded(notebook, cell));
  return [
    ...(checks.some(isAsked) ? [] : [NO_EXERCISE]),
    ...open.map((cell) => problem(cell, "asks, and no lab.exercise says whether the answer is right")),
    ...unsolved.map((cell) =>
      problem(cell, 'has no cell tagged "solution" behind it that lab.exercise finds right'),
    ),
    ...unasked.map((cell) => problem(cell, 'solves what no cell tagged "exercise" before it asks')),
    ...unfolded.map((cell) => problem(cell, "is a solution that is not folded: set jupyter.source_hidden")),
  ];
}

const NO_EXERCISE: LintProblem = {
  rule: "lesson-exercise",
  message:
    'no cell is tagged "exercise" and calls lab.exercise: ask the reader something, and say whether it is right',
};

/** Whether a cell calls `lab.exercise`, whatever the helper is called. */
function isChecked({ source }: LintedCell): boolean {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
  let isFound = false;
  const visit = (node: ts.Node): void => {
    isFound ||=
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === "exercise";
    ts.forEachChild(node, visit);
  };
  visit(file);
  return isFound;
}

function isFolded(notebook: Notebook, { cellIndex }: LintedCell): boolean {
  const { jupyter } = notebook.cells[cellIndex].metadata;
  return (jupyter as { readonly source_hidden?: unknown } | undefined)?.source_hidden === true;
}
