import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeNotebook, TestFolder } from "../fixtures/notebooks.js";
import type { CellText } from "../fixtures/notebooks.js";
import type { CodeCell, Notebook } from "../../formats/index.js";
import { STRICT_OPTIONS } from "./cell-program.js";
import type { Library } from "./cell-program.js";
import { formatProblem, lintNotebook } from "./lint-notebook.js";
import type { LintProblem } from "./lint-problem.js";

const title: CellText = { md: "# A title\n\n**Question.** What is it?" };
const parameters: CellText = { code: "const SEED = 1; // first", tags: ["parameters"] };

let folder: TestFolder;
const library: Library = new Map();
beforeAll(() => {
  folder = new TestFolder();
  mkdirSync(folder.file("node_modules/pack"), { recursive: true });
  writeFileSync(
    folder.file("node_modules/pack/index.d.ts"),
    "export declare const list: Float32Array; export declare function later(): Promise<number>; export type Kind = 'a';",
  );
});
afterAll(() => folder.remove());

async function lint(
  cells: readonly CellText[],
  change?: (notebook: Notebook) => void,
): Promise<LintProblem[]> {
  const notebook = makeNotebook([title, parameters, ...cells]);
  change?.(notebook);
  const path = folder.file("linted.ipynb");
  writeFileSync(path, JSON.stringify(notebook));
  return lintNotebook(path, { library });
}

async function lines(...args: Parameters<typeof lint>): Promise<string[]> {
  return (await lint(...args)).map((problem) => formatProblem("a.ipynb", problem));
}

const outputOf = (notebook: Notebook, index: number): CodeCell => notebook.cells[index] as CodeCell;

describe("a notebook without faults", () => {
  it("has no problems: names declared again, assigned later, awaited at top level, types and tslab imported", async () => {
    const cells: CellText[] = [
      "import { later, list, Kind } from 'pack';\nimport * as tslab from 'tslab';\nimport fs from 'fs';",
      "const kind: Kind = 'a'; let total = list.length + SEED; interface Row { n: number }",
      "total += await later(); total++;",
      "const kind = { text: 'again' }; const row: Row = { n: total };",
      "function twice(n: number): number { return 2 * n; }\nconst own = 1; const object = { own, kind: kind.text.length };",
      "twice(row.n + object.kind); void later(); later().catch(() => 0); tslab.display.text(String(fs.existsSync('x')));",
      { code: "const wrong: number = 'text';", tags: ["raises-exception"] },
      { code: "const answer = (share: number): number => 0;\nanswer(1);", tags: ["exercise"] },
      "const owner = { list: Int8Array.from([1]) };\nconst takes = (o: typeof owner): number => o.list.length;",
      "const anyBuffer: { list: Int8Array } = owner;\ntakes(anyBuffer);",
      "   ",
    ];
    expect(await lines(cells)).toEqual([]);
  });

  it("may have run or not, but counts from top to bottom", async () => {
    const count =
      (...counts: number[]) =>
      (notebook: Notebook) =>
        notebook.cells
          .filter((cell) => cell.cell_type === "code")
          .forEach((cell, i) => (cell.execution_count = counts[i] ?? null));
    expect(await lines(["1;", "2;"], count(1, 2, 3))).toEqual([]);
    expect(await lines(["1;", "2;"], count(1, 3, 2))).toEqual([
      "a.ipynb: cell 2: counts: ran as number 3, and is code cell 2: run the notebook from top to bottom",
    ]);
    expect(await lines(["1;", "2;"], count(1, 2))).toEqual([
      expect.stringMatching(/cell 3: counts: was not run/),
    ]);
  });
});

describe("each fault is found, with rule, cell and line", () => {
  const cases: [string, CellText[], string][] = [
    [
      "a type error",
      ["const a = 1;\nconst b: string = a;"],
      "cell 2, line 2: types: Type 'number' is not assignable to type 'string'. (TS2322)",
    ],
    [
      "null where strict forbids it",
      ["let s: string = null; s;"],
      "cell 2, line 1: types: Type 'null' is not assignable",
    ],
    [
      "a wrong use in a later cell",
      ["const a = 1;", "\na.missing;"],
      "cell 3, line 2: types: Property 'missing' does not exist on type '1'",
    ],
    [
      "a name that comes later",
      ["early;", "const early = 1;"],
      "cell 2, line 1: types: Cannot find name 'early'",
    ],
    [
      "a missing package",
      ["import { x } from 'not-there'; x;"],
      "cell 2, line 1: types: Cannot find module 'not-there'",
    ],
    ["a name of browsers alone", ["document.title;"], "cell 2, line 1: types: Cannot find name 'document'"],
    ["a constant that is assigned", ["SEED = 2;"], "cell 2, line 1: types: Cannot assign to 'SEED'"],
    [
      "an unused local",
      ["function f(): number { const unused = 1; return 2; }\nf();"],
      "cell 2, line 1: types: 'unused' is declared but its value is never read",
    ],
    ["a syntax error", ["const a = ;"], "cell 2, line 1: types: Expression expected"],
    [
      "a promise left alone",
      ["import { later } from 'pack';", "1;\nlater();"],
      "cell 3, line 2: floating-promise: a promise is not awaited",
    ],
    ["promises left alone in a list", ["[1, 2].map(async (n) => n);"], "cell 2, line 1: floating-promise"],
    [
      "a promise behind a condition",
      ["const p = async () => 1;\nSEED > 0 && p();"],
      "cell 2, line 2: floating-promise",
    ],
    [
      "shorthand of an earlier cell's constant",
      ["const a = 1;", "const o = { b: 2,\n  a };"],
      "cell 3, line 2: shorthand: tslab loses a constant of an earlier cell in shorthand; write { a: a }",
    ],
    [
      "shorthand of an earlier import",
      ["import { list } from 'pack';", "const o = { list };"],
      "cell 3, line 1: shorthand",
    ],
    [
      "a relative import",
      ["import '../src/x.js';"],
      'cell 2, line 1: imports: imports "../src/x.js": import packages by name',
    ],
    [
      "a name that moved",
      ['import { fit, pca } from "pal-lab";'],
      'cell 2, line 1: imports: "pca" moved in pal-lab 0.2: import { maps } from "pal-lab" and write maps.pca',
    ],
    ["an absolute import", ["const fs = await import('/opt/x.js');"], 'imports: imports "/opt/x.js"'],
    [
      "an absolute path",
      ["const path = '/home/me/data.csv';"],
      'cell 2, line 1: absolute-path: "/home/me/data.csv" is a path of one machine',
    ],
    ["a Windows path", ["const path = 'C:\\\\data.csv';"], "absolute-path"],
    [
      "Math.random",
      ["console.log(Math.random());"],
      "cell 2, line 1: random-and-clock: Math.random: two runs differ",
    ],
    ["Date.now", ["console.log(\n  Date.now());"], "cell 2, line 2: random-and-clock: Date.now"],
    [
      "a cell of 26 lines",
      [Array.from({ length: 26 }, (_, i) => `console.log(${i});`).join("\n")],
      "cell 2: cell-length: 26 lines, at most 25",
    ],
    [
      "a second parameters cell",
      [parameters],
      'cell 2: parameters: only one cell may be tagged "parameters"; cell 1 is',
    ],
  ];
  it.each(cases)("%s", async (_, cells, expected) => {
    const found = await lines(cells);
    expect(found.filter((line) => line.includes(expected))).toHaveLength(1);
    expect(found.filter((line) => !line.includes(expected) && !line.includes(": types: "))).toEqual([]);
  });

  it("does not take a local name for an earlier cell's", async () => {
    expect(await lines(["const a = 1; void a;", "const f = (a: number) => ({ a }); f(2);"])).toEqual([]);
  });

  it("first cells: title, question, parameters", async () => {
    const path = folder.write("bare.ipynb", [
      "const a = 1;",
      { code: "const SEED = 1;", tags: ["parameters"] },
    ]);
    expect((await lintNotebook(path, { library })).map(({ rule, cellNumber }) => [rule, cellNumber])).toEqual(
      [
        ["title", undefined],
        ["question", undefined],
        ["parameters", 1],
      ],
    );
    const without = folder.write("without.ipynb", [title, "1;"]);
    expect(await lintNotebook(without, { library })).toMatchObject(
      [{ rule: "parameters", message: /no cell is tagged/ }].map((one) => ({
        ...one,
        message: expect.stringMatching(one.message),
      })),
    );
  });

  it("what is saved: errors, paths of a machine, 1 MB", async () => {
    const found = await lines(["1;", { code: "2;", tags: ["raises-exception"] }, "3;"], (notebook) => {
      const error = { output_type: "error" as const, ename: "TypeError", evalue: "bad", traceback: [] };
      outputOf(notebook, 2).outputs = [error];
      outputOf(notebook, 3).outputs = [error];
      const text = `saved /home/me/out.svg ${"x".repeat(1_000_000)}`;
      outputOf(notebook, 4).outputs = [{ output_type: "stream", name: "stdout", text }];
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^a\.ipynb: size: the file has 100\d{4} bytes, at most 999999; most of it, \d+, is below cell 4$/,
      ),
      "a.ipynb: cell 2: error-output: was saved with TypeError: bad",
      "a.ipynb: cell 4: absolute-path: its output shows /home/me/out.svg",
    ]);
  });
});

describe("a lesson", () => {
  const lesson = async (cells: readonly CellText[], size = 0): Promise<string[]> => {
    const notebook = makeNotebook([title, parameters, ...cells]);
    if (size > 0)
      outputOf(notebook, 1).outputs = [{ output_type: "stream", name: "stdout", text: "x".repeat(size) }];
    const path = folder.file("lesson.ipynb");
    writeFileSync(path, JSON.stringify(notebook));
    const own = await lintNotebook(path, { library });
    expect(own.map(({ rule }) => rule).filter((rule) => rule.startsWith("lesson"))).toEqual([]);
    const problems = await lintNotebook(path, { library, lessons: true, ignore: ["lesson-exercise"] });
    return problems.filter(({ rule }) => rule !== "types").map((problem) => formatProblem("a", problem));
  };
  const linesOf = (count: number, line: string): string =>
    Array.from({ length: count }, () => line).join("\n");

  it.each<[string, string, readonly string[]]>([
    ["12 lines", linesOf(12, "console.log(1);"), []],
    [
      "13 lines",
      linesOf(13, "console.log(1);"),
      ["a: cell 2: lesson-cell: 13 lines, at most 12, unless it is data alone: divide it, prose between"],
    ],
    ["24 lines of data", `const rows: [string, number][] = [\n${linesOf(22, '["a", -1],')}\n];`, []],
    [
      "24 lines of data that is computed",
      `const rows = [\n${linesOf(22, '["a", SEED],')}\n];`,
      [expect.stringContaining("24 lines, at most 12") as string],
    ],
    ["a line of 140", `const s = "${"é".repeat(127)}";`, []],
    [
      "a line of 141",
      `1;\nconst s = "${"é".repeat(128)}";`,
      ["a: cell 2, line 2: lesson-cell: 141 characters in a line, at most 140 characters"],
    ],
    ["a figure in 3 lines", 'await lab.figure("a", {\n  rows: [],\n});', []],
    [
      "a figure in 4 lines",
      '1;\nawait lab.figure("a", {\n  rows: [],\n  caption: "b",\n});',
      ["a: cell 2, line 2: lesson-figure: a figure in 4 lines, at most 3"],
    ],
    [
      "a record by hand",
      "await saveFigure(figures.trainingCurve(figureRecord({})));",
      [
        "a: cell 2, line 1: lesson-figure: saveFigure: lab.figure writes the record and saves",
        "a: cell 2, line 1: lesson-figure: figureRecord: lab.figure writes the record and saves",
      ],
    ],
  ])("%s", async (_, code, expected) => {
    expect(await lesson([code])).toEqual(expected);
  });

  it("has at most 300 kB", async () => {
    expect(await lesson(["1;"], 299_000)).toEqual([]);
    expect(await lesson(["1;"], 300_001)).toEqual([
      expect.stringMatching(
        /^a: lesson-size: the file has 300\d{3} bytes, at most 300000; most of it, 300\d{3}, is below cell 1$/,
      ),
    ]);
  });
});

describe("lint itself", () => {
  it("leaves rules out by name and refuses unknown names", async () => {
    const path = folder.write("random.ipynb", [title, parameters, "console.log(Math.random());"]);
    expect(await lintNotebook(path, { library, ignore: ["random-and-clock"] })).toEqual([]);
    await expect(lintNotebook(path, { ignore: ["luck" as "size"] })).rejects.toThrow(
      /ignore must be one of "counts", .* got "luck"/,
    );
  });

  it("does not judge the types of a JavaScript notebook, but its promises and shorthand", async () => {
    const cells = ["const a = 1; a.b.c;", "const o = { a }; (async () => 1)();"];
    const found = await lint(cells, (notebook) => void (notebook.metadata.kernelspec = { name: "jslab" }));
    expect(found.map(({ rule }) => rule)).toEqual(["shorthand", "floating-promise"]);
  });

  it("is as strict as this package itself", () => {
    const text = readFileSync("tsconfig.json", "utf8");
    const own = (JSON.parse(text) as { compilerOptions: Record<string, unknown> }).compilerOptions;
    for (const [name, value] of Object.entries(STRICT_OPTIONS))
      expect([name, own[name]]).toEqual([name, value]);
  });
});
