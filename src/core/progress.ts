import { checkNumber } from "./check.js";

/** Where progress is written: a terminal, a log, a notebook's output. */
export interface ProgressSink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Shows text as it is. */
  write(text: string): unknown;
}

/** Shows how far a piece of work of known length is. */
export interface Progress {
  /** One more piece is done; `label` says which. */
  advance(label?: string): void;
  /** Ends the display, leaving a line that says how many pieces took how long. */
  finish(): void;
}

/** Progress that shows nothing. */
export const silent: Progress = { advance: () => undefined, finish: () => undefined };

/**
 * A bar with an estimate of the time left on a terminal; elsewhere a plain line at each tenth of the work.
 * The estimate assumes that the pieces still to do take as long as those done.
 * @param now milliseconds from any origin; passed in tests
 */
export function createProgress(
  title: string,
  total: number,
  sink: ProgressSink,
  now: () => number = () => performance.now(),
): Progress {
  const start = now();
  let done = 0;
  let tenth = 0;
  const line = (label: string): string => {
    const seconds = (now() - start) / 1000;
    const left = done === 0 || done === total ? "" : `, ${duration((seconds / done) * (total - done))} left`;
    return `${title} ${done}/${total} (${duration(seconds)}${left})${label === "" ? "" : ` ${label}`}`;
  };
  const bar = (): string => {
    const filled = total === 0 ? 20 : Math.round((20 * done) / total);
    return `[${"#".repeat(filled)}${".".repeat(20 - filled)}] `;
  };
  const paint = (label: string): void => {
    if (sink.isTTY === true) {
      const text = (bar() + line(label)).slice(0, (sink.columns ?? 80) - 1);
      sink.write(`\r\u001b[2K${text}`);
    } else if (Math.floor((10 * done) / total) > tenth) {
      tenth = Math.floor((10 * done) / total);
      sink.write(`${line(label)}\n`);
    }
  };
  return {
    advance(label = ""): void {
      done++;
      paint(label);
    },
    finish(): void {
      if (sink.isTTY === true) sink.write(`\r\u001b[2K${line("")}\n`);
    },
  };
}

/** Seconds as people say them: "0.4 s", "12 s", "3 min 05 s", "1 h 20 min". */
export function duration(seconds: number): string {
  checkNumber("duration: seconds", seconds);
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}
