export type { AnswerOptions, LoadedTable } from "./assemble.js";
export type { Coding } from "./codings.js";
export type { ChosenColumns } from "./columns.js";
export type { ColumnNames, Role } from "./roles.js";
export { comparisonsFromTable } from "./comparisons.js";
export type { ComparisonOptions } from "./comparisons.js";
export type {
  ComparisonTables,
  FormatName,
  PairsMade,
  ReadingOptions,
  VoteExtras,
} from "./formats/format.js";
export type { Scale } from "./grades.js";
export type { TableOptions } from "./read-answers.js";
export { dataFromTable } from "./data-from-table.js";
export type { TableDataOptions } from "./data-from-table.js";
export { readItemTable } from "./item-table.js";
export type { ItemColumns, ItemTable } from "./item-table.js";
export { pairsFromTable } from "./pairs.js";
export type { JudgedPairs } from "./pairs.js";
export { parseParquet } from "./parse/parquet.js";
export { parseTable } from "./parse/parse-table.js";
export { conversationOf, polisKind } from "./polis-conversation.js";
export type { PolisFile } from "./polis-conversation.js";
export type { TableBytes, TableObjects } from "./parse/parse-table.js";
export { renderSummary } from "./summary.js";
export type { DataSummary, UsersNamed } from "./summary.js";
export type { Table, TableFormat } from "./table.js";
export { votesFromTable } from "./votes.js";
export type { VoteOptions } from "./votes.js";
