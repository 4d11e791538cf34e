import type { RandomStream } from "../core/index.js";

/**
 * Gives each user's comparisons to `count` folds in turn, in random order: a user with two or more comparisons always has some that train.
 * @returns the fold of each row, shape [N]
 */
export function drawFolds(user: Int32Array, users: number, count: number, rng: RandomStream): Int8Array {
  const next = Int32Array.from({ length: users }, () => rng.integer(count));
  const folds = new Int8Array(user.length);
  for (const row of rng.permutation(user.length)) folds[row] = next[user[row]]++ % count;
  return folds;
}

/** Log probability of each label, shape [N], in nats; a probability counts as at least 1e-9. */
export function logLikelihoods(p: Float64Array, label: ArrayLike<number>): Float64Array {
  return p.map((value, row) => Math.log(Math.max(1e-9, label[row] > 0 ? value : 1 - value)));
}

/** 1 where the likelier label is the row's, 0 where it is not, and 1/2 where neither is likelier; shape [N]. */
export function hits(p: Float64Array, label: ArrayLike<number>): Float64Array {
  return p.map((value, row) => (value === 0.5 ? 0.5 : value > 0.5 === label[row] > 0 ? 1 : 0));
}
