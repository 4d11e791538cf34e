import { mean, type RecordRow } from "../../core/index.js";
import type { AccuracyLine } from "../accuracy/accuracy-lines.js";
import * as theme from "../theme/index.js";

/** What exact Bayes and who knows the user reach, as rows beside those of the models: each run's ceilings once. */
export function withCeilings(rows: readonly RecordRow[]): RecordRow[] {
  const [first] = new Set(rows.map((row) => row.method));
  const own = rows.filter((row) => row.method === first);
  return [...rows, ...CEILINGS.flatMap(({ name, key }) => own.map((row) => ceilingRow(row, name, key)))];
}

const CEILINGS = [
  { name: "exact Bayes, same answers", key: "bayes" },
  { name: "knows the user", key: "oracle" },
] as const;

function ceilingRow(row: RecordRow, method: string, key: string): RecordRow {
  return { ...row, method, accuracy: row.ceilings?.[key] ?? NaN };
}

/** A line for each method of the rows, each in a colour of its own. */
export function methodLines(rows: readonly RecordRow[]): AccuracyLine[] {
  const methods = [...new Set(rows.map((row) => row.method ?? ""))];
  return methods.map((method) => ({
    name: method,
    color: colorOf(method),
    has: (row: RecordRow): boolean => row.method === method,
  }));
}

const ORDER = ["VPL", "PAL-A", "Bradley-Terry", "SPL", "PAL-B", "LoRe"];

/** The colour of a method, the same in every figure of latent users; ceilings stand back. */
export function colorOf(method: string): string {
  if (CEILINGS.some(({ name }) => name === method) || method === "exact Bayes") return theme.MUTED;
  const index = ORDER.indexOf(method);
  return theme.groupColor(index < 0 ? ORDER.length : index);
}

/** The mean of what the rows that have it measured; NaN where none has. */
export function averageOf(rows: readonly RecordRow[], value: (row: RecordRow) => number | undefined): number {
  const values = rows.flatMap((row) => value(row) ?? []);
  return values.length === 0 ? NaN : mean(values);
}

/** A fraction (0-1) in whole percent. */
export function wholePercent(part: number): string {
  return `${Math.round(100 * part)} %`;
}
