import type { RandomStream } from "../../core/index.js";
import { sampleRows } from "./sample-users.js";
import type { Learner, LearnerTask } from "./learner.js";

/** What is held out, and of which model. */
export interface CrossValidation {
  readonly learner: Learner;
  /** Default the data's own. */
  readonly label?: Int8Array;
  readonly folds: Int8Array;
  readonly k: number;
  readonly strength: number;
  readonly rng: RandomStream;
}

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

/** P(label = +1) of the rows asked about, shape [asked]: even odds where no answer is there to learn from. */
export function predictHeldOut(learner: Learner, task: LearnerTask): Promise<Float64Array> {
  if (task.train.length > 0) return learner.predict(task);
  return Promise.resolve(new Float64Array(task.asked.length).fill(0.5));
}

/** P(label = +1) of every row by a model that did not train on it, shape [N]. */
export async function crossValidate({
  learner,
  folds,
  k,
  strength,
  rng,
  ...rest
}: CrossValidation): Promise<Float64Array> {
  const label = rest.label ?? learner.data.label;
  const p = new Float64Array(label.length);
  for (const fold of [...new Set(folds)].sort((a, b) => a - b)) {
    const asked = sampleRows(folds, (value) => value === fold);
    const train = sampleRows(folds, (value) => value !== fold);
    const predicted = await predictHeldOut(learner, {
      label,
      train,
      asked,
      k,
      strength,
      rng: rng.split(fold),
    });
    asked.forEach((row, i) => (p[row] = predicted[i]));
  }
  return p;
}

/** Log probability of each label, shape [N], in nats; a probability counts as at least 1e-9. */
export function logLikelihoods(p: Float64Array, label: ArrayLike<number>): Float64Array {
  return p.map((value, row) => Math.log(Math.max(1e-9, label[row] > 0 ? value : 1 - value)));
}

/** 1 where the likelier label is the row's, 0 where it is not, and 1/2 where neither is likelier; shape [N]. */
export function hits(p: Float64Array, label: ArrayLike<number>): Float64Array {
  return p.map((value, row) => (value === 0.5 ? 0.5 : value > 0.5 === label[row] > 0 ? 1 : 0));
}
