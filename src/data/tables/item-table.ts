import { checkIsTable } from "../check-data.js";
import { checkKeys, DataError, InputError, list, show } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";
import { describeFeatures, describingColumns, type DescribingColumns } from "./describing-columns.js";
import { featureColumns, readVector } from "./features.js";
import { idOf, isBlank, rowError, type Table } from "./table.js";

/** Names of the columns of a table of items or contexts; those that are not given are guessed. */
export interface ItemColumns {
  readonly id?: string;
  readonly text?: string;
  /** One column of arrays, or columns of numbers or categories; default: a series f0, f1, …, else every column of numbers. */
  readonly features?: readonly string[];
}

const ID_NAMES = [
  "id",
  "item",
  "item_id",
  "context",
  "context_id",
  "statement_id",
  "comment_id",
  "prompt_id",
  "name",
  "key",
];
const TEXT_NAMES = [
  "text",
  "body",
  "content",
  "statement",
  "comment",
  "comment_body",
  "prompt",
  "description",
  "title",
];

/** Items by id. */
export interface ItemTable extends FeatureTable {
  readonly index: ReadonlyMap<string, number>;
  /** Columns that were not used. */
  readonly ignored: readonly string[];
  /** What was made of the columns, for people. */
  readonly notes: readonly string[];
  readonly file: string;
}

/**
 * A table of items or contexts, one a row: an id, and a text or features.
 * @throws InputError for columns that are missing; DataError for an id that is there twice or features that are no numbers
 */
export function readItemTable(table: Table, names: ItemColumns = {}): ItemTable {
  checkIsTable("readItemTable: table", table);
  checkKeys(`${table.file}: columns`, names, ["id", "text", "features"]);
  const id = named(table, names.id) ?? firstOf(table, ID_NAMES);
  if (id === undefined) {
    throw new InputError(
      `${table.file}: no column for id; its columns are ${list(table.columns)}; understood are ${list(ID_NAMES)}; for another, name it: id: "…"`,
    );
  }
  const text =
    named(table, names.text) ??
    firstOf(
      table,
      TEXT_NAMES.filter((name) => name !== table.columns[id]),
    );
  const free = [...table.columns.keys()].filter((column) => column !== id && column !== text);
  const { vector, described } = chooseFeatures(table, names, free);
  const used = [...vector, ...described.columns];
  const index = new Map<string, number>();
  const texts: string[] = [];
  const rows: number[][] = [];
  for (let row = 0; row < table.rows; row++) {
    const item = idOf(table, row, id);
    if (index.has(item)) throw rowError(table, row, `the id ${show(item)} is there twice`, id);
    index.set(item, row);
    if (text !== undefined) texts.push(textOf(table, row, text, item));
    if (vector.length > 0) rows.push(readVector(table, row, vector, rows[0]?.length));
    else if (described.columns.length > 0) rows.push(described.row(row));
  }
  if (index.size === 0) throw new DataError({ file: table.file }, "has no rows");
  return {
    ids: [...index.keys()],
    ...(text === undefined ? {} : { text: texts }),
    ...(rows.length === 0 ? {} : { features: Float32Array.from(rows.flat()) }),
    index,
    ignored: free.filter((column) => !used.includes(column)).map((column) => table.columns[column]),
    notes: describeFeatures(table.file, described.names),
    file: table.file,
  };
}

/** One column of arrays, a numbered series, or columns of numbers and categories. @throws InputError for a named column that cannot be a feature */
function chooseFeatures(
  table: Table,
  names: ItemColumns,
  free: readonly number[],
): { readonly vector: readonly number[]; readonly described: DescribingColumns } {
  const wanted = names.features?.map((name) => named(table, name) ?? -1);
  const vector = wanted === undefined ? featureColumns(table, "", free) : wanted.length === 1 ? wanted : [];
  const described = describingColumns(table, vector.length > 0 ? [] : (wanted ?? free));
  const lost = vector.length > 0 ? undefined : wanted?.find((column) => !described.columns.includes(column));
  if (lost !== undefined)
    throw new InputError(
      `${table.file}: column ${show(table.columns[lost])} cannot be a feature: it must hold a number in every row, or few different words`,
    );
  return { vector, described };
}

function textOf(table: Table, row: number, column: number, id: string): string {
  const cell = table.cell(row, column);
  return isBlank(cell) ? id : typeof cell === "string" ? cell.trim() : idOf(table, row, column);
}

function named(table: Table, name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const column = table.columns.indexOf(name);
  if (column < 0)
    throw new InputError(
      `${table.file}: there is no column ${show(name)}; its columns are ${list(table.columns)}`,
    );
  return column;
}

function firstOf(table: Table, names: readonly string[]): number | undefined {
  const plain = table.columns.map((name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "_"));
  const name = names.find((candidate) => plain.includes(candidate));
  return name === undefined ? undefined : plain.indexOf(name);
}
