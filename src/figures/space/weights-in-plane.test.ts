import { expect, test } from "vitest";
import { weightsInPlane } from "./weights-in-plane.js";

const TRIANGLE = [
  [0, 0],
  [4, 0],
  [0, 2],
] as const;

test("corners, middle and edge of a triangle", () => {
  expect(weightsInPlane([4, 0], TRIANGLE)).toEqual([0, 1, 0]);
  expect(weightsInPlane([4 / 3, 2 / 3], TRIANGLE)?.map((w) => w.toFixed(9))).toEqual(
    Array(3).fill("0.333333333"),
  );
  expect(weightsInPlane([3, 0], TRIANGLE)).toEqual([0.25, 0.75, 0]);
});

test("who lies outside has no negative weight, and weights sum to 1", () => {
  const weights = weightsInPlane([6, -1], TRIANGLE) ?? [];
  expect(weights.every((w) => w >= 0)).toBe(true);
  expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
});

test("between two prototypes the place along the line counts", () => {
  expect(weightsInPlane([1, 5], [[0, 0], [4, 0]])).toEqual([0.75, 0.25]); // prettier-ignore
  expect(weightsInPlane([9, 0], [[0, 0], [4, 0]])).toEqual([0, 1]); // prettier-ignore
});

test("four prototypes, and three on one line, give no weights", () => {
  expect(weightsInPlane([0, 0], [...TRIANGLE, [1, 1]])).toBeUndefined();
  expect(weightsInPlane([0, 0], [[0, 0], [1, 1], [2, 2]])).toBeUndefined(); // prettier-ignore
});
