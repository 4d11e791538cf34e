import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { createProgress, type ProgressSink } from "../../core/index.js";
import type { StartProgress } from "./start-progress.js";

/**
 * Progress for people, with the time left: on standard error, or, in a notebook that runs headless, on the runner's terminal and not in
 * the saved notebook (the runner names the file descriptor in `NOTEBOOK_PROGRESS_FD`).
 * @example await sweep(config, { progress: showProgress })
 */
export const showProgress: StartProgress = (title, total) => {
  const descriptor = Number(process.env.NOTEBOOK_PROGRESS_FD ?? NaN);
  return createProgress(title, total, Number.isInteger(descriptor) ? descriptorSink(descriptor) : process.stderr);
};

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
