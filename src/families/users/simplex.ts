import { exp, randomStream } from "../../core/index.js";
import { checkEveryUserAnswers, type PreferenceData } from "../../data/index.js";
import type { ParameterSpec } from "../parameters.js";
import { NAMES } from "../parts/names.js";
import { resolveInference, type InferenceTools } from "./inference.js";
import { weightedPoints, type StatePosterior } from "./state-posterior.js";
import type { UserKind } from "./user-kind.js";

/**
 * A user is a point of the simplex over K prototypes: the softmax of K free numbers.
 * @param use `isLinear`: scores are linear in the weights; `isPartition`: the heaviest prototype alone counts when scoring
 */
export function simplex(
  k: number,
  use: { readonly isLinear: boolean; readonly isPartition?: boolean },
): UserKind {
  const { isLinear, isPartition = false } = use;
  return {
    kind: "simplex",
    width: () => k,
    parameter: NAMES.weights,
    isLinear: isLinear && !isPartition,
    weights: (states) => states.slice(),
    trained: (ops, p, rows) => ops.softmaxRows(p.get(NAMES.weights), rows),
    states(free, users) {
      const weights = softmaxOf(free ?? new Float32Array(users * k), k);
      if (isPartition) hardenRows(weights, k);
      return weights;
    },
    believed(tools, data) {
      if (this.isLinear && k > 1) return tools.posteriorOnSimplex(data, CONCENTRATION);
      return weighPrior(tools, data, isPartition ? corners(k) : drawPrior(k));
    },
    infer(tools, data, options) {
      const { method, concentration, ...recipe } = resolveInference(options, this.isLinear);
      checkEveryUserAnswers("infer", data);
      if (k === 1) return { weights: new Float32Array(data.users.length).fill(1) };
      if (method === "exact") return tools.onSimplex(data, concentration);
      return { weights: this.states(tools.byGradient(data, recipe), data.users.length) };
    },
  };
}

/** The free numbers, [U, K], each from N(0, 1). */
export function simplexParameter(users: number, k: number): ParameterSpec {
  return {
    name: NAMES.weights,
    shape: [users, k],
    group: "weights",
    init: { kind: "normal", deviation: 1 },
    per: "user",
  };
}

/** Points of the simplex, row-major [U, K], from free numbers: the softmax of each row. */
function softmaxOf(free: Float32Array, k: number): Float32Array {
  const weights = new Float32Array(free.length);
  for (let row = 0; row < free.length; row += k) {
    const top = free.subarray(row, row + k).reduce((a, b) => Math.max(a, b));
    let total = 0;
    for (let j = row; j < row + k; j++) total += exp(free[j] - top);
    for (let j = row; j < row + k; j++) weights[j] = exp(free[j] - top) / total;
  }
  return weights;
}

/** Of the Dirichlet prior, as in `infer`. */
const CONCENTRATION = 1.5;
const PRIOR_DRAWS = 8000;

/** Where users can be who each sit at one prototype, row-major [K, K]. */
function corners(k: number): Float32Array {
  return Float32Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
}

/** Points from the prior, row-major [n, K]: the same ones every time. */
function drawPrior(k: number): Float32Array {
  const rng = randomStream(0).split("prior on the simplex");
  const draws = new Float32Array(PRIOR_DRAWS * k);
  for (let at = 0; at < draws.length; at += k) draws.set(rng.dirichlet(k, CONCENTRATION), at);
  return draws;
}

/** Points of the prior, weighed by how well they explain the answers: what is left where scores are not linear in the weights. */
function weighPrior(tools: InferenceTools, data: PreferenceData, points: Float32Array): StatePosterior {
  const logs = tools.logLikelihoods(data, points);
  const top = logs.reduce((a, b) => Math.max(a, b));
  return weightedPoints(
    points,
    logs.map((value) => exp(value - top)),
  );
}

function hardenRows(weights: Float32Array, k: number): void {
  for (let row = 0; row < weights.length; row += k) {
    const values = weights.subarray(row, row + k);
    const heaviest = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
    values.fill(0);
    values[heaviest] = 1;
  }
}
