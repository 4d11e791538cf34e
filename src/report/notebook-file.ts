import { DataError, messageOf } from "../core/index.js";

/** One output of a cell, reduced to what can be shown. */
export type NotebookOutput =
  | { readonly kind: "text"; readonly text: string; readonly stream: "stdout" | "stderr" }
  | { readonly kind: "error"; readonly text: string }
  | {
      readonly kind: "rich";
      /** By MIME type; binary ones as base64. */
      readonly data: { readonly [mime: string]: string };
      readonly alt: string | undefined;
      /** CSS pixels. */
      readonly width: number | undefined;
    };

/** One cell; `count` is its execution count. */
export interface NotebookCell {
  readonly type: "markdown" | "code" | "raw";
  readonly source: string;
  readonly count: number | undefined;
  readonly tags: readonly string[];
  readonly outputs: readonly NotebookOutput[];
}

/** The part of a notebook (nbformat 4) that is shown. */
export interface NotebookFile {
  readonly cells: readonly NotebookCell[];
}

/** @param file names the notebook in errors. @throws DataError when `content` is not a notebook of format 4 */
export function parseNotebook(content: string, file: string): NotebookFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (problem) {
    throw new DataError({ file }, `a notebook must be JSON: ${messageOf(problem)}`, { cause: problem });
  }
  const { nbformat, cells } = fields(parsed);
  if (nbformat !== 4 || !Array.isArray(cells))
    throw new DataError(
      { file },
      `a notebook must have nbformat 4 and a list of cells, got ${String(nbformat)}`,
    );
  return { cells: cells.map(cellOf) };
}

function cellOf(value: unknown): NotebookCell {
  const { cell_type: type, source, execution_count: count, metadata, outputs } = fields(value);
  const { tags } = fields(metadata);
  return {
    type: type === "markdown" || type === "code" ? type : "raw",
    source: joined(source),
    count: typeof count === "number" ? count : undefined,
    tags: Array.isArray(tags) ? tags.map(String) : [],
    outputs: Array.isArray(outputs) ? outputs.map(outputOf) : [],
  };
}

function outputOf(value: unknown): NotebookOutput {
  const { output_type: type, name, text, data, metadata, ename, evalue, traceback } = fields(value);
  if (type === "stream")
    return { kind: "text", text: joined(text), stream: name === "stderr" ? "stderr" : "stdout" };
  if (type === "error") {
    const trace = Array.isArray(traceback) ? traceback.map(String).join("\n") : "";
    return { kind: "error", text: trace === "" ? `${String(ename)}: ${String(evalue)}` : trace };
  }
  const byMime = Object.entries(fields(data)).map(([mime, part]) => [mime, partText(part)] as const);
  const places = [fields(metadata), ...Object.values(fields(metadata)).map(fields)];
  return {
    kind: "rich",
    data: Object.fromEntries(byMime),
    alt: places.map(({ alt }) => alt).find((alt) => typeof alt === "string"),
    width: places.map(({ width }) => width).find((width) => typeof width === "number"),
  };
}

function partText(part: unknown): string {
  const isText =
    typeof part === "string" || (Array.isArray(part) && part.every((line) => typeof line === "string"));
  return isText ? joined(part) : JSON.stringify(part, undefined, 2);
}

function joined(text: unknown): string {
  return Array.isArray(text) ? text.map(String).join("") : typeof text === "string" ? text : "";
}

function fields(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null ? (value as { readonly [key: string]: unknown }) : {};
}
