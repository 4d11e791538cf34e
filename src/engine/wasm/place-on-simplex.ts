import type { SimplexOptima, SimplexProblem } from "../simplex-problem.js";
import type { Runtime } from "./runtime.js";

/** Newton's method in float64 for one user after the other (see `kernels/simplex.ts`). */
export function placeOnSimplex(runtime: Runtime, problem: SimplexProblem): SimplexOptima {
  const { k, from, agreement, concentration } = problem;
  const users = from.length - 1;
  const rows = agreement.length / k;
  const most = from.reduce((longest, end, u) => (u === 0 ? 0 : Math.max(longest, end - from[u - 1])), 0);
  const weight = runtime.storeFloats(problem.weight ?? new Float32Array(rows).fill(1));
  const [places, values] = [runtime.storeIntegers(from), runtime.storeFloats(agreement)];
  const room = runtime.allocate(2 * ((k + 3) * (most + 1) + k * (2 * k + 5)));
  const [w, gaps] = [runtime.allocate(2 * users * k), runtime.allocate(2 * users)];
  runtime.kernels.placeOnSimplex(users, k, places, values, weight, concentration - 1, most, room, w, gaps);
  return { weights: runtime.doubles(w, users * k).slice(), gaps: runtime.doubles(gaps, users).slice() };
}
