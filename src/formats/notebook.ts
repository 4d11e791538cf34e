/** A cell's or an output's text: one string, or lines that keep their line ends (as Jupyter saves it). */
export type MultilineText = string | readonly string[];

/** Text that a cell printed. */
export interface StreamOutput {
  readonly output_type: "stream";
  readonly name: "stdout" | "stderr";
  text: MultilineText;
}

/** Something a cell displayed: one value for each mime type. */
export interface DisplayOutput {
  readonly output_type: "display_data" | "execute_result";
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  readonly execution_count?: number | null;
}

/** The error that a cell ended with. */
export interface ErrorOutput {
  readonly output_type: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Anything below a code cell. */
export type CellOutput = StreamOutput | DisplayOutput | ErrorOutput;

/** Metadata of a cell; keys other than these are kept as they are. */
export interface CellMetadata {
  tags?: readonly string[];
  execution?: Record<string, unknown>;
  [key: string]: unknown;
}

/** A cell with code. */
export interface CodeCell {
  readonly cell_type: "code";
  readonly id?: string;
  source: MultilineText;
  metadata: CellMetadata;
  execution_count: number | null;
  outputs: CellOutput[];
}

/** A cell with prose. */
export interface TextCell {
  readonly cell_type: "markdown" | "raw";
  readonly id?: string;
  source: MultilineText;
  metadata: CellMetadata;
}

/** Any cell. */
export type Cell = CodeCell | TextCell;

/** A notebook of format 4. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  readonly nbformat: 4;
  readonly nbformat_minor: number;
}

/** Multiline text as one string. */
export function joinText(text: MultilineText): string {
  return typeof text === "string" ? text : text.join("");
}

/** One string as Jupyter saves it: lines that keep their line ends; no line for an empty string. */
export function splitText(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Whether `cell` carries the tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

/** Whether a cell is left out of runs: tagged `skip-execution`, or `nbval-skip`. */
export function isSkipped(cell: Cell): boolean {
  return hasTag(cell, "skip-execution") || hasTag(cell, "nbval-skip");
}

/** The nearest markdown heading above cell `index`, as plain text; undefined when there is none. */
export function headingAbove(notebook: Notebook, index: number): string | undefined {
  for (let i = index - 1; i >= 0; i--) {
    const cell = notebook.cells[i];
    if (cell?.cell_type !== "markdown") continue;
    const prose = joinText(cell.source).replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
    const heading = [...prose.matchAll(/^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/gm)].at(-1)?.[1];
    if (heading !== undefined && heading !== "") return plainLine(heading);
  }
  return undefined;
}

/** One line of text without colour codes and control characters, fit for a terminal. */
export function plainLine(text: string): string {
  return stripAnsi(text)
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, " ")
    .trim();
}

/** `text` without terminal colour and cursor codes. */
export function stripAnsi(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "");
}
