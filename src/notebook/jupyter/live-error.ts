import { errorFromReports } from "../run/cell-error.js";
import { hintFor } from "../run/hint.js";
import type { ErrorReport } from "../kernel/kernel-report.js";
import type { CellLines } from "./cell-lines.js";

/** An error as Jupyter's protocol carries it. */
export interface LiveError {
  readonly ename: string;
  readonly evalue: string;
  /** Lines, with terminal colours. */
  readonly traceback: readonly string[];
}

/** The cell that failed. */
export interface FailedCell {
  /** The execution's number. */
  readonly cell: number;
  readonly source: string;
  readonly lines: CellLines;
}

const RED = "\u001b[31m";
const BOLD = "\u001b[1m";
const PLAIN = "\u001b[0m";
/** Lines shown before and after the one that failed. */
const AROUND = 2;

/** What a front end shows below a cell that failed: the error, the lines that somebody wrote around it, the way there, a hint. */
export function liveError(reports: readonly ErrorReport[], { cell, source, lines }: FailedCell): LiveError {
  const error = errorFromReports(reports);
  const stack = reports.map(({ text }) => text).join("\n");
  const line = error.line ?? lines.lineIn(cell, stack);
  const frames = liveStack(stack, lines).filter((text) => /^\s+at /.test(text));
  const hint = hintFor(error.name, error.message, source);
  return {
    ename: error.name,
    evalue: error.message,
    traceback: [
      ...`${error.name}: ${error.message}`.split("\n").map((text) => `${RED}${text}${PLAIN}`),
      ...(line === undefined ? [] : ["", ...excerpt(source, line)]),
      ...(frames.length === 0 ? [] : ["", ...frames]),
      ...(hint === undefined ? [] : ["", `${BOLD}${hint}${PLAIN}`]),
    ],
  };
}

/**
 * A stack with its places in cells as people wrote them, without the frames of tslab and Node below the cell and without those
 * of the function that tslab wraps a cell in.
 */
export function liveStack(stack: string, lines: CellLines): string[] {
  const cells = new Set<string>();
  return lines
    .readable(stack.replaceAll("at Proxy.", "at "))
    .split("\n")
    .filter(
      (line) => !/^\s+at .*([\\/]tslab[\\/]dist[\\/]|live-kernel\.js|node:vm:|node:internal\/)/.test(line),
    )
    .filter((line) => !/^\s+at .*\bcell\[\d+\]:\d+:\d+/.test(line))
    .filter((line) => {
      const cell = /^\s+at (?:async )?(cell \[\d+\])/.exec(line)?.[1];
      const isAgain = cell !== undefined && cells.has(cell);
      if (cell !== undefined) cells.add(cell);
      return !isAgain;
    });
}

/** The lines around one, numbered, with a mark at it. */
function excerpt(source: string, line: number): string[] {
  const all = source.replace(/\n$/, "").split("\n");
  const first = Math.max(1, line - AROUND);
  const last = Math.min(all.length, line + AROUND);
  const width = String(last).length;
  return all.slice(first - 1, last).map((text, i) => {
    const number = first + i;
    const shown = `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`;
    return number === line ? `${BOLD}${shown}${PLAIN}` : shown;
  });
}
