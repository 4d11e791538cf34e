import { InputError } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import type { SimplexProblem } from "../../engine/index.js";
import type { Inference, Model } from "../../families/index.js";
import type { Scoring } from "./scoring.js";

/** Whether a comparison's score is a linear function of the user's weights, so that adaptation is a convex problem. */
export function isLinearInWeights(model: Model): boolean {
  return model.user.isLinear;
}

/**
 * The most probable weights of each user under the logistic loss and a Dirichlet prior: a convex problem on the simplex, solved to its optimum.
 * @throws InputError when the model's score is not linear in the weights
 */
export function adaptExactly(fitted: Scoring, data: PreferenceData, concentration: number): Inference {
  const { weights, gaps } = fitted.engine.onSimplex({ ...simplexProblem(fitted, data), concentration });
  return { weights: Float32Array.from(weights), dualityGaps: gaps };
}

/** What users' comparisons say of each prototype alone, user by user. @throws InputError when scores do not mix linearly */
export function simplexProblem(fitted: Scoring, data: PreferenceData): Omit<SimplexProblem, "concentration"> {
  const { model, k, engine, parameters } = fitted;
  if (!isLinearInWeights(model)) {
    throw new InputError(
      'infer: method "exact" needs a score that is linear in the weights (squared distance with an affine f or user point f(P)w or Pw; ' +
        `inner product; mixture), got ${JSON.stringify(model.config)}; use method "gradient"`,
    );
  }
  const { from, order } = byUser(data);
  const pick = <T extends Int32Array | Int8Array | Float32Array>(values: T): T =>
    values.map((_, i) => values[order[i]]) as T;
  const { context, weight } = data;
  const pairs = {
    ...data,
    left: pick(data.left),
    right: pick(data.right),
    ...(context === undefined ? {} : { context: pick(context) }),
  };
  const units = Float32Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
  const agreement = engine.scoresUnderEach(model, parameters, pairs, units);
  const label = pick(data.label);
  for (let row = 0; row < label.length; row++)
    if (label[row] < 0) for (let j = 0; j < k; j++) agreement[row * k + j] = -agreement[row * k + j];
  return { k, from, agreement, ...(weight === undefined ? {} : { weight: pick(weight) }) };
}

/** The rows of the first user, then those of the second …, and where each user's begin. */
function byUser({ user, users }: PreferenceData): { readonly from: Int32Array; readonly order: Int32Array } {
  const from = new Int32Array(users.length + 1);
  for (const who of user) from[who + 1]++;
  for (let u = 0; u < users.length; u++) from[u + 1] += from[u];
  const next = from.slice();
  const order = new Int32Array(user.length);
  user.forEach((who, row) => (order[next[who]++] = row));
  return { from, order };
}
