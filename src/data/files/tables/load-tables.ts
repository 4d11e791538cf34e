import { readFile } from "node:fs/promises";
import { checkObject, DataError, InputError, messageOf, show } from "../../../core/index.js";
import type { LoadedTable } from "../../tables/assemble.js";
import { comparisonsFromTable, type ComparisonOptions } from "../../tables/comparisons.js";
import { readItemTable, type ItemColumns, type ItemTable } from "../../tables/item-table.js";
import { parseTable, type TableBytes, type TableObjects } from "../../tables/parse/parse-table.js";
import type { Table } from "../../tables/table.js";
import { votesFromTable, type VoteOptions } from "../../tables/votes.js";
import { readParquet } from "./read-parquet.js";

/** A table: the path of a file, its bytes, or objects in memory. */
export type TableSource = string | TableBytes | TableObjects;

/** How {@link loadComparisons} reads a file: columns, codings, and tables that stand beside it. */
export interface LoadComparisonsOptions extends ComparisonOptions {
  /** The second table that the items' ids refer to: `id` and a `text` or features. */
  readonly items?: TableSource;
  readonly itemColumns?: ItemColumns;
  /** The same for contexts. */
  readonly contexts?: TableSource;
  readonly contextColumns?: ItemColumns;
}

/**
 * Comparisons from a table of one's own: CSV, JSONL or Parquet with a row for each comparison, in one step. Columns are guessed and
 * shown in the summary, or given.
 * @example const { data, summary } = await loadComparisons("answers.csv", { columns: { user: "user", label: "label" } });
 * @throws InputError for what the caller can mend (a file that is not there, columns, codings); DataError naming file and line
 */
export async function loadComparisons(
  source: TableSource,
  options: LoadComparisonsOptions = {},
): Promise<LoadedTable> {
  checkObject("loadComparisons: options", options, [], "an object such as { columns, items }");
  const { items, itemColumns, contexts, contextColumns, ...rest } = options;
  return comparisonsFromTable(await readTable(source), rest, {
    ...(items === undefined ? {} : { items: await readItems(items, itemColumns) }),
    ...(contexts === undefined ? {} : { contexts: await readItems(contexts, contextColumns) }),
  });
}

/**
 * Votes from a table of one's own: CSV, JSONL or Parquet with a row for each vote of a user on a statement.
 * @example const { data, summary } = await loadVotes("votes.csv", { passes: "half" });
 * @throws as {@link loadComparisons}
 */
export async function loadVotes(source: TableSource, options: VoteOptions = {}): Promise<LoadedTable> {
  return votesFromTable(await readTable(source), options);
}

/** Reads a table of items or contexts. @throws as {@link readTable}, and for columns or ids that cannot be right */
export async function readItems(source: TableSource, columns?: ItemColumns): Promise<ItemTable> {
  return readItemTable(await readTable(source), columns);
}

const SOURCES = 'the path of a file, { name: "answers.csv", bytes } or { name: "answers", rows }';

/** Reads a table. @throws InputError when there is no such file; DataError for a damaged one */
export async function readTable(source: TableSource): Promise<Table> {
  if (typeof source !== "string") checkObject("readTable: source", source, ["name"], SOURCES);
  if (typeof source !== "string") return "bytes" in source ? tableOfBytes(source) : parseTable(source);
  const bytes = await readFile(source).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw new InputError(`there is no file ${show(source)}`, { cause });
    throw new DataError({ file: source }, `cannot be read (${messageOf(cause)})`, { cause });
  });
  return tableOfBytes({ name: source, bytes });
}

async function tableOfBytes(input: TableBytes): Promise<Table> {
  return /\.parquet$/i.test(input.name) ? readParquet(input.name, input.bytes) : parseTable(input);
}
