import { show } from "../../../core/index.js";
import type { Answer } from "../answers.js";
import { isBlank, numberOf, rowError, type Table } from "../table.js";
import type { AnswersRead, Format, Work } from "./format.js";
import { ANSWERS, statementTable } from "./votes.js";

/** What Polis says of each participant beside the votes: it follows from them. */
const COUNTS = new Set(["n-comments", "n-votes", "n-agree", "n-disagree"]);

/** Polis's matrix of votes: a row for each participant, a column for each statement, whose name is the statement's id. */
export const voteMatrix: Format = {
  name: "votes",
  looks: "a matrix of votes as Polis writes it (participant, group-id, 0, 1, 2 …)",
  layout: (table) => (isVoteMatrix(table) ? { user: "participant", group: "group-id" } : undefined),
  sure: (_, table) =>
    isVoteMatrix(table)
      ? { sure: 1, because: "columns participant, group-id and numbers, as Polis writes them" }
      : undefined,
  roles(chooser, table) {
    const statements: number[] = [];
    for (const column of chooser.free()) {
      const name = table.columns[column];
      if (COUNTS.has(name)) chooser.claim(`count ${name}`, column);
      if (/^\d+$/.test(name)) statements.push(chooser.claim(`statement ${name}`, column));
    }
    return { needed: [], read: (work) => readRows(work, statements) };
  },
};

/** Whether a table has the columns of Polis's matrix. */
export function isVoteMatrix({ columns }: Pick<Table, "columns">): boolean {
  const isNumbered = columns.some((name) => /^\d+$/.test(name));
  return isNumbered && columns.includes("participant") && columns.includes("group-id");
}

/** @throws DataError for a cell that is no vote */
function readRows({ table, extras }: Work, columns: readonly number[]): AnswersRead {
  const kept = columns.filter((column) => extras.without?.has(table.columns[column]) !== true);
  const [of, context]: number[][] = [[], []];
  const answer: Answer[] = [];
  for (let row = 0; row < table.rows; row++) {
    kept.forEach((column, statement) => {
      const cell = table.cell(row, column);
      if (isBlank(cell)) return;
      const vote = numberOf(cell);
      if (vote !== 1 && vote !== -1 && vote !== 0)
        throw rowError(
          table,
          row,
          `a vote must be 1 (agree), -1 (disagree) or 0 (pass), got ${show(cell)}`,
          column,
        );
      of.push(row);
      context.push(statement);
      answer.push(vote);
    });
  }
  const ids = kept.map((column) => table.columns[column]);
  return {
    items: ANSWERS,
    contexts: statementTable(ids, extras),
    of: Int32Array.from(of),
    left: new Int32Array(of.length),
    right: new Int32Array(of.length).fill(1),
    context: Int32Array.from(context),
    answer,
    coding: { name: "1 agree, -1 disagree, 0 pass", values: { "1": 1, "-1": -1, "0": 0 } },
    made: `each filled cell of ${kept.length} columns of statements`,
    warnings: [],
    notes: [],
  };
}
