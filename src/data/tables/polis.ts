import Papa from "papaparse";
import { DataError, list, show } from "../../core/index.js";
import type { PreferenceData } from "../preference-data.js";
import { isVoteMatrix } from "./formats/vote-matrix.js";
import { idOf, isBlank, type Table } from "./table.js";

/** The statements of a Polis conversation, from comments.csv. */
export interface Comments {
  readonly count: number;
  /** By id. */
  readonly text: ReadonlyMap<string, string>;
  /** Ids of those that moderators removed (`moderated` is -1). */
  readonly removed: ReadonlySet<string>;
  /** Agreements less disagreements, by id, where the file counts them. */
  readonly balance: ReadonlyMap<string, number>;
  /** Different authors. */
  readonly commenters: number;
}

/** What summary.csv states, where it does. */
export interface StatedFacts {
  readonly topic?: string;
  readonly url?: string;
  readonly description?: string;
  readonly voters?: number;
  readonly commenters?: number;
  readonly comments?: number;
  readonly groups?: number;
}

/** @throws DataError for a missing column, a comment without id, or one id twice */
export function readComments(table: Table): Comments {
  const [id, body, moderated] = ["comment-id", "comment-body", "moderated"].map((name) =>
    columnNamed(table, name),
  );
  const [author, agrees, disagrees] = ["author-id", "agrees", "disagrees"].map((name) =>
    table.columns.indexOf(name),
  );
  const balance = new Map<string, number>();
  const text = new Map<string, string>();
  const removed = new Set<string>();
  const authors = new Set<string>();
  for (let row = 0; row < table.rows; row++) {
    const comment = idOf(table, row, id);
    if (text.has(comment)) {
      const line = table.line(row);
      throw new DataError(
        { file: table.file, ...(line === undefined ? {} : { line }) },
        `comment ${show(comment)} is there twice`,
      );
    }
    const cell = table.cell(row, body);
    text.set(comment, typeof cell === "string" && !isBlank(cell) ? cell.trim() : comment);
    if (Number(table.cell(row, moderated)) === -1) removed.add(comment);
    if (agrees >= 0 && disagrees >= 0)
      balance.set(comment, Number(table.cell(row, agrees)) - Number(table.cell(row, disagrees)));
    if (author >= 0) authors.add(String(table.cell(row, author)));
  }
  return { count: table.rows, text, removed, balance, commenters: authors.size };
}

/** Polis's own group of each participant, "" for none, from participants-votes.csv. @throws DataError for a missing column */
export function readGroupsOfParticipants(table: Table): Map<string, string> {
  const [participant, group] = ["participant", "group-id"].map((name) => columnNamed(table, name));
  const groups = new Map<string, string>();
  for (let row = 0; row < table.rows; row++) {
    groups.set(idOf(table, row, participant), isBlank(table.cell(row, group)) ? "" : idOf(table, row, group));
  }
  return groups;
}

/** Reads summary.csv: a name and a value a line. What is not there is left out. */
export function readStated(file: string, text: string): StatedFacts {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ",", newline: "\n" });
  if (errors.length > 0) throw new DataError({ file }, `${errors[0].message}: the file is damaged`);
  const values = new Map(
    data.filter((row) => row.length >= 2).map(([name, value]) => [name.trim(), value.trim()]),
  );
  const count = (name: string): number | undefined => {
    const value = values.get(name);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  return {
    topic: values.get("topic"),
    url: values.get("url"),
    description: values.get("conversation-description"),
    voters: count("voters"),
    commenters: count("commenters"),
    comments: count("comments"),
    groups: count("groups"),
  };
}

/** The files of one conversation, read. */
export interface Conversation {
  readonly votes: Table;
  readonly comments: Comments;
  readonly groups: ReadonlyMap<string, string> | undefined;
  readonly stated: StatedFacts;
}

/** Where the files do not agree with summary.csv or with each other, in plain words. */
export function differences({ votes, comments, groups, stated }: Conversation): {
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
} {
  const isMatrix = isVoteMatrix(votes);
  const voter = columnNamed(votes, isMatrix ? "participant" : "voter-id");
  const comment = isMatrix ? undefined : columnNamed(votes, "comment-id");
  const voters = new Set<string>();
  const asked = new Set(isMatrix ? votes.columns.filter((name) => /^\d+$/.test(name)) : []);
  for (let row = 0; row < votes.rows; row++) {
    voters.add(idOf(votes, row, voter));
    if (comment !== undefined) asked.add(idOf(votes, row, comment));
  }
  const unknown = new Set([...asked].filter((id) => !comments.text.has(id)));
  const notes: string[] = [];
  const compare = (what: string, where: string, found: number, expected: number | undefined): void => {
    if (expected !== undefined && found !== expected)
      notes.push(`summary.csv states ${expected} ${what}, ${where} has ${found}`);
  };
  compare("comments", "comments.csv", comments.count, stated.comments);
  compare("commenters", "comments.csv", comments.commenters, stated.commenters);
  const where = isMatrix ? "participants-votes.csv" : "votes.csv";
  compare("voters", where, voters.size, stated.voters);
  if (groups !== undefined) {
    const different = new Set([...groups.values()].filter((group) => group !== ""));
    compare("groups", "participants-votes.csv", different.size, stated.groups);
  }
  const lost = `${where} has votes on ${unknown.size} statements that comments.csv lacks (${list([...unknown])}): they have no text`;
  return { notes, warnings: unknown.size > 0 ? [lost] : [] };
}

/** Below this correlation of the two counts votes are taken to be turned. */
const TURNED = -0.5;

/** Warns where statements that comments.csv counts more agreement for have more disagreement by the votes. */
export function turnedVotes(data: PreferenceData, { balance }: Pick<Comments, "balance">): string[] {
  const { context, contexts, label, weight } = data;
  if (context === undefined || contexts === undefined) return [];
  const counted = new Float64Array(contexts.ids.length);
  label.forEach((value, row) => {
    counted[context[row]] += value * (weight?.[row] ?? 1);
  });
  let [both, own, other] = [0, 0, 0];
  contexts.ids.forEach((id, i) => {
    const stated = balance.get(id);
    if (stated === undefined || !Number.isFinite(stated)) return;
    both += counted[i] * stated;
    own += counted[i] ** 2;
    other += stated ** 2;
  });
  if (own === 0 || other === 0 || both / Math.sqrt(own * other) > TURNED) return [];
  return [
    "the votes contradict comments.csv: statements with more agreement there have more disagreement here, so 1 and -1 may be turned; " +
      "--votes agree=-1 --votes disagree=1 --votes pass=0 (votes: { agree: [-1], disagree: [1], pass: [0] }) turns them",
  ];
}

function columnNamed(table: Table, name: string): number {
  const column = table.columns.indexOf(name);
  if (column < 0)
    throw new DataError(
      { file: table.file },
      `has no column ${show(name)}; its columns are ${list(table.columns)}`,
    );
  return column;
}
