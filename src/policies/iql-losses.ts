import { exp } from "../core/index.js";

/** Most that an advantage makes a move count. @source the authors' code */
const LARGEST_WEIGHT = 100;

/** Derivative by u of |expectile - 1[u < 0]| u²: above the expectile a difference pulls `expectile` as hard, below it 1 - `expectile`. @source IQL, equation 1 */
export function expectileSlope(u: number, expectile: number): number {
  return 2 * (u < 0 ? 1 - expectile : expectile) * u;
}

/** How much a move counts that is better by `advantage` than what is expected: e^(temperature · advantage), at most 100. @source IQL, equation 7 */
export function advantageWeight(advantage: number, temperature: number): number {
  return Math.min(exp(temperature * advantage), LARGEST_WEIGHT);
}
