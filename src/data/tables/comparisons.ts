import { checkIsTable } from "../check-data.js";
import { checkKeys } from "../../core/index.js";
import { ANSWER_OPTIONS, type LoadedTable } from "./assemble.js";
import type { ComparisonTables } from "./formats/format.js";
import { readAnswers, type TableOptions } from "./read-answers.js";
import type { Table } from "./table.js";

/** How a table of comparisons is read. */
export type ComparisonOptions = Omit<TableOptions, "format" | "votes" | "pairs">;

const OPTIONS = [
  ...ANSWER_OPTIONS,
  ...["columns", "labels", "ties", "repeated", "scale", "strength", "texts", "coding"],
];
const COLUMNS = ["user", "left", "right", "label", "context", "group", "time", "heldOut", "weight"];

/**
 * Comparisons, one a row, as preferences. Items are ids of a second table, texts, feature columns, or ids alone (then they are learned).
 * A table of chosen and rejected items needs no labels; the side on which the chosen one stands is then drawn (seed 0).
 * @throws InputError for columns that are missing or ambiguous, or labels of an unknown coding
 * @throws DataError for a cell that cannot be right (with its line), an id that the second table lacks, or when nothing is left
 */
export function comparisonsFromTable(
  table: Table,
  options: ComparisonOptions = {},
  tables: ComparisonTables = {},
): LoadedTable {
  checkIsTable("comparisonsFromTable: table", table);
  const caller = "loadComparisons";
  checkKeys(caller, options, OPTIONS);
  checkKeys(`${caller}: columns`, options.columns ?? {}, COLUMNS);
  return readAnswers(caller, table, { ...options, format: "comparisons" }, { tables });
}
