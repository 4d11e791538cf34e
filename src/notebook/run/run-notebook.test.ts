import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeCells, printed, TestFolder } from "../fixtures/notebooks.js";
import { commandLines } from "../fixtures/processes.js";
import type { CellText } from "../fixtures/notebooks.js";
import type { CellEvent } from "./notebook-options.js";
import { parseNotebook } from "../../formats/index.js";
import type { CodeCell, Notebook } from "../../formats/index.js";
import type { NotebookResult } from "./notebook-result.js";
import { runNotebook } from "./run-notebook.js";

const sleepSeconds = String(40_000 + performance.now());

const passing: Record<string, CellText> = {
  title: { md: "# Everything that must work" },
  parameters: {
    code: 'const N: number = 3; // how many\nconst PROFILE: "fast" | "full" = "fast";',
    tags: ["parameters"],
  },
  shown:
    "[N, PROFILE, process.env.PAL_LAB_PROFILE, process.env.NOTEBOOK_TEST, process.cwd().split('/').pop()].join(' ')",
  empty: "   ",
  heading: { md: "## Text\n\n```\n# not a heading\n```" },
  first: "const twice = 1; twice",
  again: "const twice = 'two'; twice",
  await: "const value = await new Promise<number>((r) => setTimeout(() => r(7), 10)); value",
  display:
    "import * as tslab from 'tslab';\ntslab.display.html('<b>bold</b>\\n<i>x</i>');\ntslab.display.svg('<svg></svg>');",
  update: "const shown = tslab.newDisplay(); shown.text('old'); void 0",
  updated: "shown.text('new'); console.log('a'); console.error('b'); console.error('c'); void 0",
  raises: { code: "throw new RangeError('expected')", tags: ["raises-exception"] },
  afterRaises: "console.log('runs')",
  rejects: { code: "void Promise.reject(new Error('expected too'))", tags: ["raises-exception"] },
  late: "setTimeout(() => console.log('soon'), 100); console.log('now')",
  later: "setTimeout(() => { console.log('much later'); tslab.display.html('late'); }, 350); void 0",
  meanwhile: "await new Promise((r) => setTimeout(r, 400)); console.log('meanwhile')",
  large: "for (let i = 0; i < 50_000; i++) console.log('x'.repeat(99)); console.log('end')",
  largeDisplay: "tslab.display.html('y'.repeat(5_000_001))",
  unicode: "console.log('Ωκεανός 🐟 漢字 \\u2028')",
  child: `import { spawn } from 'child_process'; void spawn('sleep', ['${sleepSeconds}'])`,
  last: "setTimeout(() => console.log('at the end'), 300); void 0",
};

describe("a notebook in which everything works", () => {
  const names = Object.keys(passing);
  const events: CellEvent[] = [];
  let folder: TestFolder;
  let result: NotebookResult;
  let saved: Notebook;
  const cell = (name: string): CodeCell => {
    const index = names.indexOf(name) + (names.indexOf(name) > 1 ? 1 : 0);
    return saved.cells[index] as CodeCell;
  };

  beforeAll(async () => {
    folder = new TestFolder();
    const path = folder.write("passing.ipynb", Object.values(passing));
    const output = folder.file("out/passing.ipynb");
    const options = { parameters: { N: 5 }, profile: "full", env: { NOTEBOOK_TEST: "env" } } as const;
    result = await runNotebook(path, { ...options, output, onCell: (event) => void events.push(event) });
    saved = parseNotebook(output, readFileSync(output, "utf8"));
  });
  afterAll(() => folder.remove());

  it("is ok, and every cell has run", () => {
    expect(result).toMatchObject({ status: "ok", cells: { total: 20, done: 20 } });
    expect(result.error).toBeUndefined();
  });

  it("counts its cells from 1, and leaves the empty one alone", () => {
    const counts = codeCells(saved).map((one) => one.execution_count);
    expect(counts.filter((count) => count !== null)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(cell("empty").execution_count).toBeNull();
  });

  it("has the parameters in a cell behind their own, and sees them, the environment and its folder", () => {
    expect(saved.cells[2]).toMatchObject({
      id: "injected-parameters",
      metadata: { tags: ["injected-parameters"] },
      source: [
        "// Injected parameters\n",
        'const PROFILE: "fast" | "full" = "full";\n',
        "const N: number = 5;",
      ],
    });
    expect(printed(cell("shown"))).toBe(`5 full full env ${folder.path.split("/").pop()}\n`);
  });

  it("may declare a name again and await at top level", () => {
    expect([printed(cell("first")), printed(cell("again")), printed(cell("await"))]).toEqual([
      ..."1\n,two\n,7\n".split(/,/),
    ]);
  });

  it("keeps what was displayed, as Jupyter saves it, and updates it", () => {
    expect(cell("display").outputs).toEqual([
      { output_type: "display_data", data: { "text/html": ["<b>bold</b>\n", "<i>x</i>"] }, metadata: {} },
      { output_type: "display_data", data: { "image/svg+xml": ["<svg></svg>"] }, metadata: {} },
    ]);
    expect(cell("update").outputs).toMatchObject([{ data: { "text/plain": ["new"] } }]);
    expect(cell("updated").outputs).toEqual([
      { output_type: "stream", name: "stdout", text: ["a\n"] },
      { output_type: "stream", name: "stderr", text: ["b\n", "c\n"] },
    ]);
  });

  it("goes on after cells that raise as they are expected to", () => {
    expect(cell("raises").outputs).toMatchObject([
      { output_type: "error", ename: "RangeError", evalue: "expected" },
    ]);
    expect(printed(cell("afterRaises"))).toBe("runs\n");
    expect(cell("rejects").outputs).toMatchObject([{ ename: "Error", evalue: "expected too" }]);
  });

  it("keeps late output under the cell that made it, and marks what comes after the wait", () => {
    expect(printed(cell("late"))).toMatch(/^now\nsoon\n$/);
    expect(printed(cell("later"))).toBe("[late output]\nmuch later\n");
    expect(cell("later").outputs.at(-1)).toMatchObject({
      data: { "text/html": ["late"] },
      metadata: { late: true },
    });
    expect(printed(cell("meanwhile"))).toBe("meanwhile\n");
    expect(printed(cell("last"))).toBe("at the end\n");
  });

  it("cuts 5 MB of output to 1 MB and says how much is missing", () => {
    // 50,000 lines of 100 characters and "end\n", of which 1,000,000 characters are kept.
    expect(cell("large").outputs).toHaveLength(2);
    const text = printed(cell("large"));
    expect(text.length).toBeLessThan(1_000_100);
    expect(text.slice(999_990)).toBe("xxxxxxxxx\n[output truncated: 4000004 more characters were printed]\n");
    expect(cell("largeDisplay").outputs).toMatchObject([
      {
        data: {
          "text/plain": [expect.stringMatching(/truncated: a display of 500\d{4} characters \(text\/html\)/)],
        },
      },
    ]);
  });

  it("keeps text of every script", () => {
    expect(printed(cell("unicode"))).toBe("Ωκεανός 🐟 漢字 \u2028\n");
  });

  it("says when and how long each cell ran", () => {
    expect(cell("await").metadata.execution).toMatchObject({
      "iopub.execute_input": expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      seconds: expect.any(Number),
    });
  });

  it("tells of each cell at its start and end, with the heading above it", () => {
    expect(events).toHaveLength(40);
    expect(events[1]).toMatchObject({
      phase: "end",
      cellNumber: 1,
      heading: "Everything that must work",
      isOk: true,
    });
    expect(events[6]).toMatchObject({ phase: "start", cellNumber: 4, cellCount: 20, heading: "Text" });
  });

  it("leaves no process and no folder behind", () => {
    expect(folder.leftovers()).toEqual([]);
    expect(commandLines().join("\n")).not.toContain(`sleep ${sleepSeconds}`);
  });
});
