import { DataError, show } from "../../core/index.js";
import type { DataSource, FeatureTable } from "../preference-data.js";
import type { AnswerOptions } from "./assemble.js";
import { idOf, Ids, isBlank, type Table } from "./table.js";

/** A column of ids: what there is, and the index of each row. */
export interface IdColumn {
  readonly ids: Ids;
  /** Shape [rows]. */
  readonly of: Int32Array;
}

/** Reads a column of ids; several columns may share their `ids`. @throws DataError for a cell that is blank or no id */
export function readIds(table: Table, column: number, ids: Ids = new Ids()): IdColumn {
  const of = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) of[row] = ids.add(idOf(table, row, column));
  return { ids, of };
}

/** The users of each row: a column's, or one who gave all answers. */
export function readUsers(table: Table, column: number | undefined, only = ""): IdColumn {
  if (column !== undefined) return readIds(table, column);
  const ids = new Ids();
  ids.add(only);
  return { ids, of: new Int32Array(table.rows) };
}

/** Warns where a column holds texts and numbers: the number 1 and the text "1" are then one id. */
export function mixedTypes(table: Table, columns: readonly (number | undefined)[]): string[] {
  if (table.format === "csv") return [];
  return columns.flatMap((column) => {
    if (column === undefined) return [];
    const types = new Set<string>();
    for (let row = 0; row < table.rows; row++) {
      const cell = table.cell(row, column);
      if (!isBlank(cell)) types.add(typeof cell);
    }
    const name = show(table.columns[column]);
    return types.size > 1
      ? [`column ${name} mixes types (${[...types].sort().join(", ")}); 1 and "1" are taken for the same`]
      : [];
  });
}

/** When each answer was given, where the column holds a number in every row; else undefined, and the order of the rows counts. */
export function readTimes(table: Table, column: number | undefined): Float64Array | undefined {
  if (column === undefined) return undefined;
  const times = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    times[row] = isBlank(cell) || typeof cell === "object" ? NaN : Number(cell);
    if (!Number.isFinite(times[row])) return undefined;
  }
  return times;
}

/** The group of each user, "" where none is stated; a user with several gets the last, and a warning says so. */
export function readGroups(
  table: Table,
  column: number | undefined,
  users: IdColumn,
): { readonly groups?: readonly string[]; readonly warnings: readonly string[] } {
  if (column === undefined) return { warnings: [] };
  const groups = users.ids.all.map(() => "");
  const changing = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    if (isBlank(table.cell(row, column))) continue;
    const group = idOf(table, row, column);
    const user = users.of[row];
    if (groups[user] !== "" && groups[user] !== group) changing.add(user);
    groups[user] = group;
  }
  const name = show(table.columns[column]);
  const many = `${changing.size} users have more than one group in column ${name}; the last counts`;
  return { groups, warnings: changing.size > 0 ? [many] : [] };
}

/** Ids as a table; texts (something with a space in it) are kept as text too. */
export function tableOfIds(ids: readonly string[]): FeatureTable {
  return ids.some((id) => /\s/.test(id)) ? { ids, text: ids } : { ids };
}

/** Who made a table: as given, else the file's own name. */
export function sourceOf(table: Table, given: AnswerOptions["source"]): DataSource {
  const name = table.file.split(/[\\/]/).at(-1) ?? table.file;
  return { name, license: "not stated", ...given, sha256: table.sha256 };
}

/** @throws DataError when a table has columns but no rows */
export function checkHasRows(table: Table): void {
  if (table.rows === 0) throw new DataError({ file: table.file }, "has a header but no rows");
}
