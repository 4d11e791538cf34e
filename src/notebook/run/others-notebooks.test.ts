import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeCells, makeNotebook, printed, TestFolder } from "../fixtures/notebooks.js";
import { parseNotebook } from "../../formats/index.js";
import type { CodeCell } from "../../formats/index.js";
import { readNotebook } from "../source/notebook-file.js";
import { hintFor } from "./hint.js";
import { runNotebook } from "./run-notebook.js";

describe("what notebooks of others hold", () => {
  let folder: TestFolder;
  let cells: CodeCell[];
  beforeAll(async () => {
    folder = new TestFolder();
    const notebook = makeNotebook([
      'import { execSync } from "node:child_process"; import { writeSync } from "node:fs";',
      'execSync("echo child; echo error >&2", { stdio: "inherit" }); console.log("after");',
      'void writeSync(1, "raw\\n");',
      "for (let i = 0; i <= 2000; i++) process.stdout.write(`\\r${i} of 2000`); console.log(''); console.log('done');",
      { code: 'throw new Error("needs the cluster");', tags: ["skip-execution"] },
      { code: 'throw new Error("needs the cluster");', tags: ["nbval-skip"] },
      "console.log('end');",
    ]);
    const skipped = notebook.cells[4] as CodeCell;
    skipped.outputs = [{ output_type: "stream", name: "stdout", text: ["from the cluster\n"] }];
    const [path, output] = [folder.file("others.ipynb"), folder.file("out.ipynb")];
    writeFileSync(path, JSON.stringify(notebook));
    const result = await runNotebook(path, { output });
    expect(result).toMatchObject({ status: "ok", cells: { total: 7, done: 7 } });
    cells = codeCells(parseNotebook(output, readFileSync(output, "utf8")));
  });
  afterAll(() => folder.remove());

  it("what children and raw writes print is kept under the cell", () => {
    expect(printed(cells[1]).split("\n").sort()).toEqual(["", "after", "child", "error"]);
    expect(printed(cells[2])).toBe("raw\n");
  });

  it("of a line that is written again and again the last state is kept", () => {
    expect(printed(cells[3])).toBe("2000 of 2000\ndone\n");
  });

  it("cells that are tagged to be skipped are, and keep what was saved", () => {
    expect(cells.map(({ execution_count: count }) => count)).toEqual([1, 2, 3, 4, null, null, 7]);
    expect(printed(cells[4])).toBe("from the cluster\n");
  });
});

it("bytes that are not UTF-8 are refused with their line", async () => {
  const folder = new TestFolder();
  const path = folder.file("latin.ipynb");
  writeFileSync(path, Buffer.from('{"nbformat": 4,\n"cells": [],\n"a": "user\x92s"}', "latin1"));
  await expect(readNotebook(path)).rejects.toThrow(`${path}:3: is not UTF-8`);
  folder.remove();
});

// the messages are those of tslab 1.0.22, seen in a kernel
it.each([
  ["SyntaxError", "Identifier 'exports' has already been declared", "const { name: first } = person;"],
  ["ReferenceError", "Cannot access 'exports' before initialization", "for (const { a: b } of list) b;"],
])("a hint for a renamed destructuring: %s", (name, message, source) => {
  expect(hintFor(name, message, source)).toContain("write const first = person.name");
});

it("a hint for a for await alone, and none for another reserved word", () => {
  const loop = "for await (const x of xs) x;";
  expect(hintFor("SyntaxError", "Unexpected reserved word", loop)).toContain("write await null; before it");
  expect(hintFor("SyntaxError", "Unexpected reserved word", "const enum = 1;")).toBeUndefined();
});
