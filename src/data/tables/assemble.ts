import { checkInteger, checkKeys, DataError, list, quantile } from "../../core/index.js";
import type { AnswerCoding } from "../answer-coding.js";
import type { DataSource, FeatureTable, PreferenceData } from "../preference-data.js";
import { buildData, type AnswerRows } from "./build-data.js";
import type { ChosenColumns } from "./columns.js";
import type { DataSummary, DescribedBy, UsersNamed } from "./summary.js";
import type { Table } from "./table.js";

/** What is done with answers, whichever table they come from. */
export interface AnswerOptions {
  /** Who gave all answers, where the table has no column that says so. */
  readonly user?: string;
  /** Users with fewer answers are dropped, default 1. */
  readonly minimumPerUser?: number;
  /** Who made the data and under which licence; default: the file's name, "not stated". */
  readonly source?: { readonly name: string; readonly license: string; readonly url?: string };
}

/** Data ready to train on, and what was met on the way. */
export interface LoadedTable {
  readonly data: PreferenceData;
  readonly summary: DataSummary;
}

export interface Assembly {
  readonly table: Table;
  readonly kind: DataSummary["kind"];
  /** Why that kind was taken. */
  readonly because: string;
  readonly columns: ChosenColumns;
  readonly coding: AnswerCoding;
  /** How answers were made of what was given, where that is something else. */
  readonly made?: string;
  /** Choices of reading, by the names of their options. */
  readonly options: DataSummary["options"];
  /** Rows of the table that gave no answer at all. */
  readonly unanswered: number;
  readonly ties: "dropped" | "half";
  readonly repeated: "last" | "all";
  readonly minimumPerUser: number;
  readonly source: DataSource;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** Below so many answers a user counts as one with few. */
const FEW = 5;

/** The names of {@link AnswerOptions}. */
export const ANSWER_OPTIONS: readonly (keyof AnswerOptions)[] = ["user", "minimumPerUser", "source"];

/** @throws InputError */
export function checkAnswerOptions(caller: string, options: AnswerOptions): void {
  checkInteger(`${caller}: minimumPerUser`, options.minimumPerUser ?? 1, { min: 1 });
  if (options.source !== undefined)
    checkKeys(`${caller}: source`, options.source, ["name", "license", "url"]);
}

/** Drops what cannot be used, counts it, and builds the data. @throws DataError when nothing is left */
export function assemble(rows: AnswerRows, how: Assembly): LoadedTable {
  const answered = Array.from(rows.user.keys()).filter((row) => rows.answer[row] !== undefined);
  const proper = answered.filter((row) => rows.left[row] !== rows.right[row]);
  const superseded = findSuperseded(rows, proper);
  const single = how.repeated === "last" ? proper.filter((row) => superseded[row] === 0) : proper;
  const ties = single.filter((row) => rows.answer[row] === 0).length;
  const usable = how.ties === "half" ? single : single.filter((row) => rows.answer[row] !== 0);
  const perUser = new Int32Array(rows.users.length);
  for (const row of usable) perUser[rows.user[row]]++;
  const kept = usable.filter((row) => perUser[rows.user[row]] >= how.minimumPerUser);
  const dropped = {
    unanswered: rows.user.length - answered.length + how.unanswered,
    selfComparisons: answered.length - proper.length,
    ties: { count: ties, kept: how.ties },
    repeated: { count: superseded.reduce((sum, value) => sum + value, 0), kept: how.repeated },
    silentUsers: perUser.filter((count) => count === 0).length,
  };
  if (kept.length === 0) throw nothingLeft(rows, how, dropped);
  const subject = how.kind === "votes" ? "votes" : "pairs";
  const { table, kind, because, columns, coding, made, options } = how;
  const data: PreferenceData = { ...buildData(rows, kept, how.source), subject, coding };
  const { judgement } = rows;
  const summary: DataSummary = {
    file: table.file,
    format: table.format,
    kind,
    because,
    columns,
    coding: coding.name,
    options,
    ...(made === undefined ? {} : { made }),
    ...(judgement === undefined ? {} : { judgements: new Set(kept.map((row) => judgement[row])).size }),
    rows: table.rowsOfFile ?? table.rows,
    users: data.users.length,
    items: data.items.ids.length,
    contexts: data.contexts?.ids.length ?? 0,
    described: {
      items: describedBy(data.items),
      ...(data.contexts === undefined ? {} : { contexts: describedBy(data.contexts) }),
    },
    answers: kept.length,
    ...dropped,
    ...describeUsers(rows, { kept, perUser, minimum: how.minimumPerUser }),
    warnings: [...how.warnings, ...thinness(data, kind)],
    notes: [...(table.notes ?? []), ...how.notes],
  };
  return { data, summary };
}

type Dropped = Pick<DataSummary, "unanswered" | "selfComparisons" | "ties" | "repeated" | "silentUsers">;

function nothingLeft(rows: AnswerRows, how: Assembly, dropped: Dropped): DataError {
  const { unanswered, selfComparisons, ties } = dropped;
  const even = how.kind === "votes" ? "passes" : "ties";
  const what = rows.judgement === undefined ? "rows" : "pairs";
  const why = `${rows.user.length} ${what}, of which ${unanswered} without an answer, ${selfComparisons} of an item with itself, ${ties.count} ${even}`;
  const fewest = how.minimumPerUser > 1 ? `; no user has ${how.minimumPerUser} answers` : "";
  return new DataError({ file: how.table.file }, `has nothing to learn from: ${why}${fewest}`);
}

/** 1 for each of `candidates` that a later one of the same user and question replaces, shape [rows]. */
function findSuperseded(rows: AnswerRows, candidates: readonly number[]): Uint8Array {
  const superseded = new Uint8Array(rows.user.length);
  const last = new Map<string, number>();
  for (const row of candidates) {
    const [low, high] = [
      Math.min(rows.left[row], rows.right[row]),
      Math.max(rows.left[row], rows.right[row]),
    ];
    const key = `${rows.user[row]} ${low} ${high} ${rows.context?.[row] ?? ""}`;
    const earlier = last.get(key);
    if (earlier === undefined) last.set(key, row);
    else if (rows.time !== undefined && rows.time[row] < rows.time[earlier]) superseded[row] = 1;
    else {
      superseded[earlier] = 1;
      last.set(key, row);
    }
  }
  return superseded;
}

interface KeptRows {
  readonly kept: readonly number[];
  /** Usable answers of each user of the file. */
  readonly perUser: Int32Array;
  readonly minimum: number;
}

function describeUsers(
  rows: AnswerRows,
  { kept, perUser, minimum }: KeptRows,
): Pick<DataSummary, "rightShare" | "answersPerUser" | "fewAnswers" | "alwaysTheSame"> {
  const sum = new Float64Array(rows.users.length);
  let total = 0;
  for (const row of kept) {
    sum[rows.user[row]] += rows.answer[row] ?? 0;
    total += rows.answer[row] ?? 0;
  }
  const named = (isMeant: (user: number) => boolean): UsersNamed => {
    const found = rows.users.filter((_, user) => isMeant(user));
    return { users: found.length, first: found.slice(0, 10) };
  };
  const below = Math.max(FEW, minimum);
  const counts = perUser.filter((count) => count >= minimum);
  return {
    rightShare: (1 + total / kept.length) / 2,
    answersPerUser: { least: quantile(counts, 0), median: quantile(counts, 0.5), most: quantile(counts, 1) },
    fewAnswers: {
      ...named((user) => perUser[user] > 0 && perUser[user] < below),
      below,
      kept: minimum > 1 ? "dropped" : "all",
    },
    alwaysTheSame: named((user) => perUser[user] >= below && Math.abs(sum[user]) === perUser[user]),
  };
}

function describedBy({ features, text }: FeatureTable): DescribedBy {
  return features !== undefined ? "features" : text !== undefined ? "texts" : "ids";
}

/** Warnings about data that can hardly teach anything. */
function thinness(data: PreferenceData, kind: DataSummary["kind"]): string[] {
  const { users, items, contexts, label } = data;
  const warnings: string[] = [];
  if (users.length === 1)
    warnings.push(
      `there is one user only (${list(users)}): nothing can be said about differences between users`,
    );
  if (kind === "votes" && contexts?.ids.length === 1)
    warnings.push("there is one statement only: every user is one answer");
  if (contexts === undefined && items.ids.length === 2)
    warnings.push("there are two items only: every comparison is of the same pair");
  const isTied = data.weight !== undefined;
  if (!isTied && label.every((value) => value === label[0])) {
    const [right, left] = kind === "votes" ? ["agree", "disagree"] : ["the right item", "the left item"];
    warnings.push(
      `all answers are the same (${label[0] > 0 ? right : left}): there is nothing to learn, or the coding is not the one meant`,
    );
  }
  return warnings;
}
