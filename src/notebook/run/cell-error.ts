import type { ErrorReport } from "../kernel/kernel-report.js";
import { stripAnsi } from "../../formats/index.js";
import type { ErrorOutput } from "../../formats/index.js";

/** What made a cell fail. */
export interface CellError {
  /** Class of the error: `TypeError`, `TypeScriptError` for what the compiler says, `TimeoutError` and the like. */
  readonly name: string;
  readonly message: string;
  /** Lines of the whole text: stack and cause, or all that the compiler says. */
  readonly traceback: readonly string[];
  /** Line of the cell's source, from 1, where it is known. */
  readonly line?: number;
}

/** An error of the runner's own finding, which has no stack. */
export function plainError(name: string, message: string): CellError {
  return { name, message, traceback: [`${name}: ${message}`] };
}

/** The error that a kernel reported in one or, for the compiler, several reports; without any, a reply said only "error". */
export function errorFromReports(reports: readonly ErrorReport[]): CellError {
  const first = reports[0];
  if (first === undefined)
    return plainError("Error", "the kernel answered with an error and did not say which");
  const line = first.line === undefined ? {} : { line: first.line };
  const message = stripAnsi(
    reports.length > 1 ? reports.map((report) => report.message).join("\n") : first.message,
  );
  return { name: first.name, message, traceback: reports.flatMap(({ text }) => traceback(text)), ...line };
}

/** `error` as an output of a saved cell. */
export function errorOutput({ name, message, traceback }: CellError): ErrorOutput {
  return { output_type: "error", ename: name, evalue: message, traceback: [...traceback] };
}

/** Without the frames of tslab and Node below the cell, and saying that a cell's line is that of its compiled code. */
function traceback(text: string): string[] {
  return stripAnsi(text)
    .split("\n")
    .filter((line) => !/^\s+at .*(\/tslab\/dist\/|node:vm:|node:internal\/)/.test(line))
    .map((line) => line.replace(/evalmachine\.<anonymous>:(\d+)(:\d+)?/, "cell (compiled line $1)"));
}
