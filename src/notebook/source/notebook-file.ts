import { isUtf8 } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { DataError, InputError, messageOf, show } from "../../core/index.js";
import { stripNotebookText } from "./strip-text.js";
import type { StripOptions } from "./strip-notebook.js";
import { writeAtomically } from "../../files/index.js";
import { notebookText, parseNotebook, type Notebook } from "../../formats/index.js";

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

/**
 * The text of a notebook file without what runs leave; see {@link stripNotebookText}.
 * @throws what {@link readNotebook} throws
 */
export async function strippedText(path: string, options: StripOptions = {}): Promise<string> {
  const text = await readText(path);
  notebookLanguage(path, parseNotebook(path, text));
  return stripNotebookText(path, text, options);
}

/**
 * Saves the text of a notebook as {@link writeNotebook} does.
 * @throws InputError when the file or its folder cannot be written
 */
export async function writeNotebookText(path: string, text: string): Promise<void> {
  try {
    await checkTarget(path);
    await writeAtomically(path, text);
  } catch (cause) {
    throw new InputError(`cannot save the notebook ${path}: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Saves a notebook; a reader sees the old file or the new one, never a part. Makes the folder when needed.
 * @throws InputError when the file or its folder cannot be written
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeNotebookText(path, notebookText(notebook));
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
    return decode(path, await readFile(path));
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new InputError(`cannot read ${path}: ${messageOf(cause)}`, { cause });
  }
}

/** @throws DataError for bytes that are not UTF-8: they are never written back as something else */
function decode(path: string, bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const lines = Buffer.from(bytes).toString("latin1").split("\n");
    const bad = lines.findIndex((line) => !isUtf8(Buffer.from(line, "latin1")));
    throw new DataError(
      { file: path, line: bad + 1 },
      "is not UTF-8 (Windows-1252 or Latin-1 perhaps); save it as UTF-8: nothing was changed",
      { cause },
    );
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
