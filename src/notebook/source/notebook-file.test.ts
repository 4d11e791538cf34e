import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeNotebook, TestFolder } from "../fixtures/notebooks.js";
import { headingAbove, notebookText, parseNotebook, splitText } from "../../formats/index.js";
import { notebookLanguage, readNotebook, writeNotebook } from "./notebook-file.js";

let folder: TestFolder;
beforeAll(() => (folder = new TestFolder()));
afterAll(() => folder.remove());

describe("reading a notebook", () => {
  const cases: [string, string, RegExp][] = [
    ["no JSON", "{ nbformat: 4", /^a\.ipynb: not a notebook: not JSON \(/],
    ["a list", "[]", /not a notebook: no JSON object/],
    ["other JSON", "{}", /not a notebook: no "nbformat"/],
    ["nbformat 3", '{"nbformat":3,"worksheets":[]}', /must be 4, got 3; convert it: jupyter nbconvert/],
    ["nbformat 5", '{"nbformat":5,"cells":[]}', /must be 4, got 5$/],
    ["no cells", '{"nbformat":4}', /no list of "cells"/],
    ["a strange cell", '{"nbformat":4,"cells":[{"cell_type":"heading"}]}', /cell 1 has the type "heading"/],
    ["a cell without source", '{"nbformat":4,"cells":[{"cell_type":"code"}]}', /cell 1 has no source text/],
  ];
  it.each(cases)("%s: says what is wrong", (_, text, message) => {
    expect(() => parseNotebook("a.ipynb", text)).toThrow(message);
  });

  it("names another kernel", () => {
    const language = (metadata: Record<string, unknown>): string =>
      notebookLanguage("a.ipynb", { ...makeNotebook([]), metadata });
    expect(() => language({ kernelspec: { name: "python3", language: "python" } })).toThrow(
      'a.ipynb: written for another kernel (kernel "python3", language "python"); only tslab notebooks run here',
    );
    expect(() => language({ kernelspec: { name: "deno", language: "typescript" } })).toThrow(/kernel "deno"/);
    expect(() => language({ language_info: { name: "R" } })).toThrow(/language "R"/);
    expect(language({})).toBe("typescript");
    expect(language({ kernelspec: { name: "my-tslab", language: "typescript" } })).toBe("typescript");
    expect(language({ kernelspec: { name: "jslab", language: "javascript" } })).toBe("javascript");
  });

  it("says when the file is missing or a folder", async () => {
    mkdirSync(folder.file("folder.ipynb"));
    await expect(readNotebook(folder.file("none.ipynb"))).rejects.toThrow(/no such notebook: .*none\.ipynb/);
    await expect(readNotebook(folder.file("folder.ipynb"))).rejects.toThrow(/is a folder, not a notebook/);
  });
});

describe("writing a notebook", () => {
  it("writes what Jupyter would: sorted keys, an indent of 1, a line end, text as it is", async () => {
    const path = folder.file("new/folder/a.ipynb");
    await writeNotebook(path, { cells: [], metadata: { b: "ü", a: {} }, nbformat: 4, nbformat_minor: 5 });
    // Checked against Python: json.dumps(nb, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    expect(readFileSync(path, "utf8")).toBe(
      '{\n "cells": [],\n "metadata": {\n  "a": {},\n  "b": "ü"\n },\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
    );
    expect(readdirSync(folder.file("new/folder"))).toEqual(["a.ipynb"]);
  });

  it("refuses a read-only file and a folder, and leaves nothing half-written", async () => {
    const path = folder.file("read-only.ipynb");
    writeFileSync(path, "kept");
    chmodSync(path, 0o444);
    await expect(writeNotebook(path, makeNotebook([]))).rejects.toThrow(
      /cannot save .*: the file is read-only/,
    );
    expect(readFileSync(path, "utf8")).toBe("kept");
    await expect(writeNotebook(folder.path, makeNotebook([]))).rejects.toThrow(
      /cannot save .*: it is a folder/,
    );
    await expect(writeNotebook(`${path}/in/a.ipynb`, makeNotebook([]))).rejects.toThrow(/cannot save/);
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("keeps what it does not know", () => {
    const text = notebookText({ ...makeNotebook(["1"]), metadata: { x: { y: [1, null] } } });
    expect(notebookText(parseNotebook("a.ipynb", text))).toBe(text);
  });
});

describe("text in a notebook", () => {
  it("is split into lines that keep their ends", () => {
    expect(splitText("a\n\nb")).toEqual(["a\n", "\n", "b"]);
    expect(splitText("a\n")).toEqual(["a\n"]);
    expect(splitText("")).toEqual([]);
  });

  it("has the last heading above a cell, without fenced code and control characters", () => {
    const notebook = makeNotebook([
      "0",
      { md: "# One\n## Two\u001b[31m!\u0007 ##\n```sh\n# no\n```" },
      "2",
      "3",
    ]);
    expect([0, 2, 3].map((index) => headingAbove(notebook, index))).toEqual([undefined, "Two!", "Two!"]);
  });
});
