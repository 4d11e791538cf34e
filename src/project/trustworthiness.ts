import { checkInteger, InputError } from "../core/index.js";
import { checkPoints, type Points } from "./points.js";

/**
 * How far the k nearest neighbours in a projection are neighbours in truth: 1 when all are, about 0.5 for a random
 * arrangement. Takes time n² log n.
 * @param high the points, shape [n, D]
 * @param low their projection, shape [n, d]
 * @param k neighbours, 1 … < n/2
 * @source Venna and Kaski 2001, Neighborhood preservation in nonlinear projection methods; as in scikit-learn
 * @throws InputError
 */
export function trustworthiness(high: Points, low: Points, k: number): number {
  const n = checkPoints("trustworthiness: high", high, 3);
  const m = checkPoints("trustworthiness: low", low);
  if (n !== m) throw new InputError(`trustworthiness: high and low must be pairs, got ${n} and ${m}`);
  checkInteger("trustworthiness: k", k, { min: 1, below: n / 2 });
  const rank = new Int32Array(n);
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    nearest(high, i).forEach((j, place) => (rank[j] = place + 1));
    for (const j of nearest(low, i).slice(0, k)) penalty += Math.max(0, rank[j] - k);
  }
  return 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * penalty;
}

/** The other points by distance from point `i`, nearest first; ties by index. */
function nearest({ values, dimension }: Points, i: number): Int32Array {
  const n = values.length / dimension;
  const distance = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let d = 0; d < dimension; d++) {
      distance[j] += (values[i * dimension + d] - values[j * dimension + d]) ** 2;
    }
  }
  const others = Int32Array.from({ length: n - 1 }, (_, place) => (place < i ? place : place + 1));
  return others.sort((a, b) => distance[a] - distance[b] || a - b);
}
