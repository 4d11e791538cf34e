import { tInterval, type FigureRecord, type Interval, type RecordRow } from "../../../core/index.js";

/** Whether a claim of the paper holds in the committed records. */
export interface ClaimOutcome {
  readonly status: "holds" | "fails" | "not run";
  /** Our number, with its interval where it has one; or why it was not run. */
  readonly ours: string;
}

/** One row of what a reproduction must show, with a number that decides it. */
export interface Claim {
  /** The paper's figure or table. */
  readonly source: string;
  readonly claim: string;
  /** What decides, as a number, and for soft words ("weak", "flat") why that number. */
  readonly criterion: string;
  /** The record that is read; without one the claim cannot be run here. */
  readonly figure?: string;
  /** The paper's value with its tag, or "not known". */
  readonly paper: string;
  check(record: FigureRecord): ClaimOutcome;
}

/** A filter on rows: every key that is given must be equal. */
export type Where = { readonly [Key in keyof RecordRow]?: RecordRow[Key] };

export function rowsWhere(record: FigureRecord, where: Where): RecordRow[] {
  const wanted = Object.entries(where);
  return record.rows.filter((row) => wanted.every(([key, value]) => row[key as keyof RecordRow] === value));
}

/** Mean accuracy of the rows. @throws Error when there are none: the record does not hold what the claim needs */
export function accuracyAt(record: FigureRecord, where: Where): number {
  return intervalAt(record, where).mean;
}

/** Half the width of the 95 % interval of the rows' mean accuracy. @throws Error when there are none */
export function halfWidthAt(record: FigureRecord, where: Where): number {
  const { low, high } = intervalAt(record, where);
  return (high - low) / 2;
}

/** Mean ± half width of the 95 % interval, as text. */
export function shown(record: FigureRecord, where: Where): string {
  return `${accuracyAt(record, where).toFixed(3)} ± ${halfWidthAt(record, where).toFixed(3)}`;
}

export function outcome(holds: boolean, ours: string): ClaimOutcome {
  return { status: holds ? "holds" : "fails", ours };
}

/** A claim that cannot be checked here, and why. */
export function notRun(why: string): ClaimOutcome {
  return { status: "not run", ours: why };
}

/** Values of a key among the rows that match, ascending. */
export function valuesOf(
  record: FigureRecord,
  key: "k" | "kStar" | "samplesPerUser" | "newSamplesPerUser" | "latentDim" | "beta",
  where: Where = {},
): number[] {
  const values = rowsWhere(record, where).flatMap((row) => row[key] ?? []);
  return [...new Set(values)].sort((a, b) => a - b);
}

function intervalAt(record: FigureRecord, where: Where): Interval {
  const rows = rowsWhere(record, where);
  if (rows.length === 0) throw new Error(`${record.id} has no rows where ${JSON.stringify(where)}`);
  return tInterval(rows.map((row) => row.accuracy));
}
