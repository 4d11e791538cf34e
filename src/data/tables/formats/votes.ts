import type { FeatureTable } from "../../preference-data.js";
import { areVotes, readVotes } from "../codings.js";
import { doubtfulIds, readIds, tableOfIds } from "../read-columns.js";
import type { AnswersRead, Format, VoteExtras, Work } from "./format.js";

/** What a vote compares. */
export const ANSWERS: FeatureTable = { ids: ["disagree", "agree"], text: ["Disagree", "Agree"] };

/** Votes on statements, one a row: "disagree" (left) against "agree" (right), with the statement as context. */
export const votes: Format = {
  name: "votes",
  looks: "votes (user, statement, vote)",
  sure(chooser, table) {
    if (chooser.taken("vote") !== undefined || chooser.taken("statement") !== undefined)
      return { sure: 1, because: "a column of votes or statements is named" };
    const [statement, vote] = [chooser.candidates("statement"), chooser.candidates("vote")];
    if (statement.length === 0 || vote.length === 0) return undefined;
    const because = `columns ${table.columns[statement[0]]} and ${table.columns[vote[0]]}`;
    return { sure: areVotes(table, vote[0]) || table.columns[vote[0]] === "vote" ? 0.9 : 0.3, because };
  },
  roles(chooser) {
    const [statement, vote] = (["statement", "vote"] as const).map((role) => chooser.needed(role));
    return { needed: [statement], read: (work) => readRows(work, statement, vote) };
  },
};

function readRows({ table, options, extras }: Work, statement: number, vote: number): AnswersRead {
  const statements = readIds(table, statement);
  const { votes: given, scale, coding: known, strength: isAsked } = options;
  const { of, coding, strength } = readVotes(table, vote, { given, scale, known });
  const removed = statements.ids.all.map((id) => extras.without?.has(id) === true);
  const rows = Int32Array.from(of.keys()).filter((row) => !removed[statements.of[row]]);
  return {
    items: ANSWERS,
    contexts: statementTable(statements.ids.all, extras),
    of: rows,
    left: new Int32Array(rows.length),
    right: new Int32Array(rows.length).fill(1),
    context: rows.map((row) => statements.of[row]),
    answer: Array.from(rows, (row) => of[row]),
    ...(strength === undefined || isAsked !== "weight"
      ? {}
      : { weight: Float32Array.from(rows, (row) => (of[row] === 0 ? 1 : strength[row])) }),
    coding,
    warnings: doubtfulIds(table, [statement]),
    notes: [],
  };
}

/** Statements, with their texts where those are known. */
export function statementTable(ids: readonly string[], { text }: VoteExtras): FeatureTable {
  return text === undefined ? tableOfIds(ids) : { ids, text: ids.map((id) => text.get(id) ?? id) };
}
