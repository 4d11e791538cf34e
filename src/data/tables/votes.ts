import { checkIsTable } from "../check-data.js";
import { checkKeys, checkObject, checkOneOf } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";
import {
  ANSWER_OPTIONS,
  assemble,
  checkAnswerOptions,
  type AnswerOptions,
  type LoadedTable,
} from "./assemble.js";
import { readVotes, type Coding } from "./codings.js";
import { ColumnChooser, type ColumnNames } from "./columns.js";
import {
  checkHasRows,
  doubtfulIds,
  readGroups,
  readIds,
  readTimes,
  readUsers,
  sourceOf,
  tableOfIds,
  type IdColumn,
} from "./read-columns.js";
import { withoutMissing, type Table } from "./table.js";
import { readHeldOut, readUserColumns, withoutUserColumns } from "./user-columns.js";

/** How a table of votes is read. */
export interface VoteOptions extends AnswerOptions {
  /** Names of the columns; those that are not given are guessed. */
  readonly columns?: Pick<ColumnNames, "user" | "statement" | "vote" | "group" | "time" | "heldOut">;
  /** What the values of the vote column mean, where no usual coding holds: `{ agree: [5], disagree: [1], pass: [3] }`. */
  readonly votes?: Coding;
  /** `drop` (default), or `half`: a pass is half an agreement and half a disagreement. */
  readonly passes?: "drop" | "half";
}

/** What else is known of statements and users, by id. */
export interface VoteExtras {
  /** The text of a statement. */
  readonly text?: ReadonlyMap<string, string>;
  /** The group of a user. */
  readonly groups?: ReadonlyMap<string, string>;
  /** Statements whose votes are not used. */
  readonly without?: ReadonlySet<string>;
}

/** What a vote compares. */
export const ANSWERS: FeatureTable = { ids: ["disagree", "agree"], text: ["Disagree", "Agree"] };

/**
 * Votes on statements as preferences: a vote compares "disagree" (left) with "agree" (right), with the statement as context. Of several
 * votes of a user on a statement the last counts.
 * @throws InputError for columns that are missing or ambiguous, or votes of an unknown coding
 * @throws DataError for a cell that cannot be right (with its line), or when nothing is left
 */
export function votesFromTable(
  whole: Table,
  options: VoteOptions = {},
  extras: VoteExtras = {},
): LoadedTable {
  checkIsTable("votesFromTable: table", whole);
  checkObject("votesFromTable: extras", extras, [], "an object such as { texts }");
  const caller = "loadVotes";
  checkKeys(caller, options, [...ANSWER_OPTIONS, "columns", "votes", "passes"]);
  checkAnswerOptions(caller, options);
  checkOneOf(`${caller}: passes`, options.passes ?? "drop", ["drop", "half"]);
  checkHasRows(whole);
  const { columns = {}, passes = "drop", minimumPerUser = 1 } = options;
  checkKeys(`${caller}: columns`, columns, ["user", "statement", "vote", "group", "time", "heldOut"]);
  const chooser = new ColumnChooser(caller, whole, columns);
  const user = options.user === undefined ? chooser.needed("user") : chooser.optional("user");
  const [statement, vote] = (["statement", "vote"] as const).map((role) => chooser.needed(role));
  const table = withoutMissing(whole, [user, statement]);
  const [group, timeColumn] = [chooser.optional("group"), chooser.optional("time")];
  const heldOut = readHeldOut(table, chooser.optional("heldOut"));
  const users = readUsers(table, user, options.user);
  const known = readUserColumns(table, [...(group === undefined ? [] : [group]), ...chooser.free()], users);
  const statements = readIds(table, statement);
  const { of, coding } = readVotes(table, vote, options.votes);
  const own = readGroups(table, group, users);
  const { time, warnings: ofTime } = readTimes(table, timeColumn);
  const removed = statements.ids.all.map((id) => extras.without?.has(id) === true);
  const rows = Int32Array.from(of.keys()).filter((row) => !removed[statements.of[row]]);
  return assemble(
    {
      users: users.ids.all,
      groups:
        extras.groups === undefined ? own.groups : users.ids.all.map((id) => extras.groups?.get(id) ?? ""),
      columns: known.columns,
      heldOut: heldOut === undefined ? undefined : Uint8Array.from(rows, (row) => heldOut[row]),
      items: ANSWERS,
      contexts: statementTable(statements, extras),
      user: rows.map((row) => users.of[row]),
      left: new Int32Array(rows.length),
      right: new Int32Array(rows.length).fill(1),
      context: rows.map((row) => statements.of[row]),
      answer: Array.from(rows, (row) => of[row]),
      ...(time === undefined ? {} : { time: Float64Array.from(rows, (row) => time[row]) }),
    },
    {
      table,
      kind: "votes",
      columns: withoutUserColumns(chooser.chosen(), known.columns),
      coding,
      ties: passes === "half" ? "half" : "dropped",
      repeated: "last",
      minimumPerUser,
      source: sourceOf(table, options.source),
      warnings: [...doubtfulIds(table, [user, statement]), ...own.warnings, ...ofTime],
      notes: known.notes,
    },
  );
}

function statementTable({ ids }: IdColumn, { text }: VoteExtras): FeatureTable {
  return text === undefined
    ? tableOfIds(ids.all)
    : { ids: ids.all, text: ids.all.map((id) => text.get(id) ?? id) };
}
