import ts from "typescript";
import { movedWords } from "../source/moved-names.js";
import { cellProblem } from "./lint-problem.js";
import type { LintedCell, LintProblem } from "./lint-problem.js";

const mostLines = 25;
/** A path that begins at a machine's root, or at somebody's home. */
const machinePath =
  /^(?:file:\/\/|~\/|[A-Za-z]:[\\/]|\/(?:home|Users|root|tmp|var|usr|opt|etc|mnt|media|srv|Volumes|private|workspace|work)\/)/;

/** Rules about one cell's text: `cell-length`, `imports`, `absolute-path`, `random-and-clock`. */
export function sourceProblems(cell: LintedCell): LintProblem[] {
  const lines = cell.source.replace(/\n+$/, "").split("\n").length;
  const long = `${lines} lines, at most ${mostLines}: a cell holds one idea`;
  return [...(lines > mostLines ? [cellProblem(cell, "cell-length", long)] : []), ...nodeProblems(cell)];
}

function nodeProblems(cell: LintedCell): LintProblem[] {
  const file = ts.createSourceFile("cell.ts", cell.source, ts.ScriptTarget.Latest, true);
  const problems: LintProblem[] = [];
  const add = (rule: LintProblem["rule"], node: ts.Node, message: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    problems.push(cellProblem(cell, rule, message, line + 1));
  };
  const visit = (node: ts.Node): void => {
    const specifier = moduleSpecifier(node);
    if (specifier !== undefined && !isPackageName(specifier.text))
      add(
        "imports",
        specifier,
        `imports ${JSON.stringify(specifier.text)}: import packages by name, not by a path`,
      );
    else if (ts.isStringLiteralLike(node) && machinePath.test(node.text) && !isSpecifier(node))
      add(
        "absolute-path",
        node,
        `${JSON.stringify(node.text)} is a path of one machine; build it from the working folder`,
      );
    for (const name of importedFromPalLab(node)) {
      const words = movedWords(name.text);
      if (words !== undefined) add("imports", name, words);
    }
    const unrepeatable = clockOrChance(node);
    if (unrepeatable !== undefined)
      add(
        "random-and-clock",
        node,
        `${unrepeatable}: two runs differ; pass a seeded random stream, print no clock`,
      );
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

/** The names that `import { … } from "pal-lab"` takes. */
function importedFromPalLab(node: ts.Node): ts.Identifier[] {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return [];
  const named = node.importClause?.namedBindings;
  if (node.moduleSpecifier.text !== "pal-lab" || named === undefined || !ts.isNamedImports(named)) return [];
  return named.elements.flatMap(({ name, propertyName = name }) =>
    ts.isIdentifier(propertyName) ? [propertyName] : [],
  );
}

function isPackageName(specifier: string): boolean {
  return /^(node:)?(@[\w.-]+\/)?[\w][\w.-]*(\/[\w./-]+)?$/.test(specifier) && !specifier.includes("..");
}

function isSpecifier(node: ts.Node): boolean {
  return moduleSpecifier(node.parent) === node;
}

/** The module that an import, a re-export, `import()` or `require()` names. */
function moduleSpecifier(node: ts.Node): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier !== undefined && ts.isStringLiteralLike(node.moduleSpecifier)
      ? node.moduleSpecifier
      : undefined;
  if (ts.isExternalModuleReference(node))
    return ts.isStringLiteralLike(node.expression) ? node.expression : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
  const [first] = node.arguments;
  return (isImport || isRequire) && first !== undefined && ts.isStringLiteralLike(first) ? first : undefined;
}

function clockOrChance(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const name = `${node.expression.text}.${node.name.text}`;
    return ["Math.random", "Date.now", "crypto.randomUUID"].includes(name) ? name : undefined;
  }
  const isDate =
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "Date";
  return isDate && (node.arguments ?? []).length === 0 ? "new Date()" : undefined;
}
