import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { KINDS } from "./index.js";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Places in a file where something is compared with, or switched on, a family's kind. */
function comparisons(path: string): string[] {
  const text = readFileSync(root + path, "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isKind = (node: ts.Node): boolean => ts.isStringLiteralLike(node) && KINDS.includes(node.text);
  const visit = (node: ts.Node): void => {
    const compares = ts.isBinaryExpression(node) && (isKind(node.left) || isKind(node.right));
    const cases = ts.isCaseClause(node) && isKind(node.expression);
    if (compares || cases) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path}:${line + 1}: ${node.getText().slice(0, 60)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test("nothing outside families compares a model's kind: what a family is, it says itself", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("families/"));
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(comparisons)).toEqual([]);
});
