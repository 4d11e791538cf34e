import { list, show } from "../../core/index.js";
import type { UserColumn } from "../preference-data.js";
import type { ChosenColumns } from "./columns.js";
import type { IdColumn } from "./read-columns.js";
import { isBlank, rowError, type Table } from "./table.js";

/** Part of the users of whom a column may say two things before it counts as describing rows, not users. */
const MOST_CHANGING = 0.1;
/** A column of words that are nearly all different is a name, not a property. */
const MOST_DIFFERENT = 0.5;

/** What the columns that are left say of users; a column that varies within most users describes rows, and is named. */
export function readUserColumns(
  table: Table,
  candidates: readonly number[],
  users: IdColumn,
): { readonly columns: readonly UserColumn[]; readonly notes: readonly string[] } {
  const columns: UserColumn[] = [];
  const ofRows: string[] = [];
  const notes: string[] = [];
  for (const column of candidates) {
    const name = table.columns[column];
    const values = users.ids.all.map(() => "");
    const changing = new Set<number>();
    let isPlain = true;
    for (let row = 0; row < table.rows && isPlain; row++) {
      const cell = table.cell(row, column);
      if (isBlank(cell)) continue;
      isPlain = typeof cell !== "object";
      const [user, value] = [users.of[row], String(cell).trim()];
      if (values[user] === "") values[user] = value;
      else if (values[user] !== value) changing.add(user);
    }
    if (!isPlain) continue;
    if (changing.size > MOST_CHANGING * users.ids.all.length) ofRows.push(name);
    else if (isProperty(values)) {
      columns.push({ name, values });
      if (changing.size > 0)
        notes.push(
          `${changing.size === 1 ? "one user has" : `${changing.size} users have`} more than one value in column ${show(name)}; the first is kept`,
        );
    }
  }
  if (ofRows.length > 0)
    notes.push(
      `columns that vary within users describe answers, not users, and are not used: ${list(ofRows)}`,
    );
  if (columns.length > 0) notes.push(`known of users: ${list(columns.map(({ name }) => name))}`);
  return { columns, notes };
}

/** What was chosen, less the columns that are used as what is known of users. */
export function withoutUserColumns(chosen: ChosenColumns, known: readonly UserColumn[]): ChosenColumns {
  return {
    ...chosen,
    ignored: chosen.ignored.filter((name) => !known.some((column) => column.name === name)),
  };
}

function isProperty(values: readonly string[]): boolean {
  const known = values.filter((value) => value !== "");
  const different = new Set(known).size;
  const areNumbers = known.every((value) => Number.isFinite(Number(value)));
  return different > 1 && (areNumbers || different <= MOST_DIFFERENT * known.length);
}

/** 1 where a row is held out, by a column of 0 and 1. @throws DataError for another value, and where no row or every row is held out */
export function readHeldOut(table: Table, column: number | undefined): Uint8Array | undefined {
  if (column === undefined) return undefined;
  const held = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    const value = typeof cell === "boolean" ? Number(cell) : isBlank(cell) ? NaN : Number(cell);
    if (value !== 0 && value !== 1)
      throw rowError(table, row, `must be 1 (held out) or 0 (learned from), got ${show(cell)}`, column);
    held[row] = value;
  }
  const count = held.reduce((sum, value) => sum + value, 0);
  if (count === 0 || count === table.rows) {
    const which =
      count === 0 ? "no row is 1: nothing is held out" : "every row is 1: nothing is left to learn from";
    throw rowError(table, 0, `marks the rows that are held out, but ${which}`, column);
  }
  return held;
}
