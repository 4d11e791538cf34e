import ts from "typescript";
import { cellProblem, type LintedCell, type LintProblem } from "./lint-problem.js";

const MOST_LINES = 12;
const MOST_COLUMNS = 140;
const MOST_FIGURE_LINES = 3;
/** Bytes of a lesson's file, its pictures with it. */
export const MOST_LESSON_BYTES = 300_000;

/** Rules about the cells of a lesson: `lesson-cell`, `lesson-figure`. */
export function lessonProblems(cell: LintedCell): LintProblem[] {
  const file = ts.createSourceFile("cell.ts", cell.source, ts.ScriptTarget.Latest, true);
  return [...lengthProblems(cell, file), ...figureProblems(cell, file)];
}

function lengthProblems(cell: LintedCell, file: ts.SourceFile): LintProblem[] {
  const lines = cell.source.replace(/\n+$/, "").split("\n");
  const wide = lines.findIndex((line) => [...line].length > MOST_COLUMNS);
  const long = lines.length > MOST_LINES && !file.statements.every(isData);
  const [many, most] = [`${lines.length} lines, at most ${MOST_LINES}`, `at most ${MOST_COLUMNS} characters`];
  return [
    ...(long
      ? [cellProblem(cell, "lesson-cell", `${many}, unless it is data alone: divide it, prose between`)]
      : []),
    ...(wide >= 0
      ? [
          cellProblem(
            cell,
            "lesson-cell",
            `${[...lines[wide]].length} characters in a line, ${most}`,
            wide + 1,
          ),
        ]
      : []),
  ];
}

function figureProblems(cell: LintedCell, file: ts.SourceFile): LintProblem[] {
  const problems: LintProblem[] = [];
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const line = lineOf(node.getStart(file));
      const name = calledName(node.expression);
      const lines = lineOf(node.getEnd()) - line + 1;
      if (name === "figure" && lines > MOST_FIGURE_LINES)
        problems.push(
          cellProblem(
            cell,
            "lesson-figure",
            `a figure in ${lines} lines, at most ${MOST_FIGURE_LINES}`,
            line,
          ),
        );
      if (name === "figureRecord" || name === "saveFigure")
        problems.push(
          cellProblem(cell, "lesson-figure", `${name}: lab.figure writes the record and saves`, line),
        );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

function calledName(called: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(called)) return called.name.text;
  return ts.isIdentifier(called) && called.text !== "figure" ? called.text : undefined;
}

/** A declaration of literals and nothing else. */
function isData(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(
    ({ initializer }) => initializer !== undefined && isLiteral(initializer),
  );
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every(
      (property) => ts.isPropertyAssignment(property) && isLiteral(property.initializer),
    );
  if (ts.isAsExpression(node)) return isLiteral(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return isLiteral(node.operand);
  const { TrueKeyword, FalseKeyword, NullKeyword } = ts.SyntaxKind;
  return (
    ts.isLiteralExpression(node) || [TrueKeyword, FalseKeyword, NullKeyword].includes(node.kind as never)
  );
}
