import { expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { crossEntropySearch, greedyPolicy, policyReturn } from "./index.js";

const rng = () => randomStream(1);

test("the top of a hill is found, and the best that was seen is told", () => {
  const top = [1.5, -2, 0.5];
  const height = (x: Float64Array): number => -x.reduce((sum, value, j) => sum + (value - top[j]) ** 2, 0);
  const found = crossEntropySearch(height, { count: 3, rng: rng(), rounds: 30 });
  found.numbers.forEach((value, j) => expect(value).toBeCloseTo(top[j], 2));
  expect(found.worth).toBe(height(found.numbers));
  expect(crossEntropySearch(height, { count: 3, rng: rng(), rounds: 30 })).toEqual(found);
});

test("bad options, and a worth that is no number", () => {
  const search = (options: object) => () => crossEntropySearch(() => 0, { count: 1, rng: rng(), ...options });
  expect(search({ candidates: 1 })).toThrow("crossEntropySearch: candidates must be an integer >= 2");
  expect(search({ kept: 50 })).toThrow("crossEntropySearch: kept must be");
  expect(search({ deviation: 0 })).toThrow("crossEntropySearch: deviation must be a number > 0");
  expect(search({ round: 3 })).toThrow('unknown option "round"');
  expect(() => crossEntropySearch(() => NaN, { count: 1, rng: rng() })).toThrow(
    "worth must be a number, got NaN",
  );
});

test("what a policy earns: a geometric series by hand, and no other earns more than the best", () => {
  // two states; the first move stays, the second changes; state 1 is worth 1
  const two = { states: 2, actions: 2, next: Int32Array.of(0, 1, 1, 0) };
  const options = { gamma: 0.5 };
  // from state 0 to 1 and there for ever: 2; from 1: 2; always staying: 0 and 2
  expect(policyReturn(two, [1, 0], [0, 1], options)).toBeCloseTo(2, 8);
  expect(policyReturn(two, [0, 0], [0, 1], options)).toBeCloseTo(1, 8);
  expect(policyReturn(two, greedyPolicy(two, [0, 1], options), [0, 1], options)).toBeCloseTo(2, 8);
  expect(() => policyReturn(two, [0], [0, 1])).toThrow("policyReturn: policy and reward must have 2 numbers");
  expect(() => policyReturn(two, [0, 1], [0, 1], { gamma: 1 })).toThrow("policyReturn: gamma must be");
});
