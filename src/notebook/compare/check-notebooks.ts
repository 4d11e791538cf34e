import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkNumber, ExitCode } from "../../core/index.js";
import { compareOutputs } from "./compare-cells.js";
import type { CellDifference } from "./compare-cells.js";
import { readNotebook } from "../source/notebook-file.js";
import type { RunOptions } from "../run/notebook-options.js";
import { exitCodeOf } from "../run/notebook-result.js";
import type { NotebookResult } from "../run/notebook-result.js";
import { inParallel, runOne } from "../run/run-notebooks.js";

/** How to check notebooks against what they show. */
export interface CheckOptions extends RunOptions {
  /** How many run side by side, at least 1. Default 1. */
  readonly jobs?: number;
  /** Relative difference up to which two numbers are equal, >= 0. Default 1e-6. */
  readonly tolerance?: number;
  /** Hears each run's result as it comes. */
  readonly onResult?: (result: NotebookResult) => void;
  /** Hears what each check found as it comes. */
  readonly onChecked?: (check: NotebookCheck) => void;
}

/** What came of running a notebook again and comparing. */
export interface NotebookCheck {
  readonly path: string;
  readonly run: NotebookResult;
  readonly differences: readonly CellDifference[];
  /** Code cells whose outputs were compared, and those tagged `nb-ignore-output`; 0 when the run was not `ok`. */
  readonly compared: number;
  readonly ignored: number;
}

/** The default of {@link CheckOptions.tolerance}. */
export const DEFAULT_TOLERANCE = 1e-6;

/**
 * Runs notebooks as they were committed, with the parameters that were injected then, and compares what their cells put out
 * with what they show. The notebooks stay as they are.
 * @throws InputError for `jobs` or `tolerance` out of range
 */
export async function checkNotebooks(
  paths: readonly string[],
  options: CheckOptions = {},
): Promise<{ readonly checks: readonly NotebookCheck[]; readonly exitCode: number }> {
  const { jobs = 1, tolerance = DEFAULT_TOLERANCE, onResult, onChecked, ...shared } = options;
  checkNumber("checkNotebooks: tolerance", tolerance, { min: 0 });
  const folder = await mkdtemp(join(tmpdir(), "notebook-check-"));
  try {
    const checks = await inParallel(paths, jobs, async (path, index) => {
      const output = join(folder, `${index}.ipynb`);
      const run = await runOne(path, output, shared);
      onResult?.(run);
      const check = run.status === "ok" ? await compareRun(run, tolerance) : unchecked(run);
      onChecked?.(check);
      return check;
    });
    const hasDifference = checks.some(({ differences }) => differences.length > 0);
    const exitCode = exitCodeOf(checks.map(({ run }) => run));
    return { checks, exitCode: exitCode === ExitCode.ok && hasDifference ? ExitCode.failed : exitCode };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compares what a run that was `ok` has saved with what its notebook shows. */
export async function compareRun(
  run: NotebookResult,
  tolerance: number = DEFAULT_TOLERANCE,
): Promise<NotebookCheck> {
  const [committed, executed] = [await readNotebook(run.path), await readNotebook(run.output)];
  return { path: run.path, run, ...compareOutputs(committed, executed, tolerance) };
}

function unchecked(run: NotebookResult): NotebookCheck {
  return { path: run.path, run, differences: [], compared: 0, ignored: 0 };
}
