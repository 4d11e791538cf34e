import { expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { newtonStep, problemOf } from "../../families/index.js";
import { distinctRows, mergedProblem } from "./distinct-rows.js";
import { largestSingular } from "./largest-singular.js";

/** Pairs among five items, many times each, by four users. */
function pairs(count: number): ReturnType<typeof problemOf> {
  const rng = randomStream(3);
  const entries = Array.from({ length: count }, () => {
    const [a, b] = rng.permutation(5);
    return [...(a > 0 ? [[a - 1, -1]] : []), ...(b > 0 ? [[b - 1, 1]] : [])];
  });
  let end = 0;
  const mean = {
    width: 4,
    start: Int32Array.from([0, ...entries.map((row) => (end += row.length))]),
    column: Int32Array.from(entries.flat(), ([column]) => column),
    value: Float64Array.from(entries.flat(), ([, value]) => value),
  };
  return problemOf(
    { mean, own: mean },
    {
      users: 4,
      user: Int32Array.from({ length: count }, () => rng.integer(4)),
      label: Int8Array.from({ length: count }, () => (rng.uniform() < 0.6 ? 1 : -1)),
      weight: Float32Array.from({ length: count }, () => 0.25 + rng.integer(3)),
    },
  );
}

test("merged rows take the same Newton step: sums over rows of one kind are what counts", () => {
  const problem = pairs(600);
  const kinds = distinctRows(problem.mean);
  // ordered pairs of five items
  expect(kinds.first.length).toBe(20);
  const merged = mergedProblem(problem.mean, kinds)(problem);
  const prior = { share: () => 1, centre: new Float64Array(4), precision: 0.3 };
  const [whole, few] = [new Float64Array(4), new Float64Array(4)];
  for (let step = 0; step < 3; step++) {
    newtonStep(problem, whole, prior);
    newtonStep(merged, few, prior);
  }
  expect(Math.max(...whole.map(Math.abs))).toBeGreaterThan(0.01);
  few.forEach((value, c) => expect(value).toBeCloseTo(whole[c], 10));
});

test("the largest singular value is that of users by columns, whatever repeats", () => {
  const problem = pairs(300);
  const { mean, user } = problem;
  const residual = Float64Array.from(randomStream(5).normals(300));
  const matrix = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  user.forEach((u, row) => {
    for (let e = mean.start[row]; e < mean.start[row + 1]; e++)
      matrix[u][mean.column[e]] += mean.value[e] * residual[row];
  });
  // the largest eigenvalue of M Mᵀ by squaring it again and again, with the trace taken out
  let gram = matrix.map((a) => matrix.map((b) => a.reduce((sum, value, c) => sum + value * b[c], 0)));
  let logScale = 0;
  for (let i = 0, power = 1; i < 40; i++, power *= 2) {
    const trace = gram.reduce((sum, row, r) => sum + row[r], 0);
    logScale += Math.log(trace) / power;
    gram = gram.map((row) => row.map((value) => value / trace));
    gram = gram.map((row) => gram.map((__, c) => row.reduce((sum, value, m) => sum + value * gram[m][c], 0)));
  }
  const of = largestSingular(mean, user, Float64Array.from([1, 0.3, -0.2, 0.7]));
  expect(of(residual) / Math.exp(logScale)).toBeCloseTo(1, 2);
  expect(of(residual)).toBe(of(residual));
});
