import { checkIsTable } from "../check-data.js";
import { checkKeys, InputError, list, show } from "../../core/index.js";
import type { AnswerOptions, LoadedTable } from "./assemble.js";
import { ColumnChooser, type ColumnNames } from "./columns.js";
import { comparisonsFromTable, type ComparisonTables } from "./comparisons.js";
import { hasSides } from "./sides.js";
import type { Table } from "./table.js";
import { votesFromTable } from "./votes.js";

export interface TableDataOptions extends AnswerOptions {
  /** Names of the columns; those that are not given are guessed. */
  readonly columns?: ColumnNames;
  /** Ties and passes: `drop` (default), or `half`. */
  readonly ties?: "drop" | "half";
}

/**
 * A table of comparisons or votes, told by its columns, as preferences.
 * @throws InputError when it may be neither; what {@link comparisonsFromTable} and {@link votesFromTable} throw
 */
export function dataFromTable(
  table: Table,
  { ties, ...options }: TableDataOptions = {},
  tables: ComparisonTables = {},
): LoadedTable {
  checkIsTable("dataFromTable: table", table);
  const { columns = {} } = options;
  checkKeys("loadData: columns", columns, ROLES);
  if (tableKind(table, columns) === "comparisons") {
    return comparisonsFromTable(table, { ...options, ...(ties === undefined ? {} : { ties }) }, tables);
  }
  const unused = [tables.items, tables.contexts].find((second) => second !== undefined);
  if (unused !== undefined)
    throw new InputError(`${table.file} holds votes: ${unused.file} cannot be used with it`);
  return votesFromTable(table, { ...options, ...(ties === undefined ? {} : { passes: ties }) });
}

const ROLES = ["user", "left", "right", "label", "context", "statement", "vote", "group", "time", "heldOut"];

/** @throws InputError when a table may be neither, or the columns of its items are ambiguous */
export function tableKind(table: Table, columns: ColumnNames = {}): "comparisons" | "votes" {
  if (columns.vote !== undefined || columns.statement !== undefined) return "votes";
  const chooser = new ColumnChooser("loadData", table, columns);
  if (columns.left !== undefined) return "comparisons";
  if (hasSides(chooser, table)) {
    const { names } = chooser.chosen();
    const isBoth =
      table.columns.includes("statement") && table.columns.includes("vote") && columns.label === undefined;
    if (isBoth && names.left !== undefined && names.left !== "left")
      throw new InputError(
        `${table.file}: may be comparisons of ${show(names.left)} and ${show(names.right)}, or votes on statements; name the columns: ` +
          'columns: { statement: "statement", vote: "vote" } (--column vote=vote) or ' +
          `columns: { left: ${show(names.left)}, right: ${show(names.right)} } (--column left=${names.left} --column right=${names.right})`,
      );
    return "comparisons";
  }
  if (chooser.optional("statement") !== undefined && chooser.optional("vote") !== undefined) return "votes";
  throw new InputError(
    `${table.file}: is neither comparisons (columns like user, left, right, label) nor votes (user, statement, vote); ` +
      `its columns are ${list(table.columns)}; name them: columns: { user: "…", left: "…", right: "…", label: "…" } or ` +
      'columns: { user: "…", statement: "…", vote: "…" }',
  );
}
