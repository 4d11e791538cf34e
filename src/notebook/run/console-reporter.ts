import { basename } from "node:path";
import { duration } from "../../core/index.js";
import type { ProgressSink } from "../../core/index.js";
import type { CellEvent } from "./notebook-options.js";
import type { NotebookResult } from "./notebook-result.js";
import { formatFailure } from "./format-failure.js";

/** Writes how runs go on; its functions are what {@link runNotebooks} calls. */
export interface NotebookReporter {
  /** Writes that a cell starts, or that it ended. */
  readonly onCell: (event: CellEvent) => void;
  /** Writes how a notebook ended. */
  readonly onResult: (result: NotebookResult) => void;
}

/**
 * A line for each cell as it ends (on a terminal already while it runs), one for each notebook, and its failure.
 * @param isKept whether the saved copies stay: a failure names its copy then
 * So: `00-tour  cell 3/12  Two groups disagree  1.2 s`
 */
export function createReporter(sink: ProgressSink, isKept = true): NotebookReporter {
  const isTerminal = sink.isTTY === true;
  const clear = isTerminal ? "\r\u001b[2K" : "";
  return {
    onCell(event) {
      const { phase, path, cellNumber, cellCount, heading, seconds, isOk } = event;
      const place = `cell ${String(cellNumber).padStart(String(cellCount).length)}/${cellCount}`;
      const parts = [notebookName(path), place, ...(heading === undefined ? [] : [heading])];
      if (phase === "end")
        sink.write(`${clear}${[...parts, duration(seconds), ...(isOk ? [] : ["FAILED"])].join("  ")}\n`);
      else if (isTerminal)
        sink.write(clear + [...parts, "..."].join("  ").slice(0, (sink.columns ?? 80) - 1));
    },
    onResult(result) {
      const { path, status, cells, seconds } = result;
      const count =
        cells.done === cells.total ? `${cells.total} cells` : `${cells.done} of ${cells.total} cells`;
      sink.write(`${clear}${[notebookName(path), status, count, duration(seconds)].join("  ")}\n`);
      sink.write(formatFailure(result, isKept));
    },
  };
}

function notebookName(path: string): string {
  return basename(path, ".ipynb");
}
