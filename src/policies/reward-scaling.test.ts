import { expect, test } from "vitest";
import { scaleRewards } from "./index.js";

/** Two latents, three states. */
const REWARDS = [1, 2, 3, -4, 0, 1];

test("none leaves rewards as they are, max norm divides by the largest of all, batch norm by each latent's mean", () => {
  expect([...scaleRewards(REWARDS, 3, "none")]).toEqual(REWARDS);
  expect([...scaleRewards(REWARDS, 3, "max norm")]).toEqual([0.25, 0.5, 0.75, -1, 0, 0.25]);
  // means 2 and -1: dividing by the second turns its order round
  expect([...scaleRewards(REWARDS, 3, "batch norm")].map((x) => x + 0)).toEqual([0.5, 1, 1.5, 4, 0, -1]);
});

test("SPO is the mean chance to win, and knows no origin", () => {
  // differences of ln 3: chances 3/4 and 1/4, of ln 9: 9/10 and 1/10
  const step = Math.log(3);
  const [a, b, c] = scaleRewards([0, step, 2 * step], 3, "SPO");
  expect(a).toBeCloseTo((0.5 + 0.25 + 0.1) / 3, 12);
  expect(b).toBeCloseTo((0.75 + 0.5 + 0.25) / 3, 12);
  expect(c).toBeCloseTo((0.9 + 0.75 + 0.5) / 3, 12);
  const moved = scaleRewards([-50, step - 50, 2 * step - 50], 3, "SPO");
  [a, b, c].forEach((value, s) => expect(moved[s]).toBeCloseTo(value, 12));
});

test("what cannot be scaled is refused", () => {
  expect(() => scaleRewards([1, -1], 2, "batch norm")).toThrow("scaleRewards: the mean of row 0 is 0");
  expect(() => scaleRewards([0, 0], 2, "max norm")).toThrow("scaleRewards: the largest |reward| is 0");
  expect(() => scaleRewards([1, NaN], 2, "SPO")).toThrow(
    "scaleRewards: rewards must be finite, got NaN at index 1",
  );
  expect(() => scaleRewards([1, 2, 3], 2, "none")).toThrow(
    "scaleRewards: rewards must be rows of 2 numbers, one a state, got 3 numbers",
  );
  expect(() => scaleRewards([1, 2], 2, "some" as never)).toThrow("scaleRewards: scaling must be one of");
});
