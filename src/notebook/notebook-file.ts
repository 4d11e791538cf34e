import { readFile, stat } from "node:fs/promises";
import { DataError, InputError, messageOf, show, stableJson } from "../core/index.js";
import { writeAtomically } from "../files/index.js";
import type { Cell, CodeCell, Notebook } from "./notebook-format.js";

/** The kernel a notebook is written for. */
export type NotebookLanguage = "typescript" | "javascript";

/**
 * Reads a tslab notebook of format 4.
 * @throws InputError when there is no such file or it is a folder
 * @throws DataError when it is not JSON, not a notebook, of another format, or another kernel's
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const notebook = parseNotebook(path, await readText(path));
  notebookLanguage(path, notebook);
  return notebook;
}

/**
 * The text of a notebook file as a {@link Notebook}; `path` is used in messages only.
 * @throws DataError when it is not JSON, not a notebook or of another format than 4
 */
export function parseNotebook(path: string, text: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
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

/**
 * The language of a notebook that tslab can run; one that names no kernel counts as TypeScript.
 * @throws DataError naming the kernel and the language of any other
 */
export function notebookLanguage(path: string, notebook: Notebook): NotebookLanguage {
  const spec = isObject(notebook.metadata.kernelspec) ? notebook.metadata.kernelspec : {};
  const info = isObject(notebook.metadata.language_info) ? notebook.metadata.language_info : {};
  const name = typeof spec.name === "string" ? spec.name : undefined;
  const language = spec.language ?? info.name;
  if (name === "jslab") return "javascript";
  if (name === "tslab" || (name !== "deno" && (language === undefined || language === "typescript")))
    return "typescript";
  const kernel = `kernel ${show(name ?? "unnamed")}, language ${show(language ?? "unknown")}`;
  throw new DataError(
    { file: path },
    `written for another kernel (${kernel}); only tslab notebooks run here`,
  );
}

/** The bytes Jupyter itself would save: sorted keys, an indent of one space, a line end last. */
export function notebookText(notebook: Notebook): string {
  return `${stableJson(notebook, { indent: 1 })}\n`;
}

/**
 * Saves a notebook; a reader sees the old file or the new one, never a part. Makes the folder when needed.
 * @throws InputError when the file or its folder cannot be written
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  try {
    await checkTarget(path);
    await writeAtomically(path, notebookText(notebook));
  } catch (cause) {
    throw new InputError(`cannot save the notebook ${path}: ${messageOf(cause)}`, { cause });
  }
}

async function checkTarget(path: string): Promise<void> {
  const target = await stat(path).catch(() => undefined);
  if (target?.isDirectory() === true) throw new InputError("it is a folder");
  if (target !== undefined && (target.mode & 0o222) === 0) throw new InputError("the file is read-only");
}

async function readText(path: string): Promise<string> {
  const file = await stat(path).catch((cause: unknown) => {
    throw new InputError(`no such notebook: ${path}`, { cause });
  });
  if (file.isDirectory()) throw new InputError(`${path} is a folder, not a notebook; name its .ipynb files`);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new InputError(`cannot read ${path}: ${messageOf(cause)}`, { cause });
  }
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
  return code;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
