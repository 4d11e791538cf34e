import { makeNotebook, TestFolder } from "../fixtures/notebooks.js";
import { structureProblems } from "./structure-rules.js";
import { lintNotebook } from "./lint-notebook.js";
import { expect, test } from "vitest";
import { tslabProblems } from "./tslab-rules.js";

const found = (...sources: readonly string[]): string[] =>
  tslabProblems(sources.map((source, i) => ({ cellIndex: i, cellNumber: i + 1, source, tags: [] }))).map(
    ({ rule, cellNumber, line }) => `${rule} ${cellNumber}:${line}`,
  );

// what tslab 1.0.22 does with each was seen in a kernel: those with a problem fail, or print the old value
test.each([
  [["let n = 0;\nfunction inc() { n += 1; return n; }", "inc();", "n = 10;\ninc();"], ["stale-variable 3:1"]],
  [["let n = 0;", "const get = () => n;", "get();\nn++;"], ["stale-variable 3:2"]],
  [["let n = 0;\nfunction inc() { n += 1; }", "inc(); console.log(n);"], []],
  [["let n = 0;", "n = 10;", "console.log(n);"], []],
  [["let n = 0;\nconst get = () => n;", "let n = 1;\nn = 2;"], []],
  [["for await (const x of [1]) x;"], ["for-await 1:1"]],
  [["await null;\nfor await (const x of [1]) x;"], []],
  [["async function f() { for await (const x of [1]) x; }"], []],
])("%j: %j", (sources, expected) => {
  expect(found(...sources)).toEqual(expected);
});

// { name: first } of an object whose type an earlier cell declares, by itself or by an interface, fails; of a library's type it does not
test("destructuring with other names", async () => {
  const folder = new TestFolder();
  const path = folder.write("a.ipynb", [
    { md: "# T\n\nWhat?" },
    { code: "const SEED = 1;", tags: ["parameters"] },
    'const person = { name: "a", deep: { y: SEED } }; const people = [person]; interface Pair { a: number }',
    "const { name: first } = person;\nconst [{ deep: { y } }] = people; console.log(first, y);",
    "const own = { a: 1 }; const { a: b } = own; const { name } = person; console.log(b, name);",
    'import * as os from "node:os";\nconst { EOL: eol } = os; const f = ({ a: c }: Pair): number => c; console.log(eol, f);',
  ]);
  const problems = await lintNotebook(path);
  expect(problems.map(({ rule, cellNumber, line }) => `${rule} ${cellNumber}:${line}`)).toEqual([
    "renamed-destructuring 3:1",
    "renamed-destructuring 3:2",
    "renamed-destructuring 5:2",
  ]);
  folder.remove();
});

test("one id for two cells is a problem of the second", () => {
  const notebook = makeNotebook(["1;", "2;", "3;"]);
  const cells = notebook.cells.map((cell, i) => (i === 2 ? { ...cell, id: "c0" } : cell));
  expect(structureProblems({ ...notebook, cells }, []).filter(({ rule }) => rule === "ids")).toEqual([
    { rule: "ids", cellIndex: 2, message: 'cell 3 of all has the id "c0" of cell 1: give it another' },
  ]);
});
