import { ExitCode } from "../../core/index.js";
import type { CellError } from "./cell-error.js";

/** How a run ended; `invalid` means that nothing was run: a bad notebook, parameter or target. */
export type NotebookStatus = "ok" | "failed" | "invalid" | "timeout" | "died" | "interrupted";

/** Which cell of the saved notebook something is about. */
export interface CellPlace {
  /** Index among all cells of the saved notebook, from 0. */
  readonly cellIndex: number;
  /** Number among the code cells that are not empty, from 1; the saved cell's execution count. */
  readonly cellNumber: number;
  /** The nearest markdown heading above it. */
  readonly heading: string | undefined;
  readonly source: string;
}

/** Why a run is not `ok`; `cell` is undefined when it is about no cell (the kernel did not start, not a notebook). */
export interface NotebookFailure extends CellError {
  readonly cell: CellPlace | undefined;
}

/** What came of running a notebook. */
export interface NotebookResult {
  readonly path: string;
  /** Path of the saved copy; it exists unless the status is `invalid`. */
  readonly output: string;
  readonly status: NotebookStatus;
  /** Wall time, with the kernel's start. */
  readonly seconds: number;
  /** Code cells that are not empty: all of them, and those that ran to their end as they should. */
  readonly cells: { readonly total: number; readonly done: number };
  /** Present unless the status is `ok`. */
  readonly error?: NotebookFailure;
}

const exitCodes: Readonly<Record<NotebookStatus, number>> = {
  ok: ExitCode.ok,
  failed: ExitCode.failed,
  invalid: ExitCode.usage,
  timeout: ExitCode.timeout,
  died: ExitCode.kernelDied,
  interrupted: ExitCode.interrupted,
};

/** The exit code for a set of results: 130 when one was interrupted, else the highest; 0 for none. */
export function exitCodeOf(results: readonly Pick<NotebookResult, "status">[]): number {
  const codes = results.map(({ status }) => exitCodes[status]);
  return codes.includes(ExitCode.interrupted) ? ExitCode.interrupted : Math.max(ExitCode.ok, ...codes);
}
