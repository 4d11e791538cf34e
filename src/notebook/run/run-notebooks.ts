import { basename, extname, join } from "node:path";
import { checkInteger, DataError, InputError, list } from "../../core/index.js";
import { plainError } from "./cell-error.js";
import type { RunOptions } from "./notebook-options.js";
import { exitCodeOf } from "./notebook-result.js";
import type { NotebookResult } from "./notebook-result.js";
import { runNotebook } from "./run-notebook.js";

/** How to run several notebooks. */
export interface NotebooksOptions extends RunOptions {
  /** Folder for the executed copies, which keep their notebooks' names; undefined saves each notebook in place. */
  readonly outputFolder: string | undefined;
  /** How many run side by side, at least 1. Default 1. */
  readonly jobs?: number;
  /** Hears each result as it comes. */
  readonly onResult?: (result: NotebookResult) => void;
}

/** What came of running several notebooks, in the order in which they were named. */
export interface NotebooksResult {
  readonly results: readonly NotebookResult[];
  /** For the process: 130 when interrupted, else the highest of the notebooks' codes. */
  readonly exitCode: number;
}

/**
 * Runs notebooks, each in a kernel of its own, and goes on after one that fails. A file that cannot be run gives a result
 * `invalid`; after an interruption the notebooks not yet begun have results `interrupted`.
 * @throws InputError when `jobs` is not a positive integer or two notebooks would be saved as one file
 */
export async function runNotebooks(
  paths: readonly string[],
  options: NotebooksOptions,
): Promise<NotebooksResult> {
  const { outputFolder, jobs = 1, onResult, ...shared } = options;
  const outputs = outputPaths(paths, outputFolder);
  const results = await inParallel(paths, jobs, async (path, index) => {
    const result = await runOne(path, outputs[index] ?? path, shared);
    onResult?.(result);
    return result;
  });
  return { results, exitCode: exitCodeOf(results) };
}

/**
 * Does work on each path, `jobs` of them at a time.
 * @returns the results in the order of `paths`
 * @throws InputError when `jobs` is not a positive integer
 */
export async function inParallel<T>(
  paths: readonly string[],
  jobs: number,
  work: (path: string, index: number) => Promise<T>,
): Promise<T[]> {
  checkInteger("notebooks: jobs", jobs, { min: 1 });
  const results: T[] = [];
  const rest = paths.entries();
  const worker = async (): Promise<void> => {
    for (const [index, path] of rest) results[index] = await work(path, index);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, paths.length) }, worker));
  return results;
}

/** As runNotebook; what cannot be run gives a result `invalid`, after an interruption all are `interrupted`. */
export async function runOne(path: string, output: string, options: RunOptions): Promise<NotebookResult> {
  const nothing = { path, output, seconds: 0, cells: { total: 0, done: 0 } };
  if (options.signal?.aborted === true) {
    const error = plainError("InterruptedError", "not begun: the run was interrupted");
    return { ...nothing, status: "interrupted", error: { ...error, cell: undefined } };
  }
  try {
    return await runNotebook(path, { ...options, output });
  } catch (thrown) {
    if (!(thrown instanceof InputError || thrown instanceof DataError)) throw thrown;
    const error = plainError(thrown.name, thrown.message);
    return { ...nothing, status: "invalid", error: { ...error, cell: undefined } };
  }
}

function outputPaths(paths: readonly string[], folder: string | undefined): string[] {
  if (folder === undefined) return [...paths];
  const names = paths.map((path) => `${basename(path, extname(path))}.ipynb`);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0)
    throw new InputError(`runNotebooks: notebooks of the same name cannot share ${folder}: ${list(twice)}`);
  return names.map((name) => join(folder, name));
}
