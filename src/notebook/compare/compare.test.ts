import { describe, expect, it } from "vitest";
import { makeNotebook } from "../fixtures/notebooks.js";
import type { CellText } from "../fixtures/notebooks.js";
import type { CellOutput, CodeCell, Notebook } from "../../formats/index.js";
import { compareOutputs } from "./compare-cells.js";
import { diffNotebooks } from "./diff-notebooks.js";
import { outputLines } from "./output-lines.js";
import { sameLine } from "./same-line.js";

const print = (text: string): CellOutput => ({ output_type: "stream", name: "stdout", text });
const display = (data: Record<string, unknown>): CellOutput => ({
  output_type: "display_data",
  data,
  metadata: {},
});

function withOutputs(
  outputs: readonly CellOutput[][],
  cells: CellText[] = outputs.map((_, i) => `f(${i});`),
): Notebook {
  const notebook = makeNotebook(cells);
  outputs.forEach((list, i) => ((notebook.cells[i] as CodeCell).outputs = list));
  return notebook;
}

function differences(before: CellOutput[], after: CellOutput[], tolerance = 1e-6): string[] {
  return compareOutputs(withOutputs([before]), withOutputs([after]), tolerance).differences.map(
    ({ diff }) => diff,
  );
}

describe("two lines say the same", () => {
  const same: [string, string, string][] = [
    ["a duration", "trained in 1.2 s", "trained in 14.7 s"],
    ["a long duration", "(3 min 05 s left)", "(1 h 20 min left)"],
    ["a date and time", "at 2024-01-02T03:04:05.678Z", "at 2026-11-22 13:40:38"],
    ["a path", 'saved "/home/me/out/a.svg"', 'saved "/Users/you/project/out/a.svg"'],
    ["a file address", "at file:///tmp/a/b.js", "at file:///opt/c/d/e.js"],
    ["an identity", "run 8c4f3c2e-1111-4222-8333-444455556666", "run 00000000-1111-4222-8333-444455556666"],
    ["an id of html", '<div id="plot-1">', '<div id="plot-2">'],
    ["a port", "http://localhost:8888/x", "http://localhost:9999/x"],
    ["a process", "(node:123) Warning", "(node:4567) Warning"],
    ["a number within tolerance", "loss 0.50000001 after 12", "loss 0.5 after 12"],
    ["the width of a table", "║ 0.5   │ 1 ║ ═════", "║ 0.5 │ 1 ║ ═══"],
    ["a number written otherwise", "1e-3 and -2.50", "0.001 and -2.5"],
  ];
  it.each(same)("%s", (_, before, after) => expect(sameLine(1e-6)(before, after)).toBe(true));

  const other: [string, string, string][] = [
    ["a number", "accuracy 0.912", "accuracy 0.913"],
    ["a sign", "slope -0.5", "slope 0.5"],
    ["a count", "15 trainings", "16 trainings"],
    ["a word", "engine wasm-simd", "engine wasm"],
    ["one number more", "1 2", "1 2 3"],
    ["a unit", "distance 3 km", "distance 3 mi"],
    ["a version", "pal 1.2.3", "pal 1.2.4"],
    ["NaN", "loss NaN", "loss 0.1"],
  ];
  it.each(other)("but not: %s", (_, before, after) => expect(sameLine(1e-6)(before, after)).toBe(false));

  // |2.0 - 2.1| / 2.1 = 0.0476
  it("within the tolerance that is asked for, relative to the larger", () => {
    expect(sameLine(0.048)("2.0", "2.1")).toBe(true);
    expect(sameLine(0.047)("2.0", "2.1")).toBe(false);
    expect(sameLine(0)("0.1", "0.10")).toBe(true);
  });
});

describe("outputs of two runs", () => {
  it("are equal however the printed text was cut and mixed with displays", () => {
    const png = { "image/png": "AAAA", "text/plain": "two lines cross" };
    const before = [print("a\nb\n"), display(png), print("c\n")];
    const after = [print("a\n"), print("b\nc\n"), display({ ...png, "image/png": "BBBB" })];
    expect(differences(before, after)).toEqual([]);
  });

  it("differ where a picture is gone, or says something else", () => {
    const before = [display({ "image/png": "AAAA", "text/plain": "two lines cross" })];
    expect(differences(before, [])[0]).toContain("-[display: image/png, text/plain]");
    const after = [display({ "image/png": "AAAA", "text/plain": "two lines part" })];
    expect(differences(before, after)[0]).toContain("-two lines cross\n+two lines part");
  });

  it("compare a figure by its specification: order and last digits do not matter, values do", () => {
    const type = "application/vnd.plotly.v1+json";
    const figure = (y: number, layout: object): CellOutput[] => [
      display({
        [type]: { data: [{ y: [1, y] }], layout },
        "text/html": `<script>draw(${y})</script>`,
        "image/png": "A",
      }),
    ];
    expect(differences(figure(0.3, { a: 1, b: 2 }), figure(0.1 + 0.2, { b: 2, a: 1 }))).toEqual([]);
    const [diff] = differences(figure(0.3, {}), figure(0.4, {}));
    expect(diff).toContain("-    0.3\n+    0.4");
    expect(diff).not.toContain("<script>");
  });

  it("compare a specification within html by value, and svg within html not at all", () => {
    const page = (spec: string, svg: string): CellOutput[] => [
      display({
        "text/html": [`<p>x</p><svg>${svg}</svg>`, `<script type="application/json">${spec}</script>`],
      }),
    ];
    expect(differences(page('{"a":1,"b":[2]}', "one"), page('{ "b": [2.0], "a": 1 }', "two"))).toEqual([]);
    expect(differences(page('{"a":1}', ""), page('{"a":2}', ""))[0]).toContain('- "a": 1\n+ "a": 2');
  });

  it("give a unified diff of a cell that differs, with its number and heading; equal lines as they were", () => {
    const cells: CellText[] = [{ md: "# T" }, "f();", { md: "## Result" }, "g();"];
    const old = makeNotebook(cells);
    (old.cells[3] as CodeCell).outputs = [print("took 1 s\na\nb\n")];
    const now = makeNotebook(cells);
    (now.cells[3] as CodeCell).outputs = [print("took 9 s\na\nc\n")];
    expect(compareOutputs(old, now, 0)).toEqual({
      compared: 2,
      ignored: 0,
      differences: [
        {
          ...{ cellNumber: 2, heading: "Result" },
          diff: "--- committed\n+++ executed\n@@ -1,3 +1,3 @@\n took 1 s\n a\n-b\n+c\n",
        },
      ],
    });
  });

  it("leave out cells tagged nb-ignore-output, and injected parameters", () => {
    const cells: CellText[] = [
      { code: "a();", tags: ["nb-ignore-output"] },
      { code: "const A = 1;", tags: ["injected-parameters"] },
      "b();",
    ];
    const [old, now] = [
      withOutputs([[print("1")], [], [print("2")]], cells),
      withOutputs([[print("9")], [], [print("2")]], cells),
    ];
    expect(compareOutputs(old, now, 0)).toEqual({ compared: 1, ignored: 1, differences: [] });
  });

  it("see errors, and what went to stderr", () => {
    const error: CellOutput = {
      output_type: "error",
      ename: "TypeError",
      evalue: "bad",
      traceback: ["long"],
    };
    expect(outputLines([print("a\n"), { output_type: "stream", name: "stderr", text: "b" }, error])).toEqual([
      ...["a", "[stderr]", "b", "[error]", "TypeError: bad"],
    ]);
  });

  it("show the beginnings when next to nothing is alike", () => {
    const many = (word: string): CellOutput[] => [
      print(Array.from({ length: 5000 }, (_, i) => `${word} ${word}${i}`).join("\n")),
    ];
    const [diff] = differences(many("a"), many("b"));
    expect(diff).toMatch(/^--- committed\n\+\+\+ executed\n-a a0\n-a a1\n/);
    expect(diff).toContain("-… (4980 more lines)\n+b b0\n");
  });
});

describe("two notebooks", () => {
  const cells: CellText[] = [{ md: "# T" }, "const a = 1;", { md: "## Next" }, "a;", { md: "last" }];

  it("are alike when only counts, ids, times and other metadata differ", () => {
    const other = makeNotebook(cells);
    other.metadata = {};
    other.cells.forEach((cell, i) => {
      Object.assign(cell, { id: `other${i}`, metadata: { execution: { seconds: i } } });
      if (cell.cell_type === "code") cell.execution_count = 7;
    });
    expect(diffNotebooks(makeNotebook(cells), other)).toEqual([]);
  });

  it("show what was changed, added and removed, each with its place", () => {
    const other = makeNotebook([
      { md: "# T" },
      { code: "const a = 2;", tags: ["parameters"] },
      { md: "## Next" },
      "a;",
      "new;",
    ] as CellText[]);
    const changes = diffNotebooks(makeNotebook(cells), other);
    expect(changes.map(({ kind, cell, cellType, heading }) => [kind, cell, cellType, heading])).toEqual([
      ["changed", 2, "code", "T"],
      ["added", 5, "code", "Next"],
      ["removed", 5, "markdown", "Next"],
    ]);
    expect(changes[0]?.diffs).toEqual([
      "--- tags before\n+++ tags after\n@@ -0,0 +1,1 @@\n+parameters\n",
      "--- source before\n+++ source after\n@@ -1,1 +1,1 @@\n-const a = 1;\n+const a = 2;\n",
    ]);
  });

  it("compare outputs to the last digit, or within a tolerance", () => {
    const [a, b] = [withOutputs([[print("0.100")]]), withOutputs([[print("0.101")]])];
    expect(diffNotebooks(a, b)[0]?.diffs).toEqual([
      "--- output before\n+++ output after\n@@ -1,1 +1,1 @@\n-0.100\n+0.101\n",
    ]);
    expect(diffNotebooks(a, b, 0.02)).toEqual([]);
  });
});

describe("line ends", () => {
  it("that differ alone are said", () => {
    const [unix, windows] = ["a\nb\n", "a\r\nb\r\n"].map((text) => withOutputs([[print(text)]]));
    expect(diffNotebooks(unix, windows)[0]?.diffs).toEqual([
      "output: line ends differ: \\n before, \\r\\n (Windows) after",
    ]);
    const sources = ["f();\ng();", "f();\r\ng();"].map((code) => withOutputs([[]], [code]));
    expect(diffNotebooks(sources[1], sources[0])[0]?.diffs.join()).toContain(
      "source: line ends differ: \\r\\n",
    );
    expect(diffNotebooks(windows, windows)).toEqual([]);
  });

  it("do not hide what else differs", () => {
    const [unix, windows] = ["a\nb\n", "a\r\nc\r\n"].map((text) => withOutputs([[print(text)]]));
    expect(diffNotebooks(unix, windows)[0]?.diffs.join()).toContain("+c");
  });
});
