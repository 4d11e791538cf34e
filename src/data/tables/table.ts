import { DataError, list, show } from "../../core/index.js";

/** One value of a table. CSV holds texts only; JSONL and Parquet have types; null is a cell without a value. */
export type Cell = string | number | boolean | null | readonly unknown[] | object;

/** The formats that are read. `rows` is an array of objects in memory. */
export type TableFormat = "csv" | "jsonl" | "parquet" | "preflib" | "rows";

/** Rows and named columns, whatever the format they came in. */
export interface Table {
  /** The name that messages give. */
  readonly file: string;
  readonly format: TableFormat;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** The value in a row (from 0) of a column (its index in `columns`). */
  cell(row: number, column: number): Cell;
  /** The line (from 1) on which a row starts; undefined where the format has no lines. */
  line(row: number): number | undefined;
  /** What was left out or changed while the file was read, in plain words. */
  readonly notes?: readonly string[];
  /** Rows of the file, where `rows` has fewer because some cannot be used. */
  readonly rowsOfFile?: number;
}

/** The error for a row of a table; formats without lines count rows from 1. */
export function rowError(table: Table, row: number, problem: string, column?: number): DataError {
  const line = table.line(row);
  const where = { file: table.file, ...(column === undefined ? {} : { column: table.columns[column] }) };
  return line === undefined
    ? new DataError(where, `row ${row + 1}: ${problem}`)
    : new DataError({ ...where, line }, problem);
}

/** How programs write that a value is missing. */
const MISSING = new Set(["na", "n/a", "#n/a", "<na>", "nan", "null"]);

/** Whether a cell has no value: null, a text without a visible character, or a word for a missing value such as NA, nan or #N/A. */
export function isBlank(cell: Cell): boolean {
  return cell === null || (typeof cell === "string" && cell.trim() === "") || isMissing(cell);
}

/** Whether a cell says that its value is missing: "NA", "nan", "#N/A". */
export function isMissing(cell: Cell): boolean {
  return typeof cell === "string" && cell.length < 8 && MISSING.has(cell.trim().toLowerCase());
}

/** A table without the rows in which one of `columns` says that its value is missing; its notes say how many they are. */
export function withoutMissing(table: Table, columns: readonly (number | undefined)[]): Table {
  const kept: number[] = [];
  const lacking = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    const found = columns.filter((column) => column !== undefined && isMissing(table.cell(row, column)));
    if (found.length === 0) kept.push(row);
    for (const column of found) if (column !== undefined) lacking.add(column);
  }
  const dropped = table.rows - kept.length;
  if (dropped === 0) return table;
  const names = list([...lacking].map((column) => table.columns[column]));
  const rows = dropped === 1 ? "one row says" : `${dropped} rows say`;
  return {
    ...table,
    rows: kept.length,
    rowsOfFile: table.rowsOfFile ?? table.rows,
    cell: (row, column) => table.cell(kept[row], column),
    line: (row) => table.line(kept[row]),
    notes: [...(table.notes ?? []), `${rows} that ${names} is missing (NA, nan, #N/A) and cannot be used`],
  };
}

/** A cell as a number; undefined where it holds none. */
export function numberOf(cell: Cell): number | undefined {
  if (typeof cell === "boolean" || typeof cell === "object") return undefined;
  const value = typeof cell === "string" && cell.trim() === "" ? NaN : Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

/** What the last of a list of chat messages says; undefined for a cell that is no such list. */
export function lastMessage(cell: Cell): string | undefined {
  if (!Array.isArray(cell) || cell.length === 0) return undefined;
  const last = cell[cell.length - 1] as { readonly role?: unknown; readonly content?: unknown } | null;
  if (typeof last !== "object" || last === null || typeof last.role !== "string") return undefined;
  const parts = Array.isArray(last.content) ? (last.content as unknown[]) : [last.content];
  const texts = parts.flatMap((part) => {
    const text = typeof part === "object" && part !== null ? (part as { text?: unknown }).text : part;
    return typeof text === "string" ? [text] : [];
  });
  return texts.length === 0 ? undefined : texts.join("\n").trim();
}

/**
 * A cell as an id: the text without spaces around it, a number's digits, or what the last of a list of messages says.
 * @throws DataError when the cell is blank, or neither a text nor a finite number
 */
export function idOf(table: Table, row: number, column: number): string {
  const cell = table.cell(row, column);
  if (typeof cell === "string") {
    const text = cell.trim();
    if (!isBlank(text)) return text;
  } else if (typeof cell === "number" && Number.isFinite(cell)) return String(cell);
  const message = lastMessage(cell);
  if (message !== undefined && message !== "") return message;
  const got = isBlank(cell) ? "an empty cell" : show(typeof cell === "object" ? JSON.stringify(cell) : cell);
  throw rowError(table, row, `must be a text or a number, got ${got}`, column);
}

/** Ids in the order in which they were first seen, and their indices. */
export class Ids {
  readonly all: string[] = [];
  readonly #index = new Map<string, number>();

  /** The index of `id`, which is added where it is new. */
  add(id: string): number {
    const known = this.#index.get(id);
    if (known !== undefined) return known;
    this.#index.set(id, this.all.length);
    this.all.push(id);
    return this.all.length - 1;
  }

  get(id: string): number | undefined {
    return this.#index.get(id);
  }
}
