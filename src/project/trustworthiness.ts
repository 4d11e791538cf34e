import { checkInteger, InputError } from "../core/index.js";
import { checkPoints, type Points } from "./points.js";

/**
 * How far the k nearest neighbours in a projection are neighbours in truth: 1 when all are, about 0.5 for a random
 * arrangement. Takes time n² (D + k).
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
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    const far = distancesFrom(high, i);
    for (const j of nearest(distancesFrom(low, i), i, k)) penalty += Math.max(0, rankOf(far, i, j) - k);
  }
  return 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * penalty;
}

/** Squared distances of all points from point `i`. */
function distancesFrom({ values, dimension }: Points, i: number): Float64Array {
  const distances = new Float64Array(values.length / dimension);
  for (let j = 0; j < distances.length; j++) {
    let sum = 0;
    for (let d = 0; d < dimension; d++) sum += (values[i * dimension + d] - values[j * dimension + d]) ** 2;
    distances[j] = sum;
  }
  return distances;
}

/** The `k` points nearest to point `i`; ties by index. */
function nearest(distances: Float64Array, i: number, k: number): number[] {
  const found: number[] = [];
  for (let j = 0; j < distances.length; j++) {
    if (j === i || (found.length === k && distances[j] >= distances[found[k - 1]])) continue;
    let place = found.length;
    while (place > 0 && distances[found[place - 1]] > distances[j]) place--;
    found.splice(place, 0, j);
    if (found.length > k) found.pop();
  }
  return found;
}

/** 1 for the nearest point to `i`; ties by index. */
function rankOf(distances: Float64Array, i: number, j: number): number {
  let rank = 1;
  for (let other = 0; other < distances.length; other++) {
    if (other === i || other === j) continue;
    if (distances[other] < distances[j] || (distances[other] === distances[j] && other < j)) rank++;
  }
  return rank;
}
