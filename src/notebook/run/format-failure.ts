import { hintFor } from "./hint.js";
import type { NotebookFailure, NotebookResult, NotebookStatus } from "./notebook-result.js";

const headlines: Readonly<Record<NotebookStatus, string>> = {
  ok: "ok",
  failed: "failed",
  invalid: "not run",
  timeout: "timed out",
  died: "kernel died",
  interrupted: "interrupted",
};
/** A cell longer than this is shown around its error, or by its start. */
const mostLines = 30;

/**
 * A failure for people: notebook, cell number, the heading above it, the source with line numbers, and the error's text.
 * @param isKept whether the saved copy stays, and is named
 * @returns lines with a line end last; empty for a result that is `ok`
 */
export function formatFailure(result: NotebookResult, isKept = true): string {
  const { error } = result;
  if (error === undefined) return "";
  const head = `${result.path}: ${headlines[result.status]}`;
  const body = errorText(error);
  if (error.cell === undefined) return `${head}\n${indent(body)}\n`;
  const { cellNumber, heading } = error.cell;
  const under = heading === undefined ? "" : `, under "${heading}"`;
  const saved = result.status === "invalid" || !isKept ? "" : `\n  saved as ${result.output}`;
  const hint = hintFor(error.name, error.message, error.cell.source);
  const advice = hint === undefined ? "" : `\n  ${hint}`;
  return `${head} in cell ${cellNumber}${under}\n${numbered(error)}\n${indent(body)}${advice}${saved}\n`;
}

function errorText({ name, message, traceback }: NotebookFailure): string {
  const text = traceback.join("\n").trim();
  return text.includes(message) ? text : `${name}: ${message}${text === "" ? "" : `\n${text}`}`;
}

function numbered({ cell, line: marked }: NotebookFailure): string {
  const lines = (cell?.source ?? "").replace(/\n$/, "").split("\n");
  const first = lines.length <= mostLines ? 0 : Math.max(0, (marked ?? 1) - 1 - mostLines / 2);
  const shown = lines.slice(first, first + mostLines);
  const width = String(first + shown.length).length;
  const text = shown.map((line, i) => {
    const number = first + i + 1;
    return `  ${number === marked ? ">" : " "} ${String(number).padStart(width)} | ${line}`;
  });
  const more = lines.length - shown.length;
  return [...text, ...(more > 0 ? [`    (${more} more lines)`] : [])].join("\n");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
