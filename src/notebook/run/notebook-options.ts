import { checkKeys, checkNumber, checkOneOf } from "../../core/index.js";
import type { Json, Profile } from "../../core/index.js";
import type { CellPlace } from "./notebook-result.js";

/** A cell starts or has ended. */
export interface CellEvent extends CellPlace {
  readonly phase: "start" | "end";
  /** The notebook, as it was named. */
  readonly path: string;
  /** Code cells of the notebook that are not empty. */
  readonly cellCount: number;
  /** Wall time of the cell; 0 at its start. */
  readonly seconds: number;
  readonly isOk: boolean;
}

/** What all notebooks of a run share. */
export interface RunOptions {
  /** Values for constants of the cell tagged `parameters`. */
  readonly parameters?: Readonly<Record<string, Json>>;
  /** The value for a parameter `PROFILE`, where the notebook has one, and of the environment variable `PAL_LAB_PROFILE`. */
  readonly profile?: Profile;
  /** Most time for a cell, in milliseconds. Default: no limit. */
  readonly cellTimeoutMs?: number;
  /** Most time for the cells of a notebook together, in milliseconds. Default: no limit. */
  readonly notebookTimeoutMs?: number;
  /** Environment variables for the kernel, beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the saved cells say when they ran; without it two equal runs save equal bytes. Default true. */
  readonly recordTimes?: boolean;
  /** How long to wait after a cell for output of timers it left behind, in milliseconds. Default 200. */
  readonly lateOutputMs?: number;
  /** Characters of printed text that are kept of each cell. Default 1,000,000. */
  readonly maxPrinted?: number;
  /** Called when a cell starts, and when it ends. */
  readonly onCell?: (event: CellEvent) => void;
  /** Ends the run: the notebook is saved as far as it went, its kernel is killed. */
  readonly signal?: AbortSignal;
}

/** How to run one notebook. */
export interface NotebookOptions extends RunOptions {
  /** Path for the executed notebook, saved after each cell; may be the notebook itself. */
  readonly output: string;
}

const known = [
  ...["output", "parameters", "profile", "cellTimeoutMs", "notebookTimeoutMs", "env", "recordTimes"],
  ...["lateOutputMs", "maxPrinted", "onCell", "signal"],
];

/** @throws InputError for an unknown option or one out of range */
export function checkNotebookOptions(what: string, options: NotebookOptions): void {
  checkKeys(what, options, known);
  if (options.profile !== undefined) checkOneOf(`${what}: profile`, options.profile, ["fast", "full"]);
  for (const name of ["cellTimeoutMs", "notebookTimeoutMs"] as const)
    if (options[name] !== undefined) checkNumber(`${what}: ${name}`, options[name], { above: 0 });
  for (const name of ["lateOutputMs", "maxPrinted"] as const)
    if (options[name] !== undefined) checkNumber(`${what}: ${name}`, options[name], { min: 0 });
}
