import { checkInteger, InputError, list, show } from "../../core/index.js";
import { isBlank, rowError, type Table } from "./table.js";

/** Columns that together are a vector: one column of arrays, or a column of numbers for each dimension. */
export type FeatureColumns = readonly number[];

/** "left_features", "left_embedding", "left_0", "left_x3": what follows the side's word. */
const SERIES = /^(features?|embeddings?|emb|vec|vector|dim|x|f)?_?(\d+)?$/;

/**
 * The columns of a vector whose names begin with `prefix` ("" for none): `<prefix>_features` and the like where it holds arrays, else the
 * series `<prefix>_0, <prefix>_1, …` or `<prefix>_f0, …` in the order of their numbers.
 * @param candidates columns that are not used otherwise
 * @throws InputError when a series has a gap
 */
export function featureColumns(table: Table, prefix: string, candidates: readonly number[]): FeatureColumns {
  const found: { column: number; stem: string; number: number | undefined }[] = [];
  for (const column of candidates) {
    const name = table.columns[column].toLowerCase().replace(/[^a-z0-9]+/g, "_");
    const rest =
      prefix === "" ? name : name.startsWith(`${prefix}_`) ? name.slice(prefix.length + 1) : undefined;
    const match = rest === undefined || rest === "" ? null : SERIES.exec(rest);
    if (match === null || (match[1] === undefined && (match[2] === undefined || prefix === ""))) continue;
    found.push({
      column,
      stem: match[1] ?? "",
      number: match[2] === undefined ? undefined : Number(match[2]),
    });
  }
  const arrays = found.filter(({ number }) => number === undefined);
  if (arrays.length > 0) return arrays.slice(0, 1).map(({ column }) => column);
  const series = found.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const first = series[0]?.number ?? 0;
  const gap = series.findIndex(({ number }, i) => number !== first + i);
  if (gap >= 0 || first > 1) {
    const names = series.map(({ column }) => table.columns[column]);
    throw new InputError(
      `${table.file}: the feature columns ${list(names)} must be numbered 0, 1, 2, … (or from 1) without a gap`,
    );
  }
  return series.map(({ column }) => column);
}

/**
 * The vector in one row.
 * @throws DataError where it is not made of finite numbers, or has another length than `dimension`
 */
export function readVector(table: Table, row: number, columns: FeatureColumns, dimension?: number): number[] {
  const cells =
    columns.length === 1 ? arrayOf(table, row, columns[0]) : columns.map((column) => table.cell(row, column));
  const vector = cells.map((cell, i) => {
    const value =
      typeof cell === "number" ? cell : typeof cell === "string" && !isBlank(cell) ? Number(cell) : NaN;
    if (Number.isFinite(Math.fround(value))) return value;
    const column = columns.length === 1 ? columns[0] : columns[i];
    throw rowError(table, row, `a feature must be a finite number, got ${show(cell)}`, column);
  });
  if (dimension !== undefined && vector.length !== dimension) {
    throw rowError(
      table,
      row,
      `has ${vector.length} features, the rows before have ${dimension}`,
      columns[0],
    );
  }
  checkInteger(`${table.file}: features`, vector.length, { min: 1 });
  return vector;
}

/** An array: as such (JSONL, Parquet), or written as JSON in a text (CSV); a single number is an array of one. */
function arrayOf(table: Table, row: number, column: number): readonly unknown[] {
  const cell = table.cell(row, column);
  if (Array.isArray(cell)) return cell as readonly unknown[];
  if (ArrayBuffer.isView(cell)) return Array.from(cell as unknown as ArrayLike<number>);
  if (typeof cell === "number") return [cell];
  if (typeof cell === "string" && cell.trim().startsWith("[")) {
    try {
      const parsed: unknown = JSON.parse(cell);
      if (Array.isArray(parsed)) return parsed as unknown[];
    } catch {
      throw rowError(table, row, `is not a JSON array: ${show(cell)}`, column);
    }
  }
  return [cell];
}
