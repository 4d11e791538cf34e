import { expect, test } from "vitest";
import { randomStream } from "../../../core/index.js";
import { divergence, inclusion } from "./coverage.js";

test("a set of mass 0.9 holds the truth 0.9 of the time where beliefs are exact", () => {
  const rng = randomStream(1);
  for (let world = 0; world < 50; world++) {
    const beliefs = rng.dirichlet(5, 0.5);
    const covered = beliefs.reduce((sum, p, truth) => sum + p * inclusion(beliefs, truth, 0.9), 0);
    expect(covered).toBeCloseTo(0.9, 6);
  }
});

test("the likeliest enter first, the last by the part that is left", () => {
  const beliefs = [0.2, 0.5, 0.3];
  expect([1, 2, 0].map((truth) => inclusion(beliefs, truth, 0.6))).toEqual([1, expect.closeTo(1 / 3, 12), 0]);
  expect(inclusion([1, 0], 1, 0.9)).toBe(0);
  expect(inclusion([1, 0], 0, 0.9)).toBeCloseTo(0.9, 12);
});

test("the divergence is Kullback and Leibler's", () => {
  expect(divergence([0.5, 0.5], [0.5, 0.5])).toBe(0);
  expect(divergence([1, 0], [0.25, 0.75])).toBeCloseTo(Math.log(4), 12);
});
