import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { joinText, readNotebook, type Notebook } from "../../notebook/index.js";
import { commandLines } from "../../notebook/fixtures/processes.js";
import { packageFolder } from "../fixtures/package-folder.js";
import { runCommand, type Ran } from "../fixtures/run-command.js";

type CellText = { md: string } | { code: string; tags?: string[]; printed?: string };

const folder = packageFolder("pal-lab-notebook-");
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): Promise<Ran> {
  return runCommand(["notebook", ...args]);
}

function write(
  name: string,
  cells: readonly CellText[],
  change: Partial<Record<keyof Notebook, unknown>> = {},
): string {
  const path = join(folder, name);
  const notebook = {
    cells: cells.map((cell, i) => {
      if ("md" in cell) return { cell_type: "markdown", id: `c${i}`, metadata: {}, source: cell.md };
      const { code, tags, printed } = cell;
      const outputs = printed === undefined ? [] : [{ output_type: "stream", name: "stdout", text: printed }];
      const metadata = { ...(tags && { tags }), execution: { seconds: 1 } };
      return { cell_type: "code", id: `c${i}`, metadata, source: code, execution_count: 1, outputs };
    }),
    metadata: { kernelspec: { name: "tslab", language: "typescript" } },
    ...{ nbformat: 4, nbformat_minor: 5, ...change },
  };
  writeFileSync(path, JSON.stringify(notebook));
  return path;
}

const parameters: CellText = {
  code: 'const SEED = 1; // the first\nconst PROFILE: "fast" | "full" = "fast";\nconst RATES = [0.1, 0.2];',
  tags: ["parameters"],
};
const lesson: readonly CellText[] = [
  { md: "# Lesson\n\nWhat is two?" },
  parameters,
  { code: 'const PROFILE: "fast" | "full" = "full";', tags: ["injected-parameters"] },
  { md: "## Exercise" },
  { code: "const two = 2;", tags: ["solution"] },
  { code: "console.log(SEED, PROFILE)", printed: "1 full\n" },
];

test("every subcommand has help of its own, by --help and by -h", async () => {
  for (const name of ["run", "check", "lint", "strip", "diff", "params", "new"]) {
    const help = await run(name, "-h");
    expect(help).toMatchObject({ code: 0, error: "" });
    expect(help.out).toContain(`usage: pal-lab notebook ${name} `);
    expect(await run(name, "--help")).toEqual(help);
  }
  expect((await run("-h")).out).toMatch(/^ {2}lint +\S/m);
});

describe("bad input ends with 2 and says what it is", () => {
  const bad: [string, () => string, RegExp][] = [
    [
      "not a notebook",
      () => (writeFileSync(join(folder, "text.ipynb"), "hello"), join(folder, "text.ipynb")),
      /text\.ipynb: not a notebook: not JSON/,
    ],
    [
      "another kernel's",
      () => write("py.ipynb", [], { metadata: { kernelspec: { name: "python3", language: "python" } } }),
      /another kernel \(kernel "python3", language "python"\)/,
    ],
    [
      "nbformat 3",
      () => write("three.ipynb", [], { nbformat: 3 }),
      /notebook format must be 4, got 3; convert it: jupyter nbconvert/,
    ],
    ["a folder", () => folder, /is a folder, not a notebook/],
    ["a missing file", () => join(folder, "none.ipynb"), /no such notebook/],
  ];
  describe.each(bad)("%s", (_, make, message) => {
    test.each(["run", "check", "lint", "strip", "params", "diff"])("%s", async (name) => {
      const path = make();
      const { code, error, out } = await run(name, path, ...(name === "diff" ? [path] : []));
      expect(error).toMatch(message);
      expect([code, out]).toEqual([2, ""]);
    });
  });

  test("two cells of parameters: run, check and params refuse, lint names the cell", async () => {
    const path = write("twice.ipynb", [{ md: "# T?" }, parameters, parameters]);
    for (const name of ["run", "check", "params"]) {
      const { code, error } = await run(name, path);
      expect(error).toContain('only one cell may be tagged "parameters", but cells 2 and 3 are');
      expect(code).toBe(2);
    }
    expect((await run("lint", path)).out).toContain(
      'cell 2: parameters: only one cell may be tagged "parameters"',
    );
  });

  test("a read-only target", async () => {
    const path = write("read-only.ipynb", lesson);
    const before = readFileSync(path, "utf8");
    chmodSync(path, 0o444);
    for (const name of ["run", "strip"]) {
      const { code, error } = await run(name, path);
      expect(error).toMatch(/cannot save .*read-only\.ipynb: the file is read-only/);
      expect(code).toBe(2);
    }
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test("wrong usage of the subcommands", async () => {
    const path = write("good.ipynb", lesson);
    expect(await run("diff", path)).toMatchObject({
      code: 2,
      error: expect.stringContaining("needs two notebooks, got 1"),
    });
    expect(await run("strip", "--exercises", path)).toMatchObject({
      code: 2,
      error: expect.stringContaining("--exercises needs --out DIR"),
    });
    expect(await run("lint", path, "--ignore", "luck")).toMatchObject({
      code: 2,
      error: expect.stringContaining('got "luck"'),
    });
    expect(await run("check", path, "--tolerance=-1")).toMatchObject({
      code: 2,
      error: expect.stringContaining("tolerance must be a number >= 0, got -1"),
    });
    expect(await run("new", path)).toMatchObject({
      code: 2,
      error: expect.stringContaining("exists already"),
    });
    expect(await run("run", path, "-p", "SEEDS=1")).toMatchObject({
      code: 2,
      error: expect.stringContaining(
        'unknown parameter "SEEDS"; the notebook has "SEED", "PROFILE", "RATES"',
      ),
    });
  });
});

describe("without running", () => {
  test("params lists names, types, defaults and comments", async () => {
    const path = write("params.ipynb", lesson);
    expect((await run("params", path)).out).toBe(
      [
        path,
        "  SEED: number = 1                   the first",
        '  PROFILE: "fast" | "full" = "fast"',
        "  RATES: number[] = [0.1, 0.2]",
        "",
      ].join("\n"),
    );
    const json = JSON.parse((await run("params", path, "--json")).out) as {
      notebooks: { parameters: object[] }[];
    };
    expect(json.notebooks[0]?.parameters[2]).toEqual({
      ...{ name: "RATES", type: "number[]", default: [0.1, 0.2], defaultText: "[0.1, 0.2]", comment: "" },
    });
  });

  test("strip leaves a notebook as before any run; --exercises a learner's copy, elsewhere", async () => {
    const path = write("strip.ipynb", lesson);
    const original = readFileSync(path, "utf8");
    expect((await run("strip", "--exercises", "--out", join(folder, "learner"), path)).code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(original);
    const sources = ({ cells }: Notebook): string[] =>
      cells.map(({ source }) => joinText(source).slice(0, 12));
    const learner = await readNotebook(join(folder, "learner", "strip.ipynb"));
    expect(sources(learner)).toEqual(["# Lesson\n\nWh", "const SEED =", "## Exercise", "console.log("]);
    expect((await run("strip", path)).code).toBe(0);
    const stripped = await readNotebook(path);
    expect(sources(stripped)).toContain("const two = ");
    for (const cell of stripped.cells) expect(cell).not.toHaveProperty("metadata.execution");
    expect(stripped.cells.at(-1)).toMatchObject({ outputs: [], execution_count: null });
    expect(readFileSync(path, "utf8")).not.toContain("injected");
  });

  test("diff ends with 1 and shows the cell, or with 0", async () => {
    const [a, b] = [
      write("a.ipynb", lesson),
      write("b.ipynb", [...lesson.slice(0, -1), { code: "console.log(SEED)", printed: "1\n" }]),
    ];
    const { code, out } = await run("diff", a, b);
    expect(code).toBe(1);
    expect(out).toContain('changed: cell 6 (code, under "Exercise")\n--- source before\n+++ source after\n');
    expect(out).toContain("-1 full\n+1\n");
    expect(await run("diff", a, a)).toMatchObject({ code: 0, out: "", error: "no difference\n" });
    expect(JSON.parse((await run("diff", a, b, "--json")).out)).toMatchObject({
      changes: [{ kind: "changed", cell: 6 }],
    });
  });

  test("lint prints problems with cell and line, as JSON on demand, and goes on after a file it cannot read", async () => {
    const path = write("lint.ipynb", [...lesson.slice(0, 2), { code: "1;\nconst a: string = SEED;" }]);
    const { code, out, error } = await run("lint", path, "--ignore", "counts");
    expect(out).toBe(
      `${path}: cell 2, line 2: types: Type 'number' is not assignable to type 'string'. (TS2322)\n`,
    );
    expect([code, error]).toEqual([1, "1 notebooks, 1 problems\n"]);
    const both = await run("lint", join(folder, "none.ipynb"), path, "--json");
    expect(both.code).toBe(2);
    expect(JSON.parse(both.out)).toMatchObject({
      notebooks: [{ path, problems: [{ rule: "counts" }, { rule: "types", line: 2 }] }],
    });
  });
});

describe("a new notebook", () => {
  test("passes lint, runs, and then checks; a changed output is found and the file is left alone", async () => {
    const { code, out } = await run("new", folder, "--title", "Who likes what?");
    const path = join(folder, "who-likes-what.ipynb");
    expect([code, out]).toEqual([0, `${path}\n`]);
    expect(await run("lint", path)).toMatchObject({ code: 0, out: "" });
    expect((await run("run", path, "-p", "K=2", "--json")).code).toBe(0);
    const saved = readFileSync(path, "utf8");
    expect(saved).toContain("const K: number = 2;");
    const wrong = join(folder, "wrong.ipynb");
    writeFileSync(wrong, saved.replace(/held-out comparisons: 0\.(\d)/, "held-out comparisons: 0.0$1"));
    const both = await run("check", path, wrong, "--jobs", "2");
    expect(both.code).toBe(1);
    expect(both.out).toContain(`${path}: as committed (5 cells compared)\n`);
    expect(both.out).toMatch(
      /wrong\.ipynb: cell 6, under "Result"\n--- committed\n\+\+\+ executed\n@@ -1,1 \+1,1 @@\n-.* 0\.0\d+\n\+.* 0\.\d+\n/,
    );
    expect(readFileSync(path, "utf8")).toBe(saved);
  });

  test("says so where pal-lab cannot be found, and overwrites nothing", async () => {
    const elsewhere = folderWithoutPalLab();
    const path = join(elsewhere, "mine.ipynb");
    expect((await run("new", path)).error).toContain("imports pal-lab, which cannot be found from");
    expect(await run("new", path)).toMatchObject({
      code: 2,
      error: expect.stringContaining("exists already"),
    });
    rmSync(elsewhere, { recursive: true });
  });
});

/** A new folder from which pal-lab cannot be found, whatever lies in the temporary one. */
function folderWithoutPalLab(): string {
  for (const parent of [tmpdir(), homedir(), "/var/tmp"]) {
    try {
      createRequire(join(parent, "any.js")).resolve("pal-lab/package.json");
    } catch {
      return mkdtempSync(join(parent, "pal-lab-elsewhere-"));
    }
  }
  throw new Error("pal-lab is installed above every folder that this test may write to");
}

test("Ctrl-C: code 130, the notebook saved as far as it went, and its processes gone", async () => {
  const seconds = String(50_000 + performance.now());
  const marker = join(folder, "started");
  const path = write("interrupted.ipynb", [
    { code: "console.log('done')" },
    {
      code: `import { spawn } from "child_process"; import fs from "fs";\nspawn("sleep", ["${seconds}"]); fs.writeFileSync("started", ""); for (;;) {}`,
    },
  ]);
  const child = spawn(process.execPath, ["bin/pal-lab.js", "notebook", "run", path], { stdio: "ignore" });
  while (!existsSync(marker)) await sleep(20);
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([130, null]);
  const [first, second] = (await readNotebook(path)).cells;
  expect(first).toMatchObject({ outputs: [{ text: ["done\n"] }] });
  expect(second).toMatchObject({ outputs: [{ output_type: "error", ename: "InterruptedError" }] });
  expect(commandLines().join("\n")).not.toContain(`sleep ${seconds}`);
});

test("a text parameter without its quotes is told how it is written", async () => {
  const path = write("strings.ipynb", [{ code: 'const ID: string = "1";', tags: ["parameters"] }]);
  const { code, error } = await run("run", path, "-p", "ID=007", "--out", join(folder, "out"));
  expect(code).toBe(2);
  expect(error).toContain(`a text is written with its quotes: -p ID='"007"'`);
});

test("strip in place keeps numbers, key orders and line ends as they are", async () => {
  const path = join(folder, "numbers.ipynb");
  const given =
    '{"nbformat": 4,\r\n "nbformat_minor": 5, "metadata": {"share": 1.0, "id": 9007199254740993, "eps": 1e-08},\r\n' +
    ' "cells": [{"source": "1", "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 3}]}';
  writeFileSync(path, given);
  expect((await run("strip", path)).code).toBe(0);
  expect(readFileSync(path, "utf8")).toBe(given.replace('"execution_count": 3', '"execution_count": null'));
});
