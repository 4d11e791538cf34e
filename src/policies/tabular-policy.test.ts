import { expect, test } from "vitest";
import { largeMaze, mazeWorld } from "../data/worlds/index.js";
import { greedyPolicy, successChance, successRate } from "./index.js";

const world = mazeWorld({ users: 2, comparisonsPerUser: 1, seed: 1 });
const { maze, goals, values } = world;
const own = (kind: number) => values.subarray(kind * maze.states, (kind + 1) * maze.states);

test("by the true values of a goal everybody gets there, and nobody to the other one but who begins on it or passes it", () => {
  goals.forEach((goal, kind) => {
    const policy = greedyPolicy(maze, own(kind));
    expect(successRate(maze, policy, { goal })).toBe(1);
    expect(successRate(maze, policy, { goal: goals[1 - kind] })).toBeLessThan(0.2);
  });
});

test("a reward at the goal alone leads there by the shortest way: as many steps as its distance", () => {
  const goal = goals[1];
  const policy = greedyPolicy(
    maze,
    Float64Array.from({ length: maze.states }, (_, cell) => (cell === goal ? 1 : 0)),
  );
  const value = own(1);
  let state = goals[0];
  let steps = 0;
  for (; state !== goal && steps < 100; steps++) {
    const to = maze.next[state * maze.actions + policy[state]];
    expect(value[to]).toBeGreaterThan(value[state]);
    state = to;
  }
  expect(successRate(maze, policy, { goal, steps: 0 })).toBeCloseTo(1 / maze.states, 12);
});

test("the scale of a reward changes no move", () => {
  const reward = own(0);
  expect(
    greedyPolicy(
      maze,
      reward.map((r) => 50 * r - 7),
    ),
  ).toEqual(greedyPolicy(maze, reward));
});

test("what does not fit the table is refused", () => {
  expect(() => greedyPolicy(largeMaze(), [1, 2])).toThrow("reward must have 46 numbers, one a state, got 2");
  expect(() => successRate(maze, new Int32Array(3), { goal: 0 })).toThrow(
    "policy must have 46 moves, one a state, got 3",
  );
  expect(() => successRate(maze, new Int32Array(46), { goal: 46 })).toThrow(
    "goal must be an integer >= 0 and <= 45, got 46",
  );
});

test("moves by chance: the chance to arrive, by hand", () => {
  // two states; the first move stays, the second changes; state 1 is the goal
  const two = { states: 2, actions: 2, next: Int32Array.of(0, 1, 1, 0) };
  const chances = [0.75, 0.25, 0.5, 0.5];
  expect(successChance(two, chances, { goal: 1, steps: 0 })).toBe(0.5);
  // from state 0: 1 - 0.75³; from the goal: 1
  expect(successChance(two, chances, { goal: 1, steps: 3 })).toBeCloseTo((1 + 1 - 0.75 ** 3) / 2, 12);
});

test("a policy without chance arrives as often by its chances as by its moves", () => {
  const policy = greedyPolicy(maze, own(0));
  const chances = new Float64Array(maze.states * maze.actions);
  policy.forEach((move, state) => (chances[state * maze.actions + move] = 1));
  for (const steps of [3, 10, 100])
    expect(successChance(maze, chances, { goal: goals[0], steps })).toBeCloseTo(
      successRate(maze, policy, { goal: goals[0], steps }),
      12,
    );
});
