import { checkInteger, type RandomStream } from "../../core/index.js";

/** What is believed of a user. */
export interface StatePosterior {
  /** Shape [d]. */
  readonly mean: Float64Array;
  /** Row-major [d, d]. */
  readonly covariance: Float64Array;
  /** Draws, row-major [n, d]. */
  sample(n: number, rng: RandomStream): Float64Array;
  /** Draws as states of users about whom nothing is uncertain, row-major [n, S]: what scores are of. */
  states(n: number, rng: RandomStream): Float32Array;
}

/**
 * A posterior of points with weights: mean and covariance are those of the points, draws are points.
 * @param points row-major [n, d]
 * @param mass of each point, >= 0, not all 0, shape [n]
 */
export function weightedPoints(points: ArrayLike<number>, mass: ArrayLike<number>): StatePosterior {
  const n = mass.length;
  const d = points.length / n;
  const cumulative = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) cumulative[i] = total += mass[i];
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] += (mass[i] / total) * points[i * d + j];
  const spread = (): Float64Array => {
    const covariance = new Float64Array(d * d);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < d; j++) {
        const off = (mass[i] / total) * (points[i * d + j] - mean[j]);
        for (let l = 0; l < d; l++) covariance[j * d + l] += off * (points[i * d + l] - mean[l]);
      }
    }
    return covariance;
  };
  const sample = (count: number, rng: RandomStream): Float64Array => {
    checkInteger("sample: n", count, { min: 0 });
    const drawn = new Float64Array(count * d);
    for (let i = 0; i < count; i++) {
      const at = firstAbove(cumulative, rng.uniform() * total);
      for (let j = 0; j < d; j++) drawn[i * d + j] = points[at * d + j];
    }
    return drawn;
  };
  return {
    mean,
    // of a fine grid it is large, and seldom asked for
    get covariance() {
      return spread();
    },
    sample,
    states: (count, rng) => Float32Array.from(sample(count, rng)),
  };
}

/** The first index whose value exceeds `target`, in ascending values. */
function firstAbove(values: Float64Array, target: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
