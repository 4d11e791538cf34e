import { dirname, resolve } from "node:path";
import { duration, messageOf } from "../../core/index.js";
import type { Json } from "../../core/index.js";
import { errorOutput, plainError } from "./cell-error.js";
import type { CellError } from "./cell-error.js";
import { CellRunner } from "./cell-runner.js";
import type { CellEnding } from "./cell-runner.js";
import { Kernel, KernelDiedError } from "../kernel/kernel.js";
import { notebookLanguage, readNotebook, writeNotebook } from "../source/notebook-file.js";
import { hasTag, headingAbove, isSkipped, joinText } from "../../formats/index.js";
import type { CodeCell, Notebook } from "../../formats/index.js";
import { checkNotebookOptions } from "./notebook-options.js";
import type { NotebookOptions } from "./notebook-options.js";
import type { CellPlace, NotebookFailure, NotebookResult, NotebookStatus } from "./notebook-result.js";
import { injectParameters, notebookParameters, ParameterError } from "../source/parameters.js";
import { withoutRun } from "../source/strip-notebook.js";

/** How long a kernel gets to run its exit handlers. */
const politeMs = 1000;
/** After the last cell, timers get at least this long, as they would before a script ends. */
const lastOutputMs = 500;

/**
 * Runs a notebook from top to bottom in a fresh tslab kernel, whose working folder is the notebook's, and saves it after
 * each cell. It stops at the first cell that fails: an error, a throw or rejection that nobody waits for, a time limit, a
 * dead kernel, or no error in a cell tagged `raises-exception`. The error is in the result and in the saved notebook.
 *
 * Cells tagged `skip-execution` or `nbval-skip` are left out, and keep what was saved below them.
 *
 * A parameter that does not fit gives a result `invalid`, with the error in the saved copy's parameters cell.
 * @throws InputError for a bad option, a missing file, a folder, or a target that cannot be written
 * @throws DataError when the file is not a tslab notebook of format 4
 */
export async function runNotebook(path: string, options: NotebookOptions): Promise<NotebookResult> {
  checkNotebookOptions("runNotebook", options);
  const start = performance.now();
  const notebook = await readNotebook(path);
  try {
    const injected = injectParameters(notebook, parameterValues(notebook, options));
    const prepared = {
      ...injected,
      cells: injected.cells.map((cell) => (isSkipped(cell) ? cell : withoutRun(cell))),
    };
    await writeNotebook(options.output, prepared);
    return await new NotebookRun(path, prepared, options).run();
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    return await refuse({ path, notebook, options, start }, error);
  }
}

/** One run of one notebook. */
class NotebookRun {
  readonly #path: string;
  readonly #notebook: Notebook;
  readonly #options: NotebookOptions;
  readonly #places: readonly CellPlace[];
  readonly #cells = new CellRunner();
  readonly #start = performance.now();
  #done = 0;

  constructor(path: string, notebook: Notebook, options: NotebookOptions) {
    this.#path = path;
    this.#notebook = notebook;
    this.#options = options;
    this.#places = cellPlaces(notebook);
  }

  async run(): Promise<NotebookResult> {
    const { maxPrinted = 1_000_000, profile, signal } = this.#options;
    const env = { ...(profile !== undefined && { PAL_LAB_PROFILE: profile }), ...this.#options.env };
    const folder = dirname(resolve(this.#path));
    const javascript = notebookLanguage(this.#path, this.#notebook) === "javascript";
    let kernel: Kernel;
    try {
      kernel = await Kernel.start({ folder, env, javascript, maxPrinted }, this.#cells, signal);
    } catch (error) {
      if (signal?.aborted === true) return this.#result("interrupted", stoppedError(), undefined);
      const said = error instanceof KernelDiedError ? `\n${error.exit.lastWords.trim()}` : "";
      return this.#result("died", plainError("KernelDiedError", messageOf(error) + said), undefined);
    }
    let isPolite = false;
    try {
      const result = await this.#runCells(kernel);
      isPolite = result.status === "ok" || result.status === "failed";
      return result;
    } finally {
      await kernel.close(isPolite ? politeMs : 0);
    }
  }

  async #runCells(kernel: Kernel): Promise<NotebookResult> {
    const start = performance.now();
    for (const place of this.#places) {
      if (isSkipped(this.#notebook.cells[place.cellIndex])) {
        this.#done++;
        continue;
      }
      const notebookMs = (this.#options.notebookTimeoutMs ?? Infinity) - (performance.now() - start);
      const result = await this.#runCell(kernel, place, notebookMs);
      await this.#save();
      if (result !== undefined) return result;
    }
    return this.#result("ok");
  }

  async #runCell(kernel: Kernel, place: CellPlace, notebookMs: number): Promise<NotebookResult | undefined> {
    const cell = this.#notebook.cells[place.cellIndex] as CodeCell;
    const {
      cellTimeoutMs: cellMs = Infinity,
      lateOutputMs = 200,
      recordTimes = true,
      signal,
    } = this.#options;
    const isLast = place.cellNumber === this.#places.length;
    const mayRaise = hasTag(cell, "raises-exception");
    const start = performance.now();
    const startedAt = new Date().toISOString();
    this.#tell(place, "start", 0, true);
    const ending = await this.#cells.run(kernel, {
      ...{ index: place.cellIndex, source: place.source, cellMs, notebookMs, mayRaise, signal },
      lateOutputMs: isLast ? Math.max(lateOutputMs, lastOutputMs) : lateOutputMs,
    });
    const seconds = (performance.now() - start) / 1000;
    cell.execution_count = place.cellNumber;
    if (recordTimes) cell.metadata.execution = executionTimes(startedAt, seconds);
    const result = this.#judge(ending, place, mayRaise);
    if (result === undefined) this.#done++;
    this.#tell(place, "end", seconds, result === undefined);
    return result;
  }

  /** The result when the run is over with this cell, after its error has been put below the cell it belongs to. */
  #judge(ending: CellEnding, place: CellPlace, mayRaise: boolean): NotebookResult | undefined {
    const fail = (status: NotebookStatus, error: CellError, at: CellPlace = place): NotebookResult => {
      this.#cells.addError(at.cellIndex, error);
      return this.#result(status, error, at);
    };
    switch (ending.kind) {
      case "ok":
        if (!mayRaise) return undefined;
        return fail(
          "failed",
          plainError("NothingRaised", `the cell is tagged "raises-exception" but raised nothing`),
        );
      case "error": {
        const result = fail(
          "failed",
          ending.error,
          this.#places.find(({ cellIndex }) => cellIndex === ending.index) ?? place,
        );
        return mayRaise && ending.index === place.cellIndex ? undefined : result;
      }
      case "died": {
        const error = plainError("KernelDiedError", ending.message);
        const words = ending.exit.lastWords.trim();
        return fail(
          "died",
          words === "" ? error : { ...error, traceback: [...error.traceback, ...words.split("\n")] },
        );
      }
      case "cell-timeout":
        return fail("timeout", timeoutError("cell", this.#options.cellTimeoutMs));
      case "notebook-timeout":
        return fail("timeout", timeoutError("notebook", this.#options.notebookTimeoutMs));
      case "interrupted":
        return fail("interrupted", stoppedError());
    }
  }

  async #save(): Promise<void> {
    for (const [index, outputs] of this.#cells.outputs())
      (this.#notebook.cells[index] as CodeCell).outputs = outputs;
    await writeNotebook(this.#options.output, this.#notebook);
  }

  #tell(place: CellPlace, phase: "start" | "end", seconds: number, isOk: boolean): void {
    const cellCount = this.#places.length;
    this.#options.onCell?.({ ...place, phase, path: this.#path, cellCount, seconds, isOk });
  }

  #result(status: NotebookStatus, error?: CellError, cell?: CellPlace): NotebookResult {
    return {
      ...{ path: this.#path, output: this.#options.output, status },
      seconds: (performance.now() - this.#start) / 1000,
      cells: { total: this.#places.length, done: this.#done },
      ...(error === undefined ? {} : { error: { ...error, cell } }),
    };
  }
}

function parameterValues(
  notebook: Notebook,
  { parameters = {}, profile }: NotebookOptions,
): Record<string, Json> {
  const hasProfile =
    profile !== undefined && notebookParameters(notebook).some(({ name }) => name === "PROFILE");
  return { ...(hasProfile ? { PROFILE: profile } : {}), ...parameters };
}

/** The code cells that are run: those with anything in them. */
function cellPlaces(notebook: Notebook): CellPlace[] {
  const places: CellPlace[] = [];
  for (const [cellIndex, cell] of notebook.cells.entries()) {
    const source = joinText(cell.source);
    if (cell.cell_type !== "code" || source.trim() === "") continue;
    places.push({
      cellIndex,
      cellNumber: places.length + 1,
      heading: headingAbove(notebook, cellIndex),
      source,
    });
  }
  return places;
}

/** A result for parameters that do not fit: the saved copy keeps what the notebook showed, and has the error. */
async function refuse(
  run: { path: string; notebook: Notebook; options: NotebookOptions; start: number },
  { name, message, cellIndex }: ParameterError,
): Promise<NotebookResult> {
  const { path, notebook, options, start } = run;
  const places = cellPlaces(notebook);
  const cell = places.find((place) => place.cellIndex === cellIndex);
  const error: NotebookFailure = { ...plainError(name, message), cell };
  const marked = cell?.cellIndex ?? places[0]?.cellIndex;
  const cells = notebook.cells.map((shown, index) =>
    shown.cell_type === "code" && index === marked ? { ...shown, outputs: [errorOutput(error)] } : shown,
  );
  await writeNotebook(options.output, { ...notebook, cells });
  const seconds = (performance.now() - start) / 1000;
  return {
    ...{ path, output: options.output, status: "invalid", seconds },
    ...{ cells: { total: places.length, done: 0 }, error },
  };
}

/** Jupyter's record of an execution (ISO times), and its wall time. */
function executionTimes(startedAt: string, seconds: number): Record<string, unknown> {
  const endedAt = new Date().toISOString();
  return {
    "iopub.execute_input": startedAt,
    "iopub.status.busy": startedAt,
    "iopub.status.idle": endedAt,
    "shell.execute_reply": endedAt,
    seconds: Number(seconds.toFixed(3)),
  };
}

function timeoutError(what: "cell" | "notebook", ms = 0): CellError {
  return plainError("TimeoutError", `the ${what} ran longer than its limit of ${duration(ms / 1000)}`);
}

function stoppedError(): CellError {
  return plainError("InterruptedError", "the run was interrupted");
}
