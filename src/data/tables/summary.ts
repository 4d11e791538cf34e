import { checkObject } from "../../core/index.js";
import type { ChosenColumns } from "./columns.js";
import type { FormatName } from "./formats/format.js";
import type { TableFormat } from "./table.js";

/** What a table holds and what was made of it, to be read before anything is trained. */
export interface DataSummary {
  readonly file: string;
  readonly format: TableFormat;
  /** What the table holds. */
  readonly kind: FormatName;
  /** Why it was taken for that. */
  readonly because: string;
  readonly columns: ChosenColumns;
  /** How the labels or votes were read. */
  readonly coding: string;
  /** The choices that reading had, by the names of their options, and how they were made. */
  readonly options: { readonly [name: string]: string | number };
  /** How answers were made of what was given (rankings, ratings, choices, a matrix). */
  readonly made?: string;
  /** Rankings, choices or sets of ratings that the answers were made of: those of one are not independent. */
  readonly judgements?: number;
  /** Rows of the file. */
  readonly rows: number;
  readonly users: number;
  /** Different items; of votes 2: agree and disagree. */
  readonly items: number;
  /** Different contexts; of votes the statements. */
  readonly contexts: number;
  /** What describes items and contexts: features, texts (which can be embedded), or ids alone (then each is learned). */
  readonly described: { readonly items: DescribedBy; readonly contexts?: DescribedBy };
  /** Answers that are kept; a tie that is kept as two halves counts once. */
  readonly answers: number;
  /** Fraction (0-1) of the answers that prefer right; of votes that agree. A tie counts one half. */
  readonly rightShare: number;
  /** Ties of comparisons, passes of votes. */
  readonly ties: { readonly count: number; readonly kept: "dropped" | "half" };
  /** Rows that answer again what the same user was asked before. */
  readonly repeated: { readonly count: number; readonly kept: "last" | "all" };
  /** Rows that compare an item with itself; dropped. */
  readonly selfComparisons: number;
  /** Rows without a label or vote; dropped. */
  readonly unanswered: number;
  /** Users of whom nothing is left once ties, repetitions and the like are dropped. */
  readonly silentUsers: number;
  readonly answersPerUser: { readonly least: number; readonly median: number; readonly most: number };
  /** Users with fewer answers than `below`: little can be learned about them. */
  readonly fewAnswers: UsersNamed & { readonly below: number; readonly kept: "dropped" | "all" };
  /** Users with at least five answers, all the same: it may be a habit, not a preference. */
  readonly alwaysTheSame: UsersNamed;
  /** What a reader must know before trusting a result, in plain words. */
  readonly warnings: readonly string[];
  /** Other facts in plain words. */
  readonly notes: readonly string[];
}

export type DescribedBy = "features" | "texts" | "ids";

/** How many users, and the ids of the first ten. */
export interface UsersNamed {
  readonly users: number;
  readonly first: readonly string[];
}

/** A summary as lines of text: names on the left, values on the right. */
export function renderSummary(summary: DataSummary): string {
  checkObject(
    "renderSummary: summary",
    summary,
    ["kind", "rows"],
    "the summary that loadComparisons and loadVotes return",
  );
  const isVotes = summary.kind === "votes";
  const { ties, repeated, answersPerUser, fewAnswers, alwaysTheSame } = summary;
  const named = ({ users, first }: UsersNamed): string =>
    users === 0 ? "none" : `${users}: ${first.join(", ")}${users > first.length ? ", …" : ""}`;
  const lines: [string, string][] = [
    ["file", `${summary.file} (${summary.format})`],
    ["holds", `${summary.kind}: ${summary.because}`],
    ["columns", renderColumns(summary.columns)],
    ...optional("not used", summary.columns.ignored.join(", ")),
    [isVotes ? "votes are coded" : "labels are coded", summary.coding],
    ...optional("answers are", summary.made ?? ""),
    [
      "options",
      Object.entries(summary.options)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
    ],
    ["rows", count(summary.rows)],
    ["users", count(summary.users)],
    ...(isVotes
      ? []
      : [["items", `${count(summary.items)}${by(summary.described.items)}`] as [string, string]]),
    ...(summary.contexts === 0
      ? []
      : [
          [
            isVotes ? "statements" : "contexts",
            `${count(summary.contexts)}${by(summary.described.contexts)}`,
          ] as [string, string],
        ]),
    [
      isVotes ? "votes kept" : "comparisons kept",
      `${count(summary.answers)}, ${percent(summary.rightShare)} ${isVotes ? "agree" : "prefer the right item"}`,
    ],
    [
      isVotes ? "passes" : "ties",
      ties.count === 0
        ? "none"
        : `${count(ties.count)}, ${ties.kept === "half" ? "kept as two halves" : "dropped"}`,
    ],
    [
      "repeated answers",
      repeated.count === 0
        ? "none"
        : `${count(repeated.count)}, ${repeated.kept === "last" ? "the last of each counts" : "all are kept"}`,
    ],
    ...(isVotes
      ? []
      : [
          [
            "item with itself",
            summary.selfComparisons === 0 ? "none" : `${count(summary.selfComparisons)}, dropped`,
          ] as [string, string],
        ]),
    ["rows without an answer", summary.unanswered === 0 ? "none" : `${count(summary.unanswered)}, dropped`],
    ["users left without any", summary.silentUsers === 0 ? "none" : `${count(summary.silentUsers)}, dropped`],
    ["answers a user", `${answersPerUser.least} to ${answersPerUser.most}, median ${answersPerUser.median}`],
    [
      `users below ${fewAnswers.below} answers`,
      named(fewAnswers) + (fewAnswers.users > 0 && fewAnswers.kept === "dropped" ? " (dropped)" : ""),
    ],
    ["always the same answer", named(alwaysTheSame)],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const table = lines.map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}`);
  const remarks = [
    ...summary.warnings.map((warning) => `warning: ${oneLine(warning)}`),
    ...summary.notes.map((note) => `note: ${oneLine(note)}`),
  ];
  return [...table, ...remarks].join("\n");
}

function renderColumns({ names, guessed }: ChosenColumns): string {
  const parts = Object.entries(names).map(
    ([role, name]) => `${role} = ${name}${guessed.includes(role) ? " (guessed)" : ""}`,
  );
  return parts.join(", ");
}

function by(described: DescribedBy | undefined): string {
  if (described === undefined) return "";
  return { features: ", described by features", texts: ", as texts", ids: ", as ids" }[described];
}

function optional(name: string, value: string): [string, string][] {
  return value === "" ? [] : [[name, value]];
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, " ");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Names come from the file: control characters (line ends, escapes of a terminal) are shown as spaces, long texts shortened. */
function oneLine(text: string): string {
  const plain = text.replace(/\p{Cc}+/gu, " ");
  return plain.length > 400 ? `${plain.slice(0, 399)}…` : plain;
}
