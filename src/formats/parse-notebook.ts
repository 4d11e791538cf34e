import { DataError, messageOf, show, stableJson } from "../core/index.js";
import type { Cell, CodeCell, Notebook } from "./notebook.js";

/**
 * The text of a notebook file as a {@link Notebook}; `path` is used in messages only.
 * @throws DataError when it is not JSON, not a notebook or of another format than 4
 */
export function parseNotebook(path: string, text: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const conflict = text.split("\n").findIndex((line) => /^<{7}( |\r?$)/.test(line));
    if (conflict >= 0)
      throw new DataError(
        { file: path, line: conflict + 1 },
        `merge conflict at line ${conflict + 1}: keep one side and delete the lines of <<<<<<<, ======= and >>>>>>>`,
        { cause },
      );
    throw new DataError({ file: path }, `not a notebook: not JSON (${messageOf(cause)})`, { cause });
  }
  if (!isObject(value)) throw new DataError({ file: path }, "not a notebook: no JSON object");
  if (typeof value.nbformat !== "number")
    throw new DataError({ file: path }, `not a notebook: no "nbformat"`);
  if (value.nbformat !== 4) {
    const fix = value.nbformat < 4 ? `; convert it: jupyter nbconvert --to notebook ${path}` : "";
    throw new DataError({ file: path }, `notebook format must be 4, got ${value.nbformat}${fix}`);
  }
  if (!Array.isArray(value.cells)) throw new DataError({ file: path }, `not a notebook: no list of "cells"`);
  return {
    ...value,
    cells: value.cells.map((cell: unknown, index) => checkCell(path, cell, index)),
    metadata: isObject(value.metadata) ? value.metadata : {},
    nbformat: 4,
    nbformat_minor: typeof value.nbformat_minor === "number" ? value.nbformat_minor : 0,
  };
}

/** As Jupyter saves it: sorted keys, an indent of one space, a line end last; but displayed JSON, a figure's numbers, on one line. */
export function notebookText(notebook: Notebook): string {
  return `${indented(JSON.parse(stableJson(notebook)), "", "")}\n`;
}

/** @param value parsed JSON, its keys in order; @param key what it is called: a mime type of JSON keeps it on one line */
function indented(value: unknown, key: string, indent: string): string {
  const isFlat = typeof value !== "object" || value === null || /^application\/.*json$/.test(key);
  if (isFlat) return JSON.stringify(value);
  const inner = `${indent} `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((each) => indented(each, "", inner))
    : Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${indented(each, name, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  if (parts.length === 0) return open + close;
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}

function checkCell(path: string, cell: unknown, index: number): Cell {
  const fail = (problem: string): never => {
    throw new DataError({ file: path }, `not a notebook: cell ${index + 1} ${problem}`);
  };
  if (!isObject(cell)) return fail("is not an object");
  const { cell_type: type, source } = cell;
  if (type !== "code" && type !== "markdown" && type !== "raw") return fail(`has the type ${show(type)}`);
  const isLines = Array.isArray(source) && source.every((line) => typeof line === "string");
  if (typeof source !== "string" && !isLines) return fail("has no source text");
  const metadata = isObject(cell.metadata) ? cell.metadata : {};
  if (type !== "code") return { ...cell, cell_type: type, source, metadata };
  const code: CodeCell = {
    ...cell,
    cell_type: type,
    source,
    metadata,
    execution_count: typeof cell.execution_count === "number" ? cell.execution_count : null,
    outputs: Array.isArray(cell.outputs) ? cell.outputs : [],
  };
  code.outputs.forEach((output: unknown, i) => {
    const problem = outputProblem(output);
    if (problem !== undefined) fail(`has an output ${i + 1} that ${problem}`);
  });
  return code;
}

/** What makes an output none that notebooks have. */
function outputProblem(output: unknown): string | undefined {
  if (!isObject(output)) return `is ${show(output)}, not an object`;
  const isText = (value: unknown): boolean => typeof value === "string" || Array.isArray(value);
  switch (output.output_type) {
    case "stream":
      return isText(output.text) ? undefined : 'has no "text"';
    case "display_data":
    case "execute_result":
      return isObject(output.data) ? undefined : 'has no "data"';
    case "error":
      return typeof output.ename === "string" && typeof output.evalue === "string"
        ? undefined
        : 'has no "ename" and "evalue"';
    default:
      return `has the type ${show(output.output_type)}`;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
