import {
  rowsWhere,
  tInterval,
  valuesIn,
  type FigureRecord,
  type Interval,
  type Where,
} from "../../../core/index.js";

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
  /** Whose claim it is; PAL's where nothing is said. */
  readonly of?: string;
  readonly claim: string;
  /** What decides, as a number, and for soft words ("weak", "flat") why that number. */
  readonly criterion: string;
  /** The record that is read; without one the claim cannot be run here. */
  readonly figure?: string;
  /** Where our number is known to miss the criterion: why, as far as it was found out. It is said wherever the claim is, and is a fault once the claim holds. */
  readonly missed?: string;
  /** The paper's value with its tag, or "not known". */
  readonly paper: string;
  check(record: FigureRecord): ClaimOutcome;
}

/** Rows of users who trained. */
export const SEEN = { split: "seen" } as const;

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
  key: Parameters<typeof valuesIn>[1],
  where: Where = {},
): number[] {
  return valuesIn(rowsWhere(record.rows, where), key);
}

function intervalAt(record: FigureRecord, where: Where): Interval {
  const rows = rowsWhere(record.rows, where);
  if (rows.length === 0) throw new Error(`${record.id} has no rows where ${JSON.stringify(where)}`);
  return tInterval(rows.map((row) => row.accuracy));
}
