import { InputError } from "../../core/index.js";
import { rowsByUser, type PreferenceData } from "../../data/index.js";
import type { Model } from "../../families/index.js";
import type { Scoring } from "./scoring.js";
import { simplexOptimum, type PrototypeScores } from "./simplex-newton.js";

/** Weights of several users, shape [U, K], and for each how far from optimal they can be at most. */
export interface ExactAdaptation {
  readonly weights: Float32Array;
  /** Shape [U], in nats. */
  readonly dualityGaps: Float64Array;
}

/** Whether a comparison's score is a linear function of the user's weights, so that adaptation is a convex problem. */
export function isLinearInWeights(model: Model): boolean {
  return model.user.isLinear;
}

/**
 * The most probable weights of each user under the logistic loss and a Dirichlet prior: a convex problem on the simplex, solved to its optimum.
 * @throws InputError when the model's score is not linear in the weights
 */
export function adaptExactly(fitted: Scoring, data: PreferenceData, concentration: number): ExactAdaptation {
  const users = prototypeScores(fitted, data);
  const optima = users.map((user) => simplexOptimum(user, concentration));
  return {
    weights: Float32Array.from(optima.flatMap(({ weights }) => [...weights])),
    dualityGaps: Float64Array.from(optima, ({ dualityGap }) => dualityGap),
  };
}

/** For each user, the score of each comparison under each prototype alone. @throws InputError when scores do not mix linearly */
export function prototypeScores(fitted: Scoring, data: PreferenceData): PrototypeScores[] {
  const { model, k } = fitted;
  if (!isLinearInWeights(model)) {
    throw new InputError(
      'infer: method "exact" needs a score that is linear in the weights (squared distance with an affine f or user point f(P)w or Pw; ' +
        `inner product; mixture), got ${JSON.stringify(model.config)}; use method "gradient"`,
    );
  }
  // every comparison K times in a row, once for each prototype: the engine computes its items once
  const each = (values: Int32Array): Int32Array =>
    Int32Array.from({ length: values.length * k }, (_, i) => values[Math.floor(i / k)]);
  const pairs = {
    ...data,
    left: each(data.left),
    right: each(data.right),
    ...(data.context === undefined ? {} : { context: each(data.context) }),
  };
  const unit = Float32Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
  const pure = fitted.scoresBy(pairs, {
    user: Int32Array.from({ length: pairs.left.length }, (_, i) => i % k),
    weights: unit,
  });
  return rowsByUser(data).map((rows) => {
    const scores = new Float64Array(rows.length * k);
    rows.forEach((row, place) => {
      for (let j = 0; j < k; j++) scores[place * k + j] = pure[row * k + j];
    });
    const label = Int8Array.from(rows, (row) => data.label[row]);
    const { weight } = data;
    return {
      scores,
      label,
      k,
      ...(weight === undefined ? {} : { weight: Float32Array.from(rows, (row) => weight[row]) }),
    };
  });
}
