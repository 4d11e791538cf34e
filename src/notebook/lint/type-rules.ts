import ts from "typescript";
import { checkCells } from "./cell-program.js";
import type { CellModule, CheckSettings } from "./cell-program.js";
import { cellProblem } from "./lint-problem.js";
import type { LintedCell, LintProblem } from "./lint-problem.js";

/** "'x' is declared but its value is never read": what a learner is to use, in a cell tagged `exercise`. */
const isUnused = 6133;

/** Rules that need types: `types`, `floating-promise`, `shorthand`, `renamed-destructuring`. A JavaScript notebook's types are not judged. */
export function typeProblems(
  path: string,
  cells: readonly LintedCell[],
  settings: CheckSettings,
): LintProblem[] {
  const { isJavaScript } = settings;
  const { checker, cells: modules } = checkCells(path, cells, settings);
  const files = new Set(modules.map(({ file }) => file));
  return modules.flatMap((module) => {
    const { tags } = module.cell;
    const raises = tags.includes("raises-exception");
    const counts = (found: ts.Diagnostic): boolean =>
      !isOfBuffers(found) && !(found.code === isUnused && tags.includes("exercise"));
    return [
      ...(isJavaScript || raises
        ? []
        : module.diagnostics.filter(counts).map((found) => typeProblem(module, found))),
      ...nodeProblems(module, checker, files),
    ];
  });
}

/** TypeScript >= 5.7 tells arrays on shared memory apart; tslab's compiler, which decides in the kernel, does not. */
function isOfBuffers({ messageText }: ts.Diagnostic): boolean {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n");
  return text.includes("Type 'ArrayBufferLike' is not assignable to type 'ArrayBuffer'");
}

function typeProblem(
  { cell, file }: CellModule,
  { start = 0, messageText, code }: ts.Diagnostic,
): LintProblem {
  const message = `${ts.flattenDiagnosticMessageText(messageText, "\n")} (TS${code})`;
  return cellProblem(cell, "types", message, lineAt(file, start));
}

function nodeProblems(
  { cell, file }: CellModule,
  checker: ts.TypeChecker,
  files: ReadonlySet<ts.SourceFile>,
): LintProblem[] {
  const problems: LintProblem[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) >= cell.source.length) return;
    const line = lineAt(file, node.getStart(file));
    if (ts.isExpressionStatement(node) && isUnhandled(node.expression, checker)) {
      const message =
        "a promise is not awaited: its error would be lost; write await (or void, when that is meant)";
      problems.push(cellProblem(cell, "floating-promise", message, line));
    }
    if (ts.isShorthandPropertyAssignment(node) && isOfEarlierCell(node, { cell, file, checker })) {
      const name = node.name.text;
      const message = `tslab loses a constant of an earlier cell in shorthand; write { ${name}: ${name} }`;
      problems.push(cellProblem(cell, "shorthand", message, line));
    }
    const renamed = ts.isBindingElement(node) ? node.propertyName : undefined;
    if (renamed !== undefined && ts.isIdentifier(renamed) && isOfCells(renamed)) {
      const message = `tslab cannot compile { ${renamed.text}: … } of an object that an earlier cell declares; write const … = object.${renamed.text}`;
      problems.push(cellProblem(cell, "renamed-destructuring", message, line));
    }
    ts.forEachChild(node, visit);
  };
  const isOfCells = (name: ts.Identifier): boolean =>
    (checker.getSymbolAtLocation(name)?.declarations ?? []).some((declaration) => {
      const source = declaration.getSourceFile();
      return source !== file && files.has(source);
    });
  visit(file);
  return problems;
}

/** Whether the name comes by one of the imports behind the cell's own text. */
function isOfEarlierCell(
  node: ts.ShorthandPropertyAssignment,
  { cell, file, checker }: { cell: LintedCell; file: ts.SourceFile; checker: ts.TypeChecker },
): boolean {
  const declarations = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
  return declarations.some(
    (declaration) => declaration.getSourceFile() === file && declaration.getStart(file) >= cell.source.length,
  );
}

const eitherSide = new Set([
  ts.SyntaxKind.CommaToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
const valueFromRight = new Set([...eitherSide, ts.SyntaxKind.AmpersandAmpersandToken]);

/** As typescript-eslint's no-floating-promises: `void`, `await`, `.catch(f)` and `.then(f, g)` count as handled. */
function isUnhandled(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const again = (child: ts.Expression): boolean => isUnhandled(child, checker);
  if (ts.isParenthesizedExpression(node)) return again(node.expression);
  if (ts.isVoidExpression(node) || ts.isAwaitExpression(node)) return false;
  if (ts.isConditionalExpression(node)) return again(node.whenTrue) || again(node.whenFalse);
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    return (eitherSide.has(kind) && again(node.left)) || (valueFromRight.has(kind) && again(node.right));
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (name.text === "catch" && node.arguments.length > 0) return false;
    if (name.text === "then" && node.arguments.length > 1) return false;
    if (name.text === "finally") return again(expression);
  }
  const type = checker.getTypeAtLocation(node);
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  return (
    isPromise(type, { node, checker }) || (element !== undefined && isPromise(element, { node, checker }))
  );
}

function isPromise(type: ts.Type, at: { node: ts.Node; checker: ts.TypeChecker }): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => {
    const then = part.getProperty("then");
    return (
      then !== undefined && at.checker.getTypeOfSymbolAtLocation(then, at.node).getCallSignatures().length > 0
    );
  });
}

function lineAt(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}
