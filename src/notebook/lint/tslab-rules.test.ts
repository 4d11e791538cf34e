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
  [['const person = { name: "a" };', "const { name: first } = person;"], ["renamed-destructuring 2:1"]],
  [['const people = [{ name: "a" }];', "const [{ name: first }] = people;"], ["renamed-destructuring 2:1"]],
  [["const person = { deep: { y: 2 } };", "const { deep: { y } } = person;"], ["renamed-destructuring 2:1"]],
  [["const people = [{ a: 1 }];", "for (const { a: b } of people) b;"], ["renamed-destructuring 2:1"]],
  [
    ["const people = [{ a: 1 }];", "function f() { const [{ a: x }] = people; }"],
    ["renamed-destructuring 2:1"],
  ],
  [['const person = { name: "a" };', "const { name: first } = await person;"], ["renamed-destructuring 2:1"]],
  [['import * as os from "node:os";', "const { EOL: eol } = os;"], []],
  [['const person = { name: "a" };', "const { name } = person;"], []],
  [["const list = [{ a: 1 }]; const [{ a: b }] = list;"], []],
  [["for await (const x of [1]) x;"], ["for-await 1:1"]],
  [["await null;\nfor await (const x of [1]) x;"], []],
  [["async function f() { for await (const x of [1]) x; }"], []],
])("%j: %j", (sources, expected) => {
  expect(found(...sources)).toEqual(expected);
});
