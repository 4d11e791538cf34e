import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createReporter } from "./console-reporter.js";
import { codeCells, printed, TestFolder } from "../fixtures/notebooks.js";
import type { CellText } from "../fixtures/notebooks.js";
import { formatFailure } from "./format-failure.js";
import { parseNotebook } from "../../formats/index.js";
import type { ErrorOutput, Notebook } from "../../formats/index.js";
import { exitCodeOf } from "./notebook-result.js";
import type { NotebookResult } from "./notebook-result.js";
import { runNotebooks } from "./run-notebooks.js";
import type { NotebooksResult } from "./run-notebooks.js";

interface Failing {
  readonly code: CellText;
  readonly then?: string;
  readonly exitCode?: number;
  readonly ename: string;
  readonly evalue: RegExp;
}

/** Each is the second cell of a notebook, under a heading; the cell must get the blame. */
const failing: Record<string, Failing> = {
  thrown: {
    code: "console.log('before');\nthrow new TypeError('thrown here')",
    ename: "TypeError",
    evalue: /^thrown here$/,
  },
  value: { code: "throw { reason: 42 }", ename: "Error", evalue: /thrown: \{ reason: 42 \}/ },
  type: {
    code: "const a = 1;\nconst b: number = 'text';",
    ename: "TypeScriptError",
    evalue: /^2:7 - Type 'string'/,
  },
  awaited: {
    code: "await Promise.reject(new RangeError('awaited'))",
    ename: "RangeError",
    evalue: /^awaited$/,
  },
  unawaited: { code: "void Promise.reject(new Error('unawaited'))", ename: "Error", evalue: /^unawaited$/ },
  timer: { code: "setTimeout(() => { throw new Error('soon') }, 50)", ename: "Error", evalue: /^soon$/ },
  lateTimer: {
    // thrown once the next cell runs, however busy the machine
    code: `const timer = setInterval(() => {
  if (!("isNext" in globalThis)) return;
  clearInterval(timer);
  throw new Error("late");
}, 10);`,
    then: "Object.assign(globalThis, { isNext: true });\nawait new Promise((r) => setTimeout(r, 60_000))",
    ...{ ename: "Error", evalue: /^late$/ },
  },
  endless: {
    code: "console.log('before'); for (;;) {}",
    ...{ exitCode: 124, ename: "TimeoutError", evalue: /the cell ran longer than its limit of \d[\d.]* s$/ },
  },
  endlessAfterAwait: {
    code: "async function f() { await 0; for (;;) {} }\nawait f()",
    ...{ exitCode: 124, ename: "TimeoutError", evalue: /the cell ran longer/ },
  },
  endlessPrinting: {
    code: "for (let i = 0; ; i++) console.log(i)",
    ...{ exitCode: 124, ename: "TimeoutError", evalue: /the cell ran longer/ },
  },
  exit: {
    code: "console.log('before'); process.exit(3)",
    ...{ exitCode: 138, ename: "KernelDiedError", evalue: /exit code 3/ },
  },
  nothing: {
    code: { code: "1 + 1", tags: ["raises-exception"] },
    ename: "NothingRaised",
    evalue: /raised nothing/,
  },
  missing: {
    code: "import { x } from 'no-such-package'; x",
    ...{ ename: "TypeScriptError", evalue: /Cannot find module 'no-such-package'/ },
  },
};

describe("notebooks that fail, in every way", () => {
  const names = Object.keys(failing);
  const endless = names.filter((name) => failing[name]?.exitCode === 124);
  const log: string[] = [];
  let folder: TestFolder;
  const runs: NotebooksResult[] = [];
  const resultOf = (name: string): NotebookResult =>
    runs
      .flatMap(({ results }) => results)
      .find(({ path }) => path === folder.file(`${name}.ipynb`)) as NotebookResult;
  const savedAt = (path: string): Notebook => parseNotebook(path, readFileSync(path, "utf8"));
  const savedOf = (name: string): Notebook => savedAt(resultOf(name).output);

  beforeAll(async () => {
    folder = new TestFolder();
    const write = (name: string): string => {
      const { code, then = "console.log('not reached')" } = failing[name] as Failing;
      // the limit is the endless cell's alone
      const tags = endless.includes(name) ? ["skip-execution"] : [];
      return folder.write(`${name}.ipynb`, [
        { md: "# Title" },
        { code: "const ready = true;", tags },
        { md: "## The place" },
        code,
        then,
      ]);
    };
    const reporter = createReporter({ write: (text) => void log.push(text) });
    const options = { outputFolder: folder.file("out"), jobs: 2, ...reporter };
    const ending = names.filter((name) => !endless.includes(name));
    runs.push(await runNotebooks(ending.map(write), options));
    // a limit that lets it print, however busy the machine
    for (let cellTimeoutMs = 1000; runs.length < 2; cellTimeoutMs *= 3) {
      const run = await runNotebooks(endless.map(write), { ...options, cellTimeoutMs });
      const hasPrinted = printed(codeCells(savedAt(folder.file("out/endless.ipynb")))[1]) !== "";
      if (hasPrinted || cellTimeoutMs > 60_000) runs.push(run);
    }
  });
  afterAll(() => folder.remove());

  it.each(names)("%s: has its code, names the cell, and is saved with the error", (name) => {
    const { ename, evalue, exitCode = 1, code } = failing[name] as Failing;
    const result = resultOf(name);
    expect(exitCodeOf([result])).toBe(exitCode);
    expect(result.cells).toEqual({ total: 3, done: name === "lateTimer" ? 2 : 1 });
    expect(result.error?.cell).toEqual({
      ...{ cellIndex: 3, cellNumber: 2, heading: "The place" },
      source: typeof code === "object" && "code" in code ? code.code : code,
    });
    expect(result.error).toMatchObject({ name: ename, message: expect.stringMatching(evalue) });
    const error = codeCells(savedOf(name))[1]?.outputs.at(-1) as ErrorOutput;
    expect(error).toMatchObject({ output_type: "error", ename, evalue: expect.stringMatching(evalue) });
    expect(error.traceback.length).toBeGreaterThan(0);
  });

  it("goes on after failures, with the highest exit code last", () => {
    expect(runs.map(({ results }) => results.length)).toEqual([
      names.length - endless.length,
      endless.length,
    ]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([138, 124]);
  });

  it("keeps what a cell printed before it failed", () => {
    for (const name of ["thrown", "endless", "exit"])
      expect([name, printed(codeCells(savedOf(name))[1])]).toEqual([name, "before\n"]);
  });

  it("prints notebook, cell, heading, numbered source and error", () => {
    expect(formatFailure(resultOf("type"))).toBe(
      [
        `${folder.file("type.ipynb")}: failed in cell 2, under "The place"`,
        "    1 | const a = 1;",
        "  > 2 | const b: number = 'text';",
        "  2:7 - Type 'string' is not assignable to type 'number'.",
        `  saved as ${folder.file("out/type.ipynb")}\n`,
      ].join("\n"),
    );
    expect(formatFailure(resultOf("thrown"))).toMatch(
      /TypeError: thrown here\n\s+at cell \(compiled line \d+\)/,
    );
    expect(formatFailure(resultOf("thrown"))).not.toContain("node_modules/tslab");
  });

  it("reports a line for each cell, a line and the failure for each notebook", () => {
    const text = log.join("");
    expect(text).toMatch(/^thrown {2}cell 1\/3 {2}Title {2}\d+\.\d s$/m);
    expect(text).toMatch(/^thrown {2}cell 2\/3 {2}The place {2}\d+\.\d s {2}FAILED$/m);
    expect(text).toMatch(/^thrown {2}failed {2}1 of 3 cells {2}/m);
    expect(text).toContain(formatFailure(resultOf("exit")));
  });

  it("leaves no process and no folder behind", () => {
    expect(folder.leftovers()).toEqual([]);
  });
});
