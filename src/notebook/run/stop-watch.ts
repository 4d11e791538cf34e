/** Why a cell's work was stopped from outside it. */
export type StopReason = "cell-timeout" | "notebook-timeout" | "interrupted" | "stray-error";

/** Ends the wait for a cell: at its own limit, at the notebook's, by a signal, or by an error elsewhere. */
export interface StopWatch {
  /** Resolves when, and why, the cell must stop; never, when it need not. */
  readonly stopped: Promise<StopReason>;
  stop(reason: StopReason): void;
  dispose(): void;
}

/** Node's timers take no more: about 25 days. */
const longestTimerMs = 2 ** 31 - 1;

/** Starts watching; times in milliseconds, `Infinity` for no limit. */
export function startStopWatch(cellMs: number, notebookMs: number, signal?: AbortSignal): StopWatch {
  let stop: (reason: StopReason) => void = () => undefined;
  const stopped = new Promise<StopReason>((resolve) => (stop = resolve));
  const ms = Math.min(cellMs, notebookMs);
  const reason = notebookMs < cellMs ? "notebook-timeout" : "cell-timeout";
  const timer = ms > longestTimerMs ? undefined : setTimeout(() => stop(reason), Math.max(0, ms));
  const interrupt = (): void => stop("interrupted");
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  return {
    stopped,
    stop: (why) => stop(why),
    dispose() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
    },
  };
}
