import { checkEveryUserAnswers } from "../../data/index.js";
import { resolveInference, type UserKind } from "../users/index.js";

/** A user is a belief over the points of a grid on the simplex of prototypes, [G, K]: probabilities that add up to 1. */
export function belief(grid: Float64Array, k: number, parameter: string): UserKind {
  const width = grid.length / k;
  return {
    kind: "belief",
    width,
    parameter,
    isLinear: false,
    states: (free, users) => free?.slice() ?? new Float32Array(users * width).fill(1 / width),
    weights: (states) => meanWeights(states, grid, k),
    infer(tools, data, options) {
      resolveInference(options, false);
      checkEveryUserAnswers("infer", data);
      return { weights: tools.byOwnMethod(data) };
    },
  };
}

/** The mean point of each belief, row-major [U, K]. */
export function meanWeights(beliefs: ArrayLike<number>, grid: Float64Array, k: number): Float32Array {
  const size = grid.length / k;
  const users = beliefs.length / size;
  const weights = new Float32Array(users * k);
  for (let u = 0; u < users; u++) {
    for (let g = 0; g < size; g++) {
      for (let j = 0; j < k; j++) weights[u * k + j] += beliefs[u * size + g] * grid[g * k + j];
    }
  }
  return weights;
}
