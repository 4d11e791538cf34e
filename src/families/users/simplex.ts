import { exp } from "../../core/index.js";
import { checkEveryUserAnswers } from "../../data/index.js";
import type { ParameterSpec } from "../parameters.js";
import { NAMES } from "../parts/names.js";
import { resolveInference } from "./inference.js";
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

function hardenRows(weights: Float32Array, k: number): void {
  for (let row = 0; row < weights.length; row += k) {
    const values = weights.subarray(row, row + k);
    const heaviest = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
    values.fill(0);
    values[heaviest] = 1;
  }
}
