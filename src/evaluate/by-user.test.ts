import { expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { intervalByUser, meanByRow, standardErrorByUser, sumByUser } from "./by-user.js";

test("sums, mean and standard error of three users, by hand", () => {
  const sums = sumByUser([2, 0.5, 1, 4], { user: Int32Array.of(0, 0, 1, 1), weight: [1, 2, 3, 0.25] }, 3);
  expect([[...sums.value], [...sums.weight]]).toEqual([
    [3, 4, 0],
    [3, 3.25, 0],
  ]);
  expect(meanByRow(sums)).toBeCloseTo(7 / 6.25, 12);
  // residuals 3 - 1.12 * 3 and 4 - 1.12 * 3.25 are +-0.36; the third user answered nothing
  expect(standardErrorByUser(sums)).toBeCloseTo(Math.sqrt(2 * 2 * 0.36 ** 2) / 6.25, 12);
});

test("users with many rows weigh more, however they are drawn: rows that are all 1 have the interval 1 to 1", () => {
  const user = Int32Array.from({ length: 60 }, (_, row) => (row < 50 ? 0 : 1 + (row % 10)));
  const { mean, low, high } = intervalByUser(sumByUser(new Float64Array(60).fill(1), { user }, 11), randomStream(1)); // prettier-ignore
  expect([mean, low, high]).toEqual([1, 1, 1]);
});

test("intervals over users of unequal size hold the truth 19 times in 20", () => {
  const [sets, users] = [600, 80];
  let covered = 0;
  for (let set = 0; set < sets; set++) {
    const rng = randomStream(set).split("coverage");
    const weight = Float64Array.from({ length: users }, () => 1 + rng.integer(9));
    const value = weight.map((rows) => rows * (0.3 + rng.normal()));
    const { low, high } = intervalByUser({ value, weight }, rng, 400);
    if (low <= 0.3 && 0.3 <= high) covered++;
  }
  // 95 % less what a percentile bootstrap of 80 users misses; an interval of 90 % holds it in .88, one standard error is .01
  expect(covered / sets).toBeGreaterThan(0.92);
  expect(covered / sets).toBeLessThan(0.98);
});
