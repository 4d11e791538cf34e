import { describe, expect, test } from "vitest";
import { stableJson } from "../core/index.js";
import { headingAbove, notebookText, parseNotebook, stripAnsi, type Cell, type Notebook } from "./index.js";

const cell = (source: string | readonly string[], type: "markdown" | "code" = "markdown"): Cell =>
  type === "markdown"
    ? { cell_type: type, source, metadata: {} }
    : { cell_type: type, source, metadata: {}, execution_count: null, outputs: [] };
const notebook = (...cells: Cell[]): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

describe("the heading above a cell", () => {
  // what CommonMark makes of each line
  test.each([
    ["# Title", "Title"],
    ["#  Title \t", "Title"],
    ["   ## Title", "Title"],
    ["###### Title ## \t", "Title"],
    ["####### seven", undefined],
    ["#Title", undefined],
    ["    # code", undefined],
    ["text # Title", undefined],
    ["text", undefined],
    ["# One\n## Two\n### Three", "Three"],
    ["~~~\n# code\n~~~", undefined],
    ["# One\n```\n# code\n```\n", "One"],
    ['```\nconst fence = "```";\n# code\n```', undefined],
    ["text ```\n# Title\n```", "Title"],
  ])("of %j is %j", (source, expected) => {
    expect(headingAbove(notebook(cell(source), cell("1", "code")), 1)).toBe(expected);
  });

  test("is the nearest one that says something, in the first cell too", () => {
    const cells = notebook(cell("# First"), cell("no heading"), cell("# "), cell("# code", "code"));
    expect([0, 1, 2, 3, 4].map((index) => headingAbove(cells, index))).toEqual([
      undefined,
      ...["First", "First", "First", "First"],
    ]);
    expect(headingAbove(cells, 9)).toBe("First");
  });
});

test("terminal codes are taken out, those with intermediate bytes too", () => {
  // ECMA-48: CSI, parameters 0-9:;<=>?, intermediates space to /, a final byte @ to ~
  expect(stripAnsi("a\u001b[1;31mb\u001b[?25lc\u001b[2 qd\u001b[Ke")).toBe("abcde");
});

describe("a notebook's cells", () => {
  const parse = (cells: readonly unknown[], rest: object = {}): Notebook =>
    parseNotebook("a.ipynb", JSON.stringify({ nbformat: 4, cells, ...rest }));

  test.each([
    [null, "is not an object"],
    [[], "is not an object"],
    [3, "is not an object"],
    ["code", "is not an object"],
    [{ cell_type: "code", source: 3 }, "has no source text"],
    [{ cell_type: "code", source: {} }, "has no source text"],
    [{ cell_type: "code", source: ["a\n", 3] }, "has no source text"],
    [{ cell_type: "markdown" }, "has no source text"],
    [{ cell_type: "heading", source: "a" }, 'has the type "heading"'],
    [{ cell_type: "", source: "a" }, 'has the type ""'],
  ])("%j is none", (wrong, problem) => {
    expect(() => parse([{ cell_type: "raw", source: "" }, wrong])).toThrow(
      `a.ipynb: not a notebook: cell 2 ${problem}`,
    );
  });

  test.each([
    [null, "output 1 that is null, not an object"],
    [{ output_type: "display_data", metadata: {} }, 'output 1 that has no "data"'],
    [{ output_type: "stream", name: "stdout" }, 'output 1 that has no "text"'],
    [{ output_type: "error" }, 'output 1 that has no "ename" and "evalue"'],
    [{ output_type: "picture" }, 'output 1 that has the type "picture"'],
  ])("the output %j is an error that names its cell", (output, problem) => {
    expect(() => parse([{ cell_type: "code", source: "", outputs: [output] }])).toThrow(
      `a.ipynb: not a notebook: cell 1 has an ${problem}`,
    );
  });

  test("a merge conflict is named with its line; a byte order mark is no fault", () => {
    const text = '{"nbformat": 4,\n<<<<<<< HEAD\n"cells": []}\n=======\n"cells": [ ]}\n>>>>>>> other\n';
    expect(() => parseNotebook("a.ipynb", text)).toThrow(
      "a.ipynb:2: merge conflict at line 2: keep one side",
    );
    expect(parseNotebook("a.ipynb", '\uFEFF{"nbformat":4,"cells":[]}').cells).toEqual([]);
  });

  test("of each kind are taken as they are, what is missing empty", () => {
    const given = [
      { cell_type: "markdown", source: ["a\n", "b"], metadata: { tags: ["x"] }, id: "m" },
      { cell_type: "raw", source: "r" },
      { cell_type: "code", source: [], execution_count: 7, outputs: [{ output_type: "stream", text: "a" }] },
      { cell_type: "code", source: "c", execution_count: "7", outputs: {}, metadata: [] },
    ];
    expect(parse(given).cells).toEqual([
      given[0],
      { cell_type: "raw", source: "r", metadata: {} },
      { ...given[2], metadata: {} },
      { cell_type: "code", source: "c", execution_count: null, outputs: [], metadata: {} },
    ]);
  });

  test.each([[null], [[]], ["x"], [undefined]])("metadata %j are none", (metadata) => {
    expect(parse([], { metadata }).metadata).toEqual({});
  });

  test.each([
    ["[]", "a.ipynb: not a notebook: no JSON object"],
    ["null", "a.ipynb: not a notebook: no JSON object"],
    ["3", "a.ipynb: not a notebook: no JSON object"],
    ['{"nbformat":"4"}', 'a.ipynb: not a notebook: no "nbformat"'],
    ["{", "a.ipynb: not a notebook: not JSON ("],
    ['{"nbformat":5,"cells":[]}', "a.ipynb: notebook format must be 4, got 5"],
  ])("%s is no notebook, and the file is named", (text, message) => {
    expect(() => parseNotebook("a.ipynb", text)).toThrow(message);
  });
});

test("displayed JSON is on one line, everything else as Jupyter saves it", () => {
  const figure = { layout: { title: "a" }, data: [{ y: [1, 2, 3] }] };
  const shown = (data: object) => ({
    cell_type: "code",
    id: "c",
    metadata: {},
    source: ["1;\n", "2;"],
    execution_count: 1,
    outputs: [{ output_type: "display_data", data, metadata: {} }],
  });
  const shownBy = (data: object) =>
    ({
      cells: [shown(data)],
      metadata: { list: [], none: {} },
      nbformat: 4,
      nbformat_minor: 5,
    }) as unknown as Notebook;
  const plain = shownBy({ "text/plain": ["x"], "image/png": "aGk=" });
  expect(notebookText(plain)).toBe(`${stableJson(plain, { indent: 1 })}\n`);
  const text = notebookText(shownBy({ "application/vnd.plotly.v1+json": figure }));
  expect(text).toContain(
    '      "application/vnd.plotly.v1+json": {"data":[{"y":[1,2,3]}],"layout":{"title":"a"}}\n',
  );
  expect(JSON.parse(text)).toEqual(shownBy({ "application/vnd.plotly.v1+json": figure }));
});
