import { expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { mazeWorld } from "../data/worlds/index.js";
import { advantageWeight, expectileSlope } from "./iql-losses.js";
import { fitIql, randomWalk, successChance, type OfflineData } from "./index.js";

const { maze, goals, values } = mazeWorld({ users: 2, comparisonsPerUser: 1, seed: 1 });
const { states, actions } = maze;
const own = (kind: number): Float64Array => values.subarray(kind * states, (kind + 1) * states);
/** A cell as a 1 in its own column. */
const cells = Float32Array.from({ length: states ** 2 }, (_, i) => (i % (states + 1) === 0 ? 1 : 0));
const rng = randomStream(1);
const transitions = randomWalk(maze, { walks: 100, steps: 50, rng: rng.split("walks") });

test("of one known reward a policy fitted to random walks gets to the goal from nearly all cells, and nearly always", () => {
  const data = { moves: maze, features: cells, latents: [], rewards: own(1), transitions };
  const policy = fitIql(data, { rng, steps: 500, policySteps: 200 });
  const even = new Float64Array(states * actions).fill(1 / actions);
  expect(successChance(maze, even, { goal: goals[1] })).toBeLessThan(0.5);
  expect(successChance(maze, policy.chances([]), { goal: goals[1] })).toBeGreaterThan(0.95);
});

/** One state in which two moves stay: the first was made three times as often. */
const STAY: OfflineData = {
  moves: { states: 1, actions: 2, next: Int32Array.of(0, 0) },
  features: [1],
  latents: [],
  rewards: [1],
  transitions: { state: Int32Array.of(0, 0, 0, 0), action: Int32Array.of(0, 0, 0, 1) },
};

test("at temperature 0 moves are as likely as they were made", () => {
  const policy = fitIql(STAY, { rng, width: 8, steps: 1, policySteps: 600, temperature: 0 });
  const [first, second] = policy.chances([]);
  expect(first).toBeCloseTo(0.75, 2);
  expect(first + second).toBeCloseTo(1, 12);
});

test("a policy for all latents does what each of them wants", () => {
  // two states, a move to each; the latent says which is good
  const data: OfflineData = {
    moves: { states: 2, actions: 2, next: Int32Array.of(0, 1, 0, 1) },
    features: [1, 0, 0, 1],
    latents: [-1, 1],
    rewards: [1, 0, 0, 1],
    transitions: randomWalk(
      { states: 2, actions: 2, next: Int32Array.of(0, 1, 0, 1) },
      { walks: 4, steps: 50, rng: rng.split("two") },
    ),
  };
  const policy = fitIql(data, { rng, width: 16, steps: 400, policySteps: 200 });
  const [low, high] = [policy.chances([-1]), policy.chances([1])];
  for (const at of [0, 2]) {
    expect(low[at]).toBeGreaterThan(0.95);
    expect(high[at + 1]).toBeGreaterThan(0.95);
  }
});

test("the same seed gives the same bits, another seed others", () => {
  const fit = (seed: number): Float64Array =>
    fitIql(STAY, { rng: randomStream(seed), width: 4, steps: 5, policySteps: 5 }).chances([]);
  expect(fit(1)).toEqual(fit(1));
  expect(fit(1)).not.toEqual(fit(2));
});

test("an expectile, by hand: of 0 and 1 the 0.9-expectile is 0.9, of 0, 0 and 1 the 0.8-expectile is 2/3", () => {
  // 0.1 · 0.9 = 0.9 · 0.1, and 2 · 0.2 · 2/3 = 0.8 · 1/3
  const pull = (values: readonly number[], v: number, expectile: number): number =>
    values.reduce((sum, value) => sum + expectileSlope(value - v, expectile), 0);
  expect(pull([0, 1], 0.9, 0.9)).toBeCloseTo(0, 12);
  expect(pull([0, 0, 1], 2 / 3, 0.8)).toBeCloseTo(0, 12);
  expect(pull([0, 1], 0.8, 0.9)).toBeGreaterThan(0);
  // at 0.5 the mean, and the slope of u²
  expect(expectileSlope(3, 0.5)).toBe(3);
  expect(expectileSlope(-3, 0.9)).toBeCloseTo(-0.6, 12);
});

test("the weight of an advantage: e^(temperature · advantage), at most 100", () => {
  expect(advantageWeight(0.1, 10)).toBeCloseTo(Math.E, 12);
  expect(advantageWeight(-0.2, 5)).toBeCloseTo(1 / Math.E, 12);
  expect(advantageWeight(3, 10)).toBe(100);
});

test("random walks go where the table leads", () => {
  const { state, action } = randomWalk(maze, { walks: 3, steps: 40, rng });
  expect(state).toHaveLength(120);
  for (let row = 0; row < 119; row++)
    if (row % 40 !== 39) expect(state[row + 1]).toBe(maze.next[state[row] * actions + action[row]]);
});

test("what does not fit is refused", () => {
  expect(() => fitIql({ ...STAY, rewards: [] }, { rng })).toThrow(
    "fitIql: rewards must be as many numbers for each of 1 states, got 0",
  );
  expect(() => fitIql({ ...STAY, rewards: [1, 2], latents: [1, 2, 3] }, { rng })).toThrow(
    "fitIql: latents must be as many numbers for each of 2 rows of rewards, got 3",
  );
  const odd = { state: Int32Array.of(0), action: Int32Array.of(2) };
  expect(() => fitIql({ ...STAY, transitions: odd }, { rng })).toThrow(
    "fitIql: transitions.action must be an integer >= 0 and <= 1, got 2",
  );
  expect(() => fitIql(STAY, { rng, expectile: 1 })).toThrow("fitIql: expectile must be a number");
  const policy = fitIql(STAY, { rng, width: 2, steps: 1, policySteps: 1 });
  expect(() => policy.chances([1])).toThrow("chances: a latent has 0 numbers, got 1");
  expect(() => successChance(maze, [1], { goal: 0 })).toThrow(
    "successChance: chances must have 230 numbers, 5 for each state, got 1",
  );
});
