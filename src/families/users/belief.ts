import type { DataSizes } from "../parameters.js";
import { ownInference } from "./own-inference.js";
import { weightedPoints } from "./state-posterior.js";
import type { UserKind } from "./user-kind.js";

/**
 * A user is a belief over the points of a grid on the simplex of prototypes, [G, K]: probabilities that add up to 1.
 * @param copies how often each point is there, with something else of the user beside it, in data of these sizes
 */
export function belief(
  grid: Float64Array,
  k: number,
  parameter: string,
  copies: (sizes: DataSizes) => number = () => 1,
): UserKind {
  return {
    kind: "belief",
    width: (sizes) => (grid.length / k) * copies(sizes),
    parameter,
    ...ownInference,
    // each point of the grid is a belief that is certain of it
    believed(tools, data) {
      const mass = tools.byOwnMethod(data);
      return weightedPoints(units(mass.length), mass);
    },
    weights(states, users) {
      const size = states.length / users;
      return meanWeights(
        states,
        Float64Array.from({ length: size * k }, (_, i) => grid[i % grid.length]),
        k,
      );
    },
  };
}

function units(n: number): Float32Array {
  return Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
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
