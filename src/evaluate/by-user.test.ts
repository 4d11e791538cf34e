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

test("intervals over users of unequal size miss the truth 1 time in 40 on either side", () => {
  const [sets, users] = [1500, 100];
  let [under, over] = [0, 0];
  for (let set = 0; set < sets; set++) {
    const rng = randomStream(set).split("coverage");
    const weight = Float64Array.from({ length: users }, () => 1 + rng.integer(9));
    const value = weight.map((rows) => rows * (0.3 + rng.normal()));
    const { low, high } = intervalByUser({ value, weight }, rng, 400);
    if (high < 0.3) under++;
    if (low > 0.3) over++;
  }
  // standard error .004; the bootstrap of 100 users misses a little more; bounds at 5 % would miss twice as often
  for (const missed of [under / sets, over / sets]) {
    expect(missed).toBeGreaterThan(0.013);
    expect(missed).toBeLessThan(0.041);
  }
});
