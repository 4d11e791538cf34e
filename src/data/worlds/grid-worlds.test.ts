import { describe, expect, test } from "vitest";
import {
  blindAccuracy,
  cellFeatures,
  hiddenContext,
  largeMaze,
  mazeWorld,
  oracleAccuracy,
  valueIteration,
} from "./index.js";

describe("value iteration", () => {
  const line = { states: 4, actions: 2, next: Int32Array.of(0, 1, 0, 2, 1, 3, 2, 3) };

  test("finds the discounted rewards of a line, in closed form", () => {
    const { state, move } = valueIteration(line, [0, 0, 0, 1], { gamma: 0.9, ends: [3] });
    [0.81, 0.9, 1, 0].forEach((value, s) => expect(state[s]).toBeCloseTo(value, 12));
    expect(move[2 * 1]).toBeCloseTo(0.9 * 0.81, 12);
    const staying = valueIteration(line, [0, 0, 0, 1], { gamma: 0.9 }).state;
    [8.1, 9, 10, 10].forEach((value, s) => expect(staying[s]).toBeCloseTo(value, 9));
  });

  test("bad input is named", () => {
    expect(() => valueIteration(line, [0, 1])).toThrow("reward must have 4 numbers, one a state, got 2");
    expect(() => valueIteration(line, [0, 0, 0, 1], { gamma: 1 })).toThrow(
      "gamma must be a number >= 0 and < 1, got 1",
    );
  });
});

/** Steps from every cell to a goal, breadth first. */
function distances(goal: number): number[] {
  const maze = largeMaze();
  const found = new Array<number>(maze.states).fill(Infinity);
  found[goal] = 0;
  const queue = [goal];
  for (const cell of queue)
    for (let a = 0; a < maze.actions; a++) {
      const to = maze.next[cell * maze.actions + a];
      if (found[to] < Infinity) continue;
      found[to] = found[cell] + 1;
      queue.push(to);
    }
  return found;
}

describe("the maze", () => {
  test("all of its cells are connected, and walls stop moves", () => {
    const maze = largeMaze();
    expect(Math.max(...distances(0))).toBeLessThan(Infinity);
    expect(maze.at(0, 0)).toBe(-1);
    const corner = maze.at(1, 1);
    expect([...maze.next.subarray(corner * 5, corner * 5 + 5)]).toEqual([
      corner,
      maze.at(2, 1),
      corner,
      maze.at(1, 2),
      corner,
    ]);
  });

  test.each([2, 10] as const)("%s goals: a cell's value is that of its distance, in closed form", (goals) => {
    const world = mazeWorld({ users: 2, comparisonsPerUser: 1, goals, seed: 1 });
    expect(new Set(world.goals).size).toBe(goals);
    world.goals.forEach((goal, kind) => {
      const far = distances(goal);
      const worst = 0.99 ** Math.max(...far);
      far.forEach((steps, cell) =>
        expect(world.values[kind * world.maze.states + cell]).toBeCloseTo(
          (0.99 ** steps - worst) / (1 - worst),
          8,
        ),
      );
    });
  });

  test("the nearer place wins, by its features; two opposed goals leave little to who knows no goal", () => {
    const world = mazeWorld({ users: 200, comparisonsPerUser: 20, seed: 1 });
    const { data, maze, cellOf, goals } = world;
    const features = data.items.features ?? new Float32Array(0);
    const centres = cellFeatures(maze);
    cellOf.forEach((cell, item) => {
      expect(Math.abs(features[2 * item] - centres[2 * cell])).toBeLessThanOrEqual(0.5 / 8 + 1e-6);
      expect(Math.abs(features[2 * item + 1] - centres[2 * cell + 1])).toBeLessThanOrEqual(0.5 / 11 + 1e-6);
    });
    const far = goals.map(distances);
    data.label.forEach((label, row) => {
      const own = far[world.kindOf[data.user[row]]];
      const difference = own[cellOf[data.left[row]]] - own[cellOf[data.right[row]]];
      if (difference !== 0) expect(Math.sign(difference)).toBe(label);
    });
    // by hand: over pairs of cells, users agree or the answer is a coin's; equal distances are a coin's for everybody
    let [blind, oracle] = [0, 0];
    const p = (kind: number, a: number, b: number) => (Math.sign(far[kind][a] - far[kind][b]) + 1) / 2;
    for (let a = 0; a < maze.states; a++)
      for (let b = 0; b < maze.states; b++) {
        const mean = (p(0, a, b) + p(1, a, b)) / 2;
        blind += Math.max(mean, 1 - mean) / maze.states ** 2;
        oracle +=
          [0, 1].reduce((sum, kind) => sum + Math.max(p(kind, a, b), 1 - p(kind, a, b)) / 2, 0) /
          maze.states ** 2;
      }
    expect(Math.abs(blindAccuracy(world, data) - blind)).toBeLessThan(0.02);
    expect(Math.abs(oracleAccuracy(world, data) - oracle)).toBeLessThan(0.01);
  });
});

describe("hidden context", () => {
  test("the Borda count in one dimension is what alternatives win, and has the closed form of the paper's toy", () => {
    const { data, bordaCount, expectedUtility } = hiddenContext({
      users: 1,
      comparisonsPerUser: 200_000,
      seed: 1,
    });
    const a = data.items.features ?? new Float32Array(0);
    for (const [low, high] of [
      [0.2, 0.3],
      [0.7, 0.8],
      [0.8, 0.85],
      [0.95, 1],
    ]) {
      const rows = [...data.label.keys()].filter(
        (row) => a[data.right[row]] > low && a[data.right[row]] < high,
      );
      const wins = rows.filter((row) => data.label[row] > 0).length / rows.length;
      expect(Math.abs(wins - bordaCount((low + high) / 2))).toBeLessThan(4 * Math.sqrt(0.25 / rows.length));
    }
    expect(bordaCount(0.5)).toBeCloseTo(0.6, 12);
    expect(bordaCount(0.9)).toBeCloseTo(0.275 + 0.25 * 0.9, 12);
    expect(expectedUtility(0.9)).toBe(0.9);
  });

  test("in two dimensions the count by quadrature is what alternatives win", () => {
    const { data, bordaCount, expectedUtility } = hiddenContext({
      ...{ users: 1, comparisonsPerUser: 50_000, seed: 2, dimension: 2 },
    });
    const xy = data.items.features ?? new Float32Array(0);
    const near = (item: number, x: number, y: number) =>
      Math.abs(xy[2 * item] - x) < 0.07 && Math.abs(xy[2 * item + 1] - y) < 0.07;
    for (const [x, y] of [
      [0.9, 0.9],
      [0.1, 0.5],
      [0.5, 0.2],
    ]) {
      const rows = [...data.label.keys()].filter((row) => near(data.right[row], x, y));
      const wins = rows.filter((row) => data.label[row] > 0).length / rows.length;
      expect(Math.abs(wins - bordaCount(x, y))).toBeLessThan(4 * Math.sqrt(0.25 / rows.length) + 0.01);
    }
    expect(expectedUtility(0.3, 0.7)).toBe(0.7);
    expect(() => bordaCount(2, 0)).toThrow("bordaCount: x must be a number >= 0 and <= 1, got 2");
  });
});
