import type { RandomStream } from "../core/index.js";
import { unitsOf, type Judged } from "../data/index.js";
import { sampleRows } from "./sample-users.js";

/** Which rows are held out together. */
export interface Folds {
  /** The folds that a row lies in, shape [N]: held out in that fold where both are the same, else never. */
  readonly first: Int8Array;
  readonly second: Int8Array;
}

/**
 * Gives each user's comparisons to `count` folds in turn, in random order: a user with two or more comparisons always has some that train. All
 * comparisons of one judgement go together; see {@link unitsOf} for users who gave one alone.
 */
export function drawFolds(rows: Judged, users: number, count: number, rng: RandomStream): Folds {
  const units = unitsOf(rows);
  const next = Int32Array.from({ length: users }, () => rng.integer(count));
  // at least two items together: one alone makes no comparison
  const parts = new Int32Array(users).fill(count);
  const items = new Int32Array(users);
  units.isItem.forEach((isItem, unit) => (items[units.user[unit]] += isItem));
  items.forEach((n, u) => {
    if (n > 0) parts[u] = Math.min(count, Math.floor(n / 2));
  });
  const fold = new Int8Array(units.user.length);
  for (const unit of rng.permutation(fold.length)) {
    const user = units.user[unit];
    fold[unit] = next[user]++ % parts[user];
  }
  const first = Int8Array.from(units.first, (unit) => fold[unit]);
  const second = units.first === units.second ? first : Int8Array.from(units.second, (unit) => fold[unit]);
  return { first, second };
}

/** The rows that are held out in a fold. */
export function heldIn({ first, second }: Folds, fold: number): Int32Array {
  return sampleRows(first, (value, row) => value === fold && second[row] === fold);
}

/** The rows that train where a fold is held out. */
export function trainingWithout({ first, second }: Folds, fold: number): Int32Array {
  return sampleRows(first, (value, row) => value !== fold && second[row] !== fold);
}

/** Log probability of each label, shape [N], in nats; a probability counts as at least 1e-9, and is NaN where a row was not asked about. */
export function logLikelihoods(p: Float64Array, label: ArrayLike<number>): Float64Array {
  return p.map((value, row) => Math.log(Math.max(1e-9, label[row] > 0 ? value : 1 - value)));
}

/** 1 where the likelier label is the row's, 0 where it is not, and 1/2 where neither is likelier; NaN where a row was not asked about; shape [N]. */
export function hits(p: Float64Array, label: ArrayLike<number>): Float64Array {
  return p.map((value, row) => {
    if (Number.isNaN(value)) return NaN;
    return value === 0.5 ? 0.5 : value > 0.5 === label[row] > 0 ? 1 : 0;
  });
}
