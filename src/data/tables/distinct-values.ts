import { show } from "../../core/index.js";
import { isBlank, rowError, type Cell, type Table } from "./table.js";

/** The different values of a column. */
export interface Values {
  readonly all: readonly string[];
  /** Index into `all` of each row; -1 for a blank cell. */
  readonly of: Int32Array;
}

/** The different values of a column, and which each row has. @throws DataError for a cell that is an array or an object */
export function distinctValues(table: Table, column: number): Values {
  const index = new Map<Cell, number>();
  const texts = new Map<string, number>();
  const of = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    let value = index.get(cell);
    if (value === undefined) {
      const text = isBlank(cell) ? "" : textOf(table, row, column);
      value = text === "" ? -1 : (texts.get(text) ?? texts.size);
      if (value >= 0) texts.set(text, value);
      index.set(cell, value);
    }
    of[row] = value;
  }
  return { all: [...texts.keys()], of };
}

function textOf(table: Table, row: number, column: number): string {
  const cell = table.cell(row, column);
  if (typeof cell === "string") return cell.trim();
  if (typeof cell === "boolean" || (typeof cell === "number" && Number.isFinite(cell))) return String(cell);
  throw rowError(
    table,
    row,
    `must be a text, a number or true/false, got ${show(JSON.stringify(cell))}`,
    column,
  );
}
