import { checkNumbers, InputError } from "../core/index.js";
import { checkIsData, type PreferenceData } from "../data/index.js";
import type { InferOptions } from "../families/index.js";
import { checkIsFitted, type FittedModel } from "../train/index.js";

/** How often the sign of the score gives the label; all are fractions 0-1, by row weight. */
export interface Accuracy {
  readonly accuracy: number;
  /** Shape [U]; NaN-free: users without comparisons are left out of `users`. */
  readonly byUser: Float32Array;
  /** The users that `byUser` is about. */
  readonly users: readonly string[];
  readonly comparisons: number;
}

/**
 * Accuracy for users that the model knows, on `data`.
 * @throws InputError for a user it was not trained on, or empty data
 * @example
 * accuracySeen(fitted, data).accuracy; // a fraction
 */
export function accuracySeen(fitted: FittedModel, data: PreferenceData): Accuracy {
  checkIsFitted("accuracySeen: fitted", fitted);
  checkIsData("accuracySeen: data", data);
  return accuracyOf(fitted.scoresOf(data), data);
}

/**
 * Accuracy for new users: each is inferred from `adapt` and measured on `test`, in which the same users stand in the same order.
 * @throws InputError when the users differ
 */
export function accuracyUnseen(
  fitted: FittedModel,
  adapt: PreferenceData,
  test: PreferenceData,
  options: InferOptions = {},
): Accuracy {
  checkIsFitted("accuracyUnseen: fitted", fitted);
  checkIsData("accuracyUnseen: adapt", adapt);
  checkIsData("accuracyUnseen: test", test);
  if (adapt.users.join("\n") !== test.users.join("\n")) {
    throw new InputError("accuracyUnseen: adapt and test must hold the same users in the same order");
  }
  const { weights } = fitted.inferAll(adapt, options);
  return accuracyOf(fitted.scoresBy(test, { user: test.user, weights }), test);
}

/**
 * What the released evaluation of VPL calls accuracy: each new user is inferred from the very comparisons that are scored, labels and all. It says how well a
 * model reproduces what it was told, not what it predicts: to compare with {@link accuracyUnseen}, which is what to report.
 * @source authors' code of VPL, where the encoder is fed the evaluation's own pairs
 */
export function accuracyAsReleased(
  fitted: FittedModel,
  data: PreferenceData,
  options: InferOptions = {},
): Accuracy {
  return accuracyUnseen(fitted, data, data, options);
}

/** Accuracy of given scores, shape [N]. A score of exactly 0 counts as left. @throws InputError when `data` is empty or not as long as the scores */
export function accuracyOf(scores: ArrayLike<number>, data: PreferenceData): Accuracy {
  checkNumbers("accuracyOf: scores", scores);
  checkIsData("accuracyOf: data", data);
  const n = data.label.length;
  if (n === 0) throw new InputError("accuracyOf: the data set is empty");
  if (scores.length !== n) {
    throw new InputError(`accuracyOf: scores must have ${n} rows as the data has, got ${scores.length}`);
  }
  const right = new Float64Array(data.users.length);
  const total = new Float64Array(data.users.length);
  for (let row = 0; row < n; row++) {
    const weight = data.weight?.[row] ?? 1;
    total[data.user[row]] += weight;
    if (scores[row] > 0 === data.label[row] > 0) right[data.user[row]] += weight;
  }
  const answered = [...total.keys()].filter((user) => total[user] > 0);
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  return {
    accuracy: sum(right) / sum(total),
    byUser: Float32Array.from(answered, (user) => right[user] / total[user]),
    users: answered.map((user) => data.users[user]),
    comparisons: n,
  };
}
