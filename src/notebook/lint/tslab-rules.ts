import ts from "typescript";
import { declaredNames, identifiers } from "./declared-names.js";
import { cellProblem } from "./lint-problem.js";
import type { LintedCell, LintProblem } from "./lint-problem.js";

/** What a cell's own text says, read once. */
interface ReadCell {
  readonly cell: LintedCell;
  readonly file: ts.SourceFile;
}

/** What tslab runs otherwise than TypeScript would: `stale-variable`, `for-await`. */
export function tslabProblems(cells: readonly LintedCell[]): LintProblem[] {
  const read = cells.map((cell) => ({
    cell,
    file: ts.createSourceFile("cell.ts", cell.source, ts.ScriptTarget.Latest, true),
  }));
  return read.flatMap((each, i) => [...staleVariables(each, read.slice(0, i)), ...loneForAwaits(each)]);
}

/** A change to a `let` of an earlier cell that a function of an earlier cell uses: the function keeps its own. */
function staleVariables({ cell, file }: ReadCell, earlier: readonly ReadCell[]): LintProblem[] {
  const own = declaredNames(file);
  const users = new Map<string, { readonly by: string; readonly in: LintedCell }>();
  const variables = new Set<string>();
  for (const { cell: before, file: text } of earlier) {
    for (const [name, { isVariable }] of declaredNames(text)) {
      users.delete(name);
      if (isVariable) variables.add(name);
      else variables.delete(name);
    }
    for (const { by, names } of functionsOf(text))
      for (const name of names) if (variables.has(name)) users.set(name, { by, in: before });
  }
  const problems: LintProblem[] = [];
  const visit = (node: ts.Node): void => {
    const name = assignedName(node);
    const user = name === undefined || own.has(name.text) ? undefined : users.get(name.text);
    if (name !== undefined && user !== undefined) {
      const message = `${user.by} of cell ${user.in.cellNumber} keeps its own ${name.text}: tslab gives each cell a copy of a let; change it by a function of that cell, or keep it in an object (state.${name.text} = …)`;
      problems.push(cellProblem(cell, "stale-variable", message, lineOf(file, node)));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

/** The functions and classes of a cell, and the names in each. */
function functionsOf(file: ts.SourceFile): { readonly by: string; readonly names: ReadonlySet<string> }[] {
  const found: { by: string; names: ReadonlySet<string> }[] = [];
  const visit = (node: ts.Node): void => {
    const isFunction = ts.isFunctionLike(node) || ts.isClassLike(node);
    if (!isFunction) return ts.forEachChild(node, visit);
    const named = (node as ts.FunctionDeclaration).name?.getText(file);
    const { parent } = node;
    const by = named ?? (ts.isVariableDeclaration(parent) ? parent.name.getText(file) : "a function");
    found.push({ by, names: identifiers(node) });
  };
  visit(file);
  return found;
}

/** The name that an assignment, `++` or `--` changes. */
function assignedName(node: ts.Node): ts.Identifier | undefined {
  const isAssignment =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
  if (isAssignment) return ts.isIdentifier(node.left) ? node.left : undefined;
  const isStep =
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken);
  return isStep && ts.isIdentifier(node.operand) ? node.operand : undefined;
}

/** `for await` at the top of a cell that has no other `await` there. */
function loneForAwaits({ cell, file }: ReadCell): LintProblem[] {
  const loops: ts.Node[] = [];
  let isAwaiting = false;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isAwaitExpression(node)) isAwaiting = true;
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) loops.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const message = "tslab does not see for await alone; write await null; before it";
  return isAwaiting
    ? []
    : loops.slice(0, 1).map((loop) => cellProblem(cell, "for-await", message, lineOf(file, loop)));
}

function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}
