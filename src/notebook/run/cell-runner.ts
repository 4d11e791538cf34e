import { setTimeout as sleep } from "node:timers/promises";
import { errorFromReports, errorOutput } from "./cell-error.js";
import type { CellError } from "./cell-error.js";
import { CellOutputs } from "./cell-outputs.js";
import type { DisplayIds } from "./cell-outputs.js";
import type { JupyterMessage } from "../kernel/jupyter-message.js";
import { KernelDiedError } from "../kernel/kernel.js";
import type { KernelExit } from "../kernel/kernel-launch.js";
import type { Kernel, KernelListener } from "../kernel/kernel.js";
import type { ErrorReport, KernelReport } from "../kernel/kernel-report.js";
import type { CellOutput } from "../../formats/index.js";
import { startStopWatch } from "./stop-watch.js";
import type { StopReason, StopWatch } from "./stop-watch.js";

/** How long an interrupted cell gets to end by itself before its kernel is killed. */
const interruptMs = 1000;
/** tslab refuses requests for 200 ms after an error, and its timer may be late. */
const longestAbortMs = 10_000;

/** What is run: a cell's code and its limits, in milliseconds (`Infinity` for none). */
export interface CellRequest {
  readonly index: number;
  readonly source: string;
  readonly cellMs: number;
  readonly notebookMs: number;
  /** How long to wait for output of timers that the cell left behind. */
  readonly lateOutputMs: number;
  /** Errors that no cell waits for do not stop this cell when they are its own: it is expected to raise. */
  readonly mayRaise: boolean;
  readonly signal: AbortSignal | undefined;
}

/** How a cell ended; for an error that nobody waited for, `index` is the cell that it came from. */
export type CellEnding =
  | { readonly kind: "ok" }
  | { readonly kind: "error"; readonly index: number; readonly error: CellError }
  | { readonly kind: "died"; readonly exit: KernelExit; readonly message: string }
  | { readonly kind: Exclude<StopReason, "stray-error"> };

interface Execution {
  readonly index: number;
  readonly outputs: CellOutputs;
  readonly errors: ErrorReport[];
}

/** Runs cells one after another in one kernel and keeps what each of them put out, whenever it arrives. */
export class CellRunner implements KernelListener {
  readonly #byRequest = new Map<string, Execution>();
  readonly #executions = new Map<number, Execution>();
  readonly #displays: DisplayIds = new Map();
  #latest: Execution | undefined;
  #stray: { readonly index: number; readonly error: CellError } | undefined;
  #onStray: (index: number) => void = () => undefined;

  /** The outputs of the cells that have run, by index, as Jupyter saves them. */
  outputs(): Map<number, CellOutput[]> {
    return new Map([...this.#executions].map(([index, { outputs }]) => [index, outputs.saved()]));
  }

  /** Puts an error below a cell. */
  addError(index: number, error: CellError): void {
    this.#executions.get(index)?.outputs.addError(errorOutput(error));
  }

  onMessage(message: JupyterMessage): void {
    this.#byRequest.get(message.parentId ?? "")?.outputs.add(message);
  }

  /** Belongs to the latest cell: nothing says from which it comes. */
  onText(name: "stdout" | "stderr", text: string): void {
    this.#latest?.outputs.addText(name, text);
  }

  onReport(report: KernelReport): void {
    if (report.event === "settled" || report.event === "listening") return;
    const execution = this.#byRequest.get(report.request) ?? this.#latest;
    if (execution === undefined) return;
    if (report.event === "truncated") execution.outputs.setDropped(report.characters);
    else if (report.event === "cell-error") execution.errors.push(report.error);
    else {
      this.#stray ??= { index: execution.index, error: errorFromReports([report.error]) };
      this.#onStray(execution.index);
    }
  }

  /** Runs a cell to its end, or to its limit, where it is interrupted. */
  async run(kernel: Kernel, request: CellRequest): Promise<CellEnding> {
    const execution: Execution = {
      index: request.index,
      outputs: new CellOutputs(this.#displays),
      errors: [],
    };
    this.#latest = execution;
    this.#executions.set(request.index, execution);
    const watch = startStopWatch(request.cellMs, request.notebookMs, request.signal);
    this.#onStray = (index) => {
      if (index !== request.index || !request.mayRaise) watch.stop("stray-error");
    };
    try {
      return await this.#runWatched({ kernel, request, execution, watch });
    } catch (error) {
      if (!(error instanceof KernelDiedError)) throw error;
      return this.#strayEnding() ?? { kind: "died", exit: error.exit, message: error.message };
    } finally {
      watch.dispose();
      execution.outputs.markLate();
    }
  }

  async #runWatched(work: {
    readonly kernel: Kernel;
    readonly request: CellRequest;
    readonly execution: Execution;
    readonly watch: StopWatch;
  }): Promise<CellEnding> {
    const { kernel, request, execution, watch } = work;
    const done = this.#execute(kernel, request, execution);
    const first = await Promise.race([done, watch.stopped]);
    if (first === "ok" || first === "error") return this.#ending(execution, first);
    kernel.interrupt();
    const given = new AbortController();
    await Promise.race([
      done.catch(() => undefined),
      sleep(interruptMs, undefined, { signal: given.signal }).catch(() => undefined),
    ]);
    given.abort();
    return first === "stray-error" ? this.#ending(execution, "ok") : { kind: first };
  }

  async #execute(kernel: Kernel, request: CellRequest, execution: Execution): Promise<"ok" | "error"> {
    const deadline = performance.now() + longestAbortMs;
    let status = "abort";
    while (status === "abort" && performance.now() < deadline) {
      const id = crypto.randomUUID();
      this.#byRequest.set(id, execution);
      status = await kernel.execute(id, request.source);
      if (status === "abort") await sleep(20);
    }
    await kernel.settle(status === "ok" || request.mayRaise ? request.lateOutputMs : 0);
    return status === "ok" && execution.errors.length === 0 ? "ok" : "error";
  }

  #ending(execution: Execution, status: "ok" | "error"): CellEnding {
    if (status === "error")
      return { kind: "error", index: execution.index, error: errorFromReports(execution.errors) };
    return this.#strayEnding() ?? { kind: "ok" };
  }

  #strayEnding(): CellEnding | undefined {
    const stray = this.#stray;
    this.#stray = undefined;
    return stray === undefined ? undefined : { kind: "error", ...stray };
  }
}
