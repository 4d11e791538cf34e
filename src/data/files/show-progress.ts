import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { createProgress, type ProgressSink } from "../../core/index.js";
import type { StartProgress } from "./start-progress.js";

/** What tslab gives a cell to show something in one place, again and again. */
interface TslabDisplays {
  newDisplay(): { text(shown: string): void };
}

/**
 * Progress for people, with the time left: below the cell of a notebook, in one line that changes in place; on standard error
 * elsewhere; or, in a notebook that runs headless, on the runner's terminal and not in the saved notebook (the runner names the
 * file descriptor in `NOTEBOOK_PROGRESS_FD`).
 * @example
 * const base = { kStar: 2, dimension: 4, usersPerPrototype: 10, epochs: 5 };
 * await sweep({ experiment: "simulation", base, grid: { k: [1, 2] }, seeds: [1] }, { progress: showProgress });
 */
export const showProgress: StartProgress = (title, total) => {
  const descriptor = Number(process.env.NOTEBOOK_PROGRESS_FD ?? NaN);
  const sink = Number.isInteger(descriptor) ? descriptorSink(descriptor) : (cellSink() ?? process.stderr);
  return createProgress(title, total, sink);
};

/** A line below the cell that runs; undefined outside a notebook. */
function cellSink(): ProgressSink | undefined {
  const kernel = (globalThis as { __tslab__?: { require?: (id: string) => unknown } }).__tslab__;
  const tslab = kernel?.require?.("tslab") as TslabDisplays | undefined;
  if (tslab === undefined) return undefined;
  const display = tslab.newDisplay();
  return {
    isTTY: true,
    columns: 100,
    write: (text) => display.text(text.replace("\r\u001b[2K", "").trimEnd()),
  };
}

function descriptorSink(descriptor: number): ProgressSink {
  return {
    isTTY: isatty(descriptor),
    write: (text) => {
      try {
        return writeSync(descriptor, text);
      } catch {
        return 0; // the runner's terminal is gone, or full for a moment: progress is not worth failing for
      }
    },
  };
}
