import { independentAnswers, type Comparisons } from "../../data/index.js";

type Answered = Pick<Comparisons, "user" | "left" | "right" | "label" | "judgement">;

/** Answers whose probability was about the same, together. */
export interface CalibrationBin {
  /** Mean probability and observed fraction of "right". */
  readonly predicted: number;
  readonly observed: number;
  readonly answers: number;
  /** How many of them are independent of each other, where not all are: what intervals count. */
  readonly independent?: number;
}

/** Whether probabilities mean what they say. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Users with enough held-out answers to be judged alone. */
  readonly users: number;
  /** Fraction of them whose answers differ from what was expected by more than 1.96 standard deviations; 0.05 were to be expected. */
  readonly offUsers: number;
}

const BINS = 10;
const FEWEST = 5;

/**
 * Whether probabilities mean what they say. Pairs of one ranking or of the same ratings are no independent answers: users are then not judged alone.
 * @param p P(label = +1), shape [N]
 */
export function calibrate(p: Float64Array, data: Answered): Calibration {
  const { label, user, judgement } = data;
  const users = user.reduce((most, u) => Math.max(most, u + 1), 0);
  const independent = independentAnswers(data, users);
  const share = p.length === 0 ? 1 : independent.reduce((sum, count) => sum + count, 0) / p.length;
  const order = Array.from(p.keys()).sort((a, b) => p[a] - p[b]);
  const bins = Array.from({ length: Math.min(BINS, p.length) }, (_, bin) => {
    const rows = order.slice(Math.floor((bin * p.length) / BINS), Math.floor(((bin + 1) * p.length) / BINS));
    const mean = (value: (row: number) => number): number =>
      rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
    return {
      predicted: mean((row) => p[row]),
      observed: mean((row) => (label[row] > 0 ? 1 : 0)),
      answers: rows.length,
      ...(share < 1 ? { independent: rows.length * share } : {}),
    };
  });
  const byUser = new Map<number, { n: number; off: number; variance: number }>();
  p.forEach((value, row) => {
    const sums = byUser.get(user[row]) ?? { n: 0, off: 0, variance: 0 };
    sums.n++;
    sums.off += (label[row] > 0 ? 1 : 0) - value;
    sums.variance += value * (1 - value);
    byUser.set(user[row], sums);
  });
  const judged = [...byUser.values()].filter(({ n }) => n >= FEWEST && judgement === undefined);
  const off = judged.filter(({ off: by, variance }) => Math.abs(by) > 1.96 * Math.sqrt(variance));
  return {
    bins: bins.filter(({ answers }) => answers > 0),
    users: judged.length,
    offUsers: judged.length === 0 ? 0 : off.length / judged.length,
  };
}
