import { checkIsTable } from "../check-data.js";
import { InputError } from "../../core/index.js";
import type { LoadedTable } from "./assemble.js";
import type { ComparisonTables } from "./formats/format.js";
import { readAnswers, type TableOptions } from "./read-answers.js";
import type { Table } from "./table.js";

/** How {@link dataFromTable} reads a table, whatever it holds. */
export type TableDataOptions = TableOptions;

/**
 * A table of comparisons, votes, ratings, rankings or choices, told by its columns, as preferences.
 * @throws InputError when it may be none or several of them, and for columns and codings that are missing or ambiguous
 * @throws DataError for a cell that cannot be right (with its line), an id that a second table lacks, or when nothing is left
 */
export function dataFromTable(
  table: Table,
  options: TableDataOptions = {},
  tables: ComparisonTables = {},
): LoadedTable {
  checkIsTable("dataFromTable: table", table);
  const loaded = readAnswers("loadData", table, options, { tables });
  const unused = [tables.items, tables.contexts].find((second) => second !== undefined);
  if (loaded.summary.kind === "votes" && unused !== undefined)
    throw new InputError(`${table.file} holds votes: ${unused.file} cannot be used with it`);
  return loaded;
}
