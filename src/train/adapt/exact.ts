import { InputError } from "../../core/index.js";
import { rowsByUser, type PreferenceData } from "../../data/index.js";
import { hasPrototypes, type Model } from "../../model/index.js";
import type { FittedModel } from "../fitted-model.js";
import { simplexOptimum, type PrototypeScores } from "./simplex-newton.js";

/** Weights of several users, shape [U, K], and for each how far from optimal they can be at most. */
export interface ExactAdaptation {
  readonly weights: Float32Array;
  /** Shape [U], in nats. */
  readonly dualityGaps: Float64Array;
}

/** Whether a comparison's score is a linear function of the user's weights, so that adaptation is a convex problem. */
export function isLinearInWeights(model: Model): boolean {
  if (!hasPrototypes(model) || model.assignment === "partition") return false;
  if (model.kind === "pal-b") return model.head === "inner-product";
  return model.distance === "squared" && (model.userPoint !== "f(Pw)" || model.projector.hiddenLayers === 0);
}

/**
 * The most probable weights of each user under the logistic loss and a Dirichlet prior: a convex problem on the simplex, solved to its optimum.
 * @throws InputError when the model's score is not linear in the weights
 */
export function adaptExactly(
  fitted: FittedModel,
  data: PreferenceData,
  concentration: number,
): ExactAdaptation {
  const users = prototypeScores(fitted, data);
  const optima = users.map((user) => simplexOptimum(user, concentration));
  return {
    weights: Float32Array.from(optima.flatMap(({ weights }) => [...weights])),
    dualityGaps: Float64Array.from(optima, ({ dualityGap }) => dualityGap),
  };
}

/** For each user, the score of each comparison under each prototype alone. @throws InputError when scores do not mix linearly */
export function prototypeScores(fitted: FittedModel, data: PreferenceData): PrototypeScores[] {
  const { model, k } = fitted;
  if (!isLinearInWeights(model)) {
    throw new InputError(
      'infer: method "exact" needs a score that is linear in the weights (squared distance with an affine f or user point f(P)w or Pw; ' +
        `inner product; mixture), got ${JSON.stringify(model.config)}; use method "gradient"`,
    );
  }
  const n = data.label.length;
  const nobody = new Int32Array(n);
  const pure = Array.from({ length: k }, (_, j) => {
    const weights = Float32Array.from({ length: k }, (__, i) => (i === j ? 1 : 0));
    return fitted.scoresBy(data, { user: nobody, weights });
  });
  return rowsByUser(data).map((rows) => {
    const scores = new Float64Array(rows.length * k);
    rows.forEach((row, place) => pure.forEach((column, j) => (scores[place * k + j] = column[row])));
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
