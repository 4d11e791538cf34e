import ts from "typescript";
import { expect, test } from "vitest";
import type { ErrorReport } from "../kernel/kernel-report.js";
import { CellLines } from "./cell-lines.js";
import { liveError, liveStack } from "./live-error.js";

const SOURCE = `interface P { a: number }

// a comment
const f = (p: P): number => {
  if (p.a > 1) throw new RangeError("too big");
  return p.a;
};
f({ a: 2 });`;

/** Compiles as tslab does: the cell below one line of tslab's, to a module, and the module to a script. */
function compile(lines: CellLines, source: string): string {
  const toModule = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext, inlineSourceMap: true };
  const module = ts.transpileModule(`export {};\n${source}`, { compilerOptions: toModule }).outputText;
  const script = ts.transpileModule(module, {
    compilerOptions: { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.CommonJS, sourceMap: true },
  });
  lines.compiled({ moduleText: module, scriptMap: script.sourceMapText ?? "{}" });
  return script.outputText;
}

/** Line and column, from 1, of a text in a script. */
function find(script: string, text: string): { line: number; column: number } {
  const before = script.slice(0, script.indexOf(text)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

test("a place in a compiled cell is found in its TypeScript", () => {
  const lines = new CellLines();
  const script = compile(lines, SOURCE);
  expect(lines.keep(3)).toBe("cell[3]");
  const { line, column } = find(script, "new RangeError");
  expect(line).not.toBe(5);
  expect(lines.place(3, line, column)).toEqual({ cell: 3, line: 5 });
  expect(lines.place(4, line, column)).toBeUndefined();
});

test("an error shows the line that somebody wrote, the way there through other cells, and no frame of tslab", () => {
  const lines = new CellLines();
  const first = find(compile(lines, SOURCE), "new RangeError");
  lines.keep(1);
  const second = find(compile(lines, "const a = 1;\n\nf({ a: 2 });"), "f({");
  lines.keep(2);
  const text = [
    "RangeError: too big",
    `    at Proxy.f (cell[1]:${first.line}:${first.column})`,
    `    at cell[2]:${second.line}:${second.column}`,
    "    at /x/node_modules/tslab/dist/executor.js:160:38",
    "    at node:internal/process/task_queues:95:5",
  ].join("\n");
  const report: ErrorReport = { name: "RangeError", message: "too big", text };
  const error = liveError([report], { cell: 2, source: "const a = 1;\n\nf({ a: 2 });", lines });
  const plain = error.traceback.map((line) => line.replace(/\u001b\[\d+m/g, ""));
  expect(plain).toEqual([
    "RangeError: too big",
    "",
    "  1 | const a = 1;",
    "  2 | ",
    "> 3 | f({ a: 2 });",
    "",
    "    at f (cell [1], line 5)",
    "    at cell [2], line 3",
  ]);
  expect({ ename: error.ename, evalue: error.evalue }).toEqual({ ename: "RangeError", evalue: "too big" });
  expect(liveStack(text, lines)).toHaveLength(3);
});

test("a constant lost in shorthand comes with the hint", () => {
  const message = "epochs is not defined";
  const reports = [{ name: "ReferenceError", message, text: `ReferenceError: ${message}` }];
  const { traceback } = liveError(reports, { cell: 1, source: "fit({ epochs });", lines: new CellLines() });
  expect(traceback.at(-1)).toContain("write { epochs: epochs } instead of { epochs }");
});
