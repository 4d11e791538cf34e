import { joinText, type Cell, type MultilineText } from "../formats/index.js";

/** One output of a cell, reduced to what can be shown. */
export type OutputView =
  | { readonly kind: "text"; readonly text: string; readonly stream: "stdout" | "stderr" }
  | { readonly kind: "error"; readonly text: string }
  | {
      readonly kind: "rich";
      /** By MIME type; binary ones as base64. */
      readonly data: { readonly [mime: string]: string };
      readonly alt: string | undefined;
      /** CSS pixels. */
      readonly width: number | undefined;
      /** What an exercise's check found, as `lab.exercise` notes it. */
      readonly verdict: "right" | "wrong" | "none" | undefined;
    };

/** One cell; `count` is its execution count. */
export interface CellView {
  readonly type: "markdown" | "code" | "raw";
  readonly source: string;
  readonly count: number | undefined;
  readonly tags: readonly string[];
  /** Whether its author folded it away, as a solution is. */
  readonly isHidden: boolean;
  readonly outputs: readonly OutputView[];
}

/** What of a cell is shown: outputs are what a kernel sent, and may be anything. */
export function viewOf(cell: Cell): CellView {
  const { cell_type: type, metadata } = cell;
  const count = type === "code" ? (cell.execution_count ?? undefined) : undefined;
  const tags = Array.isArray(metadata.tags) ? metadata.tags.map(String) : [];
  const outputs = type === "code" ? cell.outputs.map(outputView) : [];
  const isHidden = fields(metadata.jupyter).source_hidden === true;
  return { type, source: joinText(cell.source), count, tags, isHidden, outputs };
}

const VERDICTS = ["right", "wrong", "none"] as const;

function outputView(value: unknown): OutputView {
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
    verdict: VERDICTS.find((verdict) => places.some(({ exercise }) => exercise === verdict)),
  };
}

function partText(part: unknown): string {
  return isText(part) ? joinText(part) : JSON.stringify(part, undefined, 2);
}

function joined(text: unknown): string {
  return isText(text) ? joinText(text) : "";
}

function isText(part: unknown): part is MultilineText {
  return typeof part === "string" || (Array.isArray(part) && part.every((line) => typeof line === "string"));
}

function fields(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null ? (value as { readonly [key: string]: unknown }) : {};
}
