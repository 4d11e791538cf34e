import { DataError, show } from "../../core/index.js";
import type { DataSource, FeatureTable } from "../preference-data.js";
import type { AnswerOptions } from "./assemble.js";
import { idOf, Ids, isBlank, type Cell, type Table } from "./table.js";

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

/** Warns of ids that may not be what they were: numbers that a spreadsheet has shortened, and 1 beside the text "1". */
export function doubtfulIds(table: Table, columns: readonly (number | undefined)[]): string[] {
  return columns.flatMap((column) => {
    if (column === undefined) return [];
    const types = new Set<string>();
    let shortened: string | undefined;
    for (let row = 0; row < table.rows; row++) {
      const cell = table.cell(row, column);
      if (!isBlank(cell)) types.add(typeof cell);
      if (typeof cell === "string" && /^\s*\d[.,]\d+E\+?\d{2}\s*$/i.test(cell)) shortened ??= cell.trim();
    }
    const name = show(table.columns[column]);
    return [
      ...(types.size > 1 && table.format !== "csv"
        ? [`column ${name} mixes types (${[...types].sort().join(", ")}); 1 and "1" are taken for the same`]
        : []),
      ...(shortened === undefined
        ? []
        : [
            `column ${name} holds ids that a spreadsheet has shortened (${shortened}): different ones may have become the same; export it with that column as text`,
          ]),
    ];
  });
}

/** When each answer was given, in the order of their numbers; undefined where nothing says so, and the order of the rows counts. */
export function readTimes(
  table: Table,
  column: number | undefined,
): { readonly time?: Float64Array; readonly warnings: readonly string[] } {
  if (column === undefined) return { warnings: [] };
  const time = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    time[row] = timeOf(cell);
    if (Number.isFinite(time[row])) continue;
    const got = isBlank(cell) ? "an empty cell" : show(cell);
    const line = table.line(row);
    const where = line === undefined ? `row ${row + 1}` : `line ${line}`;
    const why = `the time column ${show(table.columns[column])} cannot be read (${where}: ${got}; read are numbers and ISO times such as 2024-03-01T10:00:00Z)`;
    return {
      warnings: [`${why}: where somebody answered twice, the order of the rows decides which is the last`],
    };
  }
  return { time, warnings: [] };
}

/** A number as it is, an ISO date or time in milliseconds (UTC where no zone is stated); NaN for anything else. */
function timeOf(cell: Cell): number {
  if (typeof cell === "number") return cell;
  if (cell instanceof Date) return cell.getTime();
  if (typeof cell !== "string" || isBlank(cell)) return NaN;
  const text = cell.trim();
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (iso === null) return Number(text);
  const zone =
    iso[3] === undefined || /^(Z|UTC)$/i.test(iso[3]) ? "Z" : iso[3].replace(/^(...)(\d)/, "$1:$2");
  return Date.parse(`${iso[1]}T${iso[2] ?? "00:00"}${zone}`);
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
