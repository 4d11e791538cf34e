import type { RandomStream } from "../../core/index.js";
import { normalise, sigmoid } from "./logistic.js";
import { newtonStep } from "./newton.js";
import type { Problem } from "../design/problem.js";
import { dot } from "../design/rows.js";

/** Of a user's own utilities, as a start: the standard deviation around popularity. */
const OWN = 1;
const MEANS_ITERATIONS = 10;
/** Log of how much likelier the nearest mean is made than one a typical distance away. */
const SHARPNESS = 2;

/** Users' own utilities (one gradient step from popularity, scaled), grouped by k-means++ (Arthur and Vassilvitskii 2007). */
export function startingBelief(problem: Problem, k: number, rng: RandomStream): Float64Array {
  const { users, mean, user, right, weight, rowsOf } = problem;
  const belief = new Float64Array(users * k).fill(1 / k);
  if (k === 1 || users === 0) return belief;
  const d = mean.width;
  const popular = new Float64Array(d);
  const zero = { share: () => 1, centre: new Float64Array(d), precision: 0.5 };
  for (let i = 0; i < 4; i++) newtonStep(problem, popular, zero);
  const points = new Float64Array(users * d);
  const size = new Float64Array(users * d).fill(1 / OWN ** 2);
  for (let row = 0; row < user.length; row++) {
    const p = sigmoid(dot(mean, row, popular, 0));
    for (let e = mean.start[row]; e < mean.start[row + 1]; e++) {
      const at = user[row] * d + mean.column[e];
      points[at] += weight[row] * (right[row] - p) * mean.value[e];
      size[at] += weight[row] * p * (1 - p) * mean.value[e] ** 2;
    }
  }
  for (let i = 0; i < points.length; i++) points[i] /= size[i];
  const present = Int32Array.from(rowsOf.keys()).filter((u) => rowsOf[u].length > 0);
  if (present.length === 0) return belief;
  const centres = kMeans(points, d, { k, rng, present });
  const squared = (u: number, j: number): number => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (points[u * d + c] - centres[j * d + c]) ** 2;
    return sum;
  };
  let typical = 0;
  for (const u of present) for (let j = 0; j < k; j++) typical += squared(u, j) / (present.length * k);
  const logs = new Float64Array(k);
  for (const u of present) {
    for (let j = 0; j < k; j++) logs[j] = (-SHARPNESS * squared(u, j)) / Math.max(typical, 1e-9);
    normalise(logs, belief, u * k);
  }
  return belief;
}

function kMeans(
  points: Float64Array,
  d: number,
  { k, rng, present }: { readonly k: number; readonly rng: RandomStream; readonly present: Int32Array },
): Float64Array {
  const centres = new Float64Array(k * d);
  const nearest = new Float64Array(present.length).fill(Infinity);
  const distance = (u: number, j: number): number => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (points[u * d + c] - centres[j * d + c]) ** 2;
    return sum;
  };
  let drawn = present[rng.integer(present.length)];
  for (let j = 0; j < k; j++) {
    centres.set(points.subarray(drawn * d, (drawn + 1) * d), j * d);
    let total = 0;
    present.forEach((u, i) => (total += nearest[i] = Math.min(nearest[i], distance(u, j))));
    let left = rng.uniform() * total;
    drawn = present[present.length - 1];
    for (let i = 0; i < present.length; i++) {
      left -= nearest[i];
      if (left < 0) {
        drawn = present[i];
        break;
      }
    }
  }
  for (let iteration = 0; iteration < MEANS_ITERATIONS; iteration++) {
    const [sums, counts] = [new Float64Array(k * d), new Float64Array(k)];
    for (const u of present) {
      let own = 0;
      for (let j = 1; j < k; j++) if (distance(u, j) < distance(u, own)) own = j;
      counts[own]++;
      for (let c = 0; c < d; c++) sums[own * d + c] += points[u * d + c];
    }
    for (let j = 0; j < k; j++)
      if (counts[j] > 0) for (let c = 0; c < d; c++) centres[j * d + c] = sums[j * d + c] / counts[j];
  }
  return centres;
}
