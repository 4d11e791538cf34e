import type { PreferenceData } from "../../data/index.js";
import type { FittedModel } from "../../train/index.js";

/** States of new users, row-major [U, S], from their answers; where users do not differ, or nobody answered, what is left: the same for all. */
export function statesOf(fitted: FittedModel, given: PreferenceData): Float32Array {
  const { user } = fitted.model;
  const users = given.users.length;
  if (user.kind === "none") return new Float32Array(users).fill(1);
  if (given.label.length > 0 || user.found !== undefined) return fitted.inferAll(given).weights;
  // before any answer: the mean of those who trained
  const { k, allWeights } = fitted;
  const mean = new Float32Array(k);
  allWeights.forEach((value, i) => (mean[i % k] += (value * k) / allWeights.length));
  return Float32Array.from({ length: users * k }, (_, i) => mean[i % k]);
}

/** Accuracy on comparisons of who predicts each user's by their state. */
export function accuracyUnder(fitted: FittedModel, weights: Float32Array, held: PreferenceData): number {
  const scores = fitted.scoresBy(held, { user: held.user, weights });
  return scores.filter((score, row) => score > 0 === held.label[row] > 0).length / scores.length;
}
