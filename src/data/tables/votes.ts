import { checkIsTable } from "../check-data.js";
import { checkKeys, checkObject, checkOneOf } from "../../core/index.js";
import { ANSWER_OPTIONS, type LoadedTable } from "./assemble.js";
import type { VoteExtras } from "./formats/format.js";
import { readAnswers, type TableOptions } from "./read-answers.js";
import type { Table } from "./table.js";

/** How a table of votes is read. */
export interface VoteOptions extends Omit<
  TableOptions,
  "format" | "labels" | "pairs" | "texts" | "ties" | "repeated"
> {
  /** `drop` (default), or `half`: a pass is half an agreement and half a disagreement. */
  readonly passes?: "drop" | "half";
}

const COLUMNS = ["user", "statement", "vote", "group", "time", "heldOut"];

/**
 * Votes on statements as preferences: a vote compares "disagree" (left) with "agree" (right), with the statement as context. Of several
 * votes of a user on a statement the last counts. A table has a row for each vote, or is Polis's matrix of participants and statements.
 * @throws InputError for columns that are missing or ambiguous, or votes of an unknown coding
 * @throws DataError for a cell that cannot be right (with its line), or when nothing is left
 */
export function votesFromTable(
  table: Table,
  options: VoteOptions = {},
  extras: VoteExtras = {},
): LoadedTable {
  checkIsTable("votesFromTable: table", table);
  checkObject("votesFromTable: extras", extras, [], "an object such as { texts }");
  const caller = "loadVotes";
  checkKeys(caller, options, [
    ...ANSWER_OPTIONS,
    "columns",
    "votes",
    "passes",
    "scale",
    "strength",
    "coding",
  ]);
  checkKeys(`${caller}: columns`, options.columns ?? {}, COLUMNS);
  const { passes, ...rest } = options;
  checkOneOf(`${caller}: passes`, passes ?? "drop", ["drop", "half"]);
  return readAnswers(caller, table, { ...rest, ties: passes ?? "drop", format: "votes" }, { extras });
}
