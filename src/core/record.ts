import { checkObject, checkRows } from "./check-shapes.js";
import type { Json } from "./json.js";
import { VERSION } from "./version.js";

/** How much was run: `fast` is for looking (minutes), `full` gives the committed numbers. */
export type Profile = "fast" | "full";

/** Names a data set exactly. */
export interface DataReference {
  readonly name: string;
  readonly sha256: string;
  readonly source: string;
}

/** One measured value: an accuracy of one run (one seed) at one setting. Accuracies and ceilings are fractions 0-1. */
export interface RecordRow {
  readonly setting?: "mixture" | "partition" | "gaussian" | "uniform" | "balanced";
  readonly kStar?: number;
  readonly k?: number;
  readonly comparisonsPerUser?: number;
  readonly newComparisonsPerUser?: number;
  readonly latentDimension?: number;
  readonly beta?: number;
  readonly group?: string;
  readonly method?: string;
  readonly seed: number;
  readonly split: "seen" | "unseen";
  readonly accuracy: number;
  /** Accuracy on the validation comparisons of the same run: what K is chosen on. */
  readonly validation?: number;
  /** Of a test (fraction 0-1), where the row is one. */
  readonly pValue?: number;
  /** Held-out log-likelihood an answer that K prototypes gain over one reward for all, in nats. */
  readonly gain?: number;
  /** What a method chose in validation: a strength, a rank. */
  readonly chosen?: string;
  /** Means with 95 % intervals over users, in nats a held-out answer: `nats` (log-likelihood), `overMajority`, `overFactors` (gains). */
  readonly intervals?: {
    readonly [name: string]: { readonly mean: number; readonly low: number; readonly high: number };
  };
  /** How much more accurate another method is for the same users, on average: mean and deviation over users. */
  readonly paired?: {
    readonly against: string;
    readonly difference: number;
    readonly deviation: number;
    readonly n: number;
  };
  /** What was varied beside the columns above, by name. */
  readonly settings?: { readonly [name: string]: string | number };
  /** What was measured beside the accuracy, by name. */
  readonly measures?: { readonly [name: string]: number };
  /** Curves and fields that the run found, by name. */
  readonly series?: { readonly [name: string]: readonly number[] };
  /** Known limits at this setting: `chance`, `blind` (best predictor that does not know the user), `bayes` (exact, given as many answers), `oracle`. */
  readonly ceilings?: { readonly [name: string]: number };
}

/**
 * Everything that a figure shows, and how it came about. Holds nothing that differs between two runs of the
 * same configuration: no time, no path, no machine.
 */
export interface FigureRecord<Extra = unknown> {
  readonly id: string;
  /** What the figure says; a figure whose statement is checked puts what its rows show here. */
  readonly claim: string;
  /** What was to be said of the rows, and whether they show it; set by figures that check it. */
  readonly checked?: { readonly says: string; readonly holds: boolean };
  readonly caption: string;
  readonly profile: Profile;
  readonly config: { readonly [key: string]: Json | undefined };
  readonly seeds: readonly number[];
  readonly engine: string;
  readonly versions: { readonly [name: string]: string };
  readonly data: readonly DataReference[];
  readonly rows: readonly RecordRow[];
  /** What a picture needs beside the rows: points of a latent space, texts of a query. */
  readonly extra?: Extra;
}

/** What the author of a record states; the rest is filled in. */
export type RecordInput<Extra> = Omit<FigureRecord<Extra>, "seeds" | "versions"> & {
  readonly versions?: FigureRecord["versions"];
  readonly seeds?: readonly number[];
};

/** A record with its seeds (those of the rows, where not given) and the version of this package. */
export function figureRecord<Extra = unknown>(input: RecordInput<Extra>): FigureRecord<Extra> {
  checkObject(
    "figureRecord: input",
    input,
    ["id", "rows"],
    "an object such as { id, claim, config, engine, profile, data, rows }",
  );
  checkRows("figureRecord: rows", input.rows);
  const seeds = input.seeds ?? [...new Set(input.rows.map((row) => row.seed))].sort((a, b) => a - b);
  return { ...input, seeds, versions: { "pal-lab": VERSION, ...input.versions } };
}

/** For callers without types: a record, before a figure is drawn of it. @param what `"caller: argument"` @throws InputError */
export function checkIsRecord(what: string, record: unknown): void {
  checkObject(what, record, ["id", "rows"], "a record, as figureRecord makes it");
  checkRows(`${what}.rows`, (record as { readonly rows: unknown }).rows);
}
