import type { AnswerCoding } from "../../answer-coding.js";
import type { AnswerRows } from "../build-data.js";
import type { Coding } from "../codings.js";
import type { ColumnChooser } from "../columns.js";
import type { ColumnNames } from "../roles.js";
import type { Scale } from "../grades.js";
import type { ItemTable } from "../item-table.js";
import type { Table } from "../table.js";

/** What a table can hold. */
export const FORMAT_NAMES = ["comparisons", "votes", "ratings", "rankings", "choices"] as const;
/** The name of a way in which answers lie in a table. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** Which pairs are made of a ranking or a choice among several. */
export const PAIRS_MADE = ["all", "adjacent", "stages"] as const;
/** Which pairs of a ranking or of a set of ratings become comparisons. */
export type PairsMade = (typeof PAIRS_MADE)[number];

/** Second tables that ids of the first refer to. */
export interface ComparisonTables {
  readonly items?: ItemTable;
  readonly contexts?: ItemTable;
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

/** The choices that reading answers has, in every format that has them. */
export interface ReadingOptions {
  /** Names of the columns; those that are not given are guessed. */
  readonly columns?: ColumnNames;
  /** What the values of the label column mean, where no usual coding holds: `{ left: ["L"], right: ["R"], tie: ["="] }`. */
  readonly labels?: Coding;
  /** The same of votes: `{ agree: [5], disagree: [1], pass: [3] }`. */
  readonly votes?: Coding;
  /** The ends of the scale of grades: at the first the left item is preferred most strongly (of votes: disagreement). Default: guessed. */
  readonly scale?: Scale;
  /** How strong a grade, or how large a difference of ratings is: `ignore` (default), or a `weight` between 0 and 1. */
  readonly strength?: "ignore" | "weight";
  /**
   * Pairs of a ranking: `all` (default), `adjacent` (neighbours), or `stages`: the first against all behind it, the second against all behind it …,
   * each stage together with the weight of one answer, as in a Plackett-Luce model. A choice among several is a ranking of one stage.
   */
  readonly pairs?: PairsMade;
  /** Whether items are texts, which can be embedded, or ids, which are learned. Default: by their length and how often they repeat. */
  readonly texts?: boolean;
  /** How the answers that a model was trained on were read: these are read alike. */
  readonly coding?: AnswerCoding;
}

/** How sure a format is that a table is one of its kind, and why. */
export interface Sureness {
  /** 0-1. */
  readonly sure: number;
  readonly because: string;
}

/** What reading rows needs beside their columns. */
export interface Work {
  /** Without the rows in which a needed column is missing. */
  readonly table: Table;
  readonly options: ReadingOptions;
  readonly tables: ComparisonTables;
  readonly extras: VoteExtras;
  /** When each row was written, where a column says so: of two answers to one question the later counts. */
  readonly time?: Float64Array;
}

/** The answers of a table, each a comparison of two items; indices into `items` and `contexts`. */
export interface AnswersRead extends Pick<
  AnswerRows,
  "items" | "contexts" | "left" | "right" | "context" | "answer" | "weight" | "judgement" | "judged"
> {
  /** The row of the table that each answer stands in, shape [N]. */
  readonly of: Int32Array;
  /** Rows of the table without an answer, which gave none of the N. */
  readonly unanswered?: number;
  readonly coding: AnswerCoding;
  /** How answers were made of what was given, and of how many: "all pairs of each of 3 rankings". */
  readonly made?: string;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** The columns that a format took, and how it reads rows. */
export interface Roles {
  /** Columns without which a row says nothing. */
  readonly needed: readonly (number | undefined)[];
  read(work: Work): AnswersRead;
}

/** One kind of table: it says how sure it is, takes its columns, and reads the rows. */
export interface Format {
  readonly name: FormatName;
  /** What its columns are like, for people. */
  readonly looks: string;
  /** The names of columns of a published layout that a table has. */
  layout?(table: Table): ColumnNames | undefined;
  /** Undefined: it is none of this kind. `chooser` has the given columns only, and takes none. */
  sure(chooser: ColumnChooser, table: Table): Sureness | undefined;
  /** @throws InputError for columns that are missing or ambiguous */
  roles(chooser: ColumnChooser, table: Table): Roles;
}
