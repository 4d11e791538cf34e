import { describe, expect, test } from "vitest";
import { believers, GARDEN_WEIGHTS, moveValues, slipperyGrid } from "../../data/worlds/index.js";
import { FLOAT64, matrix, type Matrix } from "../../graph/fixtures/float64-ops.js";
import { fitBeliefs, type MoveRatings } from "../index.js";
import { beliefGraph } from "./belief-graph.js";
import { movePlaces, softMoveValues, type SoftSweeps } from "./soft-values.js";

const GRID = slipperyGrid(["f.G", "#P."]);
const MOVES = GRID.states * GRID.actions;
const SWEEPS: SoftSweeps = { sweeps: 8, gamma: 0.9, temperature: 0.2 };
const WEIGHTS = [-0.2, 0.4, 0, -1, 0.8];

/** In float64, for one world: each kind's weight, and a chance to slip. */
function soft(weights: readonly number[], slip: number, sweeps = SWEEPS): Matrix {
  const one = (rows: number, at: (row: number) => number): Matrix => matrix(rows, 1, at);
  return softMoveValues(
    FLOAT64,
    {
      reward: one(GRID.states, (s) => weights[GRID.kindOf[s]]),
      slip: one(MOVES, () => slip),
      goesOn: one(GRID.states, (s) => (GRID.ends.includes(s) ? 0 : 1)),
    },
    movePlaces(GRID, GRID.slips),
    sweeps,
  );
}

describe("soft value iteration", () => {
  test.each([0, 0.4, 1])("lies below the hard one by what its softness allows, slipping with %d", (slip) => {
    const hard = moveValues(GRID, WEIGHTS, slip);
    const temperature = 0.02;
    const found = soft(WEIGHTS, slip, { sweeps: 300, gamma: 0.9, temperature }).values;
    const allowed = (0.9 * temperature * Math.log(GRID.actions)) / (1 - 0.9);
    found.forEach((value, i) => {
      expect(value).toBeLessThan(hard[i] + 1e-9);
      expect(value).toBeGreaterThan(hard[i] - allowed - 1e-9);
    });
  });

  test("very soft, it is worth what moving at random is", () => {
    const found = soft(WEIGHTS, 0, { sweeps: 2, gamma: 0.9, temperature: 1e6 }).values;
    const reward = (state: number): number => WEIGHTS[GRID.kindOf[state]];
    const mean = [0, 1, 2, 3].reduce((sum, a) => sum + reward(GRID.next[a]) / 4, 0);
    // from the flowers up: one stays in them, and then moves at random
    expect(found[0]).toBeCloseTo(reward(0) + 0.9 * mean, 6);
  });
});

describe("the graph from posteriors to values", () => {
  const kinds = 5;
  const weights = [...WEIGHTS, -1, -0.5, -2, -1, 0.3];
  const beliefs = [-0.4, -1.2];
  const noise = [0.3, -1, 0.5, 0.2, -0.6, -0.2, 0.9, 1.1, -0.4, 0.1];
  const slipNoise = [0.7, -1.3];
  const SAMPLES = 2;
  const slope = Array.from({ length: MOVES * SAMPLES }, (_, i) => Math.sin(i + 1));

  /** Values of both draws in float64, [S A, 2], and the KL to the priors. */
  function float64(
    w: readonly number[],
    b: readonly number[],
  ): { readonly values: number[]; readonly kl: number } {
    const drawn = [0, 1].map((draw) => {
      const own = w.slice(0, kinds).map((m, j) => m + Math.exp(w[kinds + j] / 2) * noise[draw * kinds + j]);
      return soft(own, 1 / (1 + Math.exp(-b[0] - Math.exp(b[1] / 2) * slipNoise[draw]))).values;
    });
    const gap = (m: number, v: number, [m0, v0]: readonly number[]): number =>
      (v0 - v - 1 + (Math.exp(v) + (m - m0) ** 2) / Math.exp(v0)) / 2;
    return {
      values: Array.from({ length: MOVES * SAMPLES }, (_, i) => drawn[i % 2][Math.floor(i / 2)]),
      kl: w
        .slice(0, kinds)
        .reduce((sum, m, j) => sum + gap(m, w[kinds + j], [0, 0]), gap(b[0], b[1], [-1.5, Math.log(2.25)])),
    };
  }

  test("its values, KL and gradients are those of float64 and finite differences", async () => {
    const one = Int32Array.of(0);
    const graph = await beliefGraph(GRID, {
      ...SWEEPS,
      kinds,
      samples: SAMPLES,
      weightsOf: one,
      beliefOf: one,
    });
    graph.set("weights", weights);
    graph.set("beliefs", beliefs);
    graph.set("weights noise", noise);
    graph.set("beliefs noise", slipNoise);
    graph.forward();
    const wanted = float64(weights, beliefs);
    graph.read("result").forEach((value, i) => expect(value).toBeCloseTo(wanted.values[i], 5));
    expect(graph.read("beside")[0]).toBeCloseTo(wanted.kl, 4);
    graph.set("gradient result", slope);
    graph.set("gradient beside", [1]);
    graph.backward();
    const loss = (w: readonly number[], b: readonly number[]): number => {
      const { values, kl } = float64(w, b);
      return kl + values.reduce((sum, value, i) => sum + slope[i] * value, 0);
    };
    const moved = (of: readonly number[], at: number, by: number): number[] =>
      of.map((value, i) => (i === at ? value + by : value));
    const step = 1e-5;
    graph.read("gradient weights").forEach((value, i) => {
      const difference = loss(moved(weights, i, step), beliefs) - loss(moved(weights, i, -step), beliefs);
      expect(value, `weight ${i}`).toBeCloseTo(difference / (2 * step), 3);
    });
    graph.read("gradient beliefs").forEach((value, i) => {
      const difference = loss(weights, moved(beliefs, i, step)) - loss(weights, moved(beliefs, i, -step));
      expect(value, `belief ${i}`).toBeCloseTo(difference / (2 * step), 3);
    });
  });
});

function cosine(x: ArrayLike<number>, y: readonly number[]): number {
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe("fitting beliefs", () => {
  const SIZE = { users: 2, comparisonsPerUser: 1, seed: 1 };

  test("two raters with the same weights: each one's belief is found, and what both value", async () => {
    const world = believers({ ...SIZE, believed: [0, 0.5] });
    const fitted = await fitBeliefs(world.grid, world.ratings(200, 1), { steps: 250 });
    expect(cosine(fitted.weights, GARDEN_WEIGHTS)).toBeGreaterThan(0.95);
    const [sure, afraid] = fitted.slips;
    expect(sure.median).toBeLessThan(0.12);
    expect(Math.abs(afraid.median - 0.5)).toBeLessThan(0.12);
    expect(sure.high).toBeLessThan(afraid.low);
    expect(fitted.scatter).toBeGreaterThan(0.8);
    expect(fitted.scatter).toBeLessThan(1.4);
  });

  test("taken for right, a wrong belief turns liked flowers into disliked ones, and ratings are told less well", async () => {
    const world = believers({ ...SIZE, users: 1, believed: [0.6] });
    const ratings = world.ratings(200, 1);
    const options = { steps: 250 };
    const own = await fitBeliefs(world.grid, ratings, options);
    const taken = await fitBeliefs(world.grid, ratings, { ...options, slip: 0 });
    expect(taken.slips).toEqual([{ median: 0, low: 0, high: 0 }]);
    expect(own.weights[1]).toBeGreaterThan(0);
    expect(taken.weights[1]).toBeLessThan(0);
    expect(cosine(own.weights, GARDEN_WEIGHTS)).toBeGreaterThan(cosine(taken.weights, GARDEN_WEIGHTS) + 0.05);
    expect(own.bound).toBeGreaterThan(taken.bound);
    const misses = (fit: typeof own): number =>
      fit.expected(ratings).reduce((sum, value, i) => sum + (value - ratings.rating[i]) ** 2, 0);
    expect(misses(own)).toBeLessThan(misses(taken));
  });

  test("groups have beliefs, or weights, of their own; the same seed gives the same bits", async () => {
    const world = believers({ ...SIZE, users: 4, believed: [0, 0.5] });
    const ratings = world.ratings(40, 2);
    const options = { groups: [0, 1, 0, 1], steps: 60 } as const;
    const fitted = await fitBeliefs(world.grid, ratings, options);
    expect(fitted.slips[0]).toEqual(fitted.slips[2]);
    expect(fitted.slips[0]).not.toEqual(fitted.slips[1]);
    expect(fitted.weights).toHaveLength(5);
    expect((await fitBeliefs(world.grid, ratings, options)).weights).toEqual(fitted.weights);
    const tastes = await fitBeliefs(world.grid, ratings, { ...options, slip: "shared", values: "own" });
    expect(tastes.weights).toHaveLength(10);
    expect(new Set(tastes.slips.map(({ median }) => median)).size).toBe(1);
  });

  const world = believers({ ...SIZE, believed: [0, 0.5] });
  const good: MoveRatings = world.ratings(5, 1);
  const withRating = (i: number, value: number): MoveRatings => ({
    ...good,
    rating: good.rating instanceof Float64Array ? good.rating.with(i, value) : [],
  });

  test.each([
    [withRating(7, 11), {}, 'rating 8, of "user-1", must be on the scale 1 to 10, got 11'],
    [withRating(2, 0), {}, 'rating 3, of "user-0", must be on the scale 1 to 10, got 0'],
    [{ ...good, scale: [10, 1] as const }, {}, "the scale's most must be a number > 10, got 1"],
    [
      { ...good, state: Int32Array.from(good.state).fill(99, 3, 4) },
      {},
      "the state of rating 4 must be an integer >= 0 and <= 34, got 99",
    ],
    [{ ...good, users: ["a"] }, {}, "the user of rating 6 must be an integer >= 0 and <= 0, got 1"],
    [good, { slip: 1.4 }, "fitBeliefs: slip must be a number >= 0 and <= 1, got 1.4"],
    [good, { slip: "some" }, "fitBeliefs: slip"],
    [good, { groups: [0] }, "groups must name the group of each of 2 users, got 1"],
    [good, { gamma: 1 }, "fitBeliefs: gamma must be a number >= 0 and < 1, got 1"],
    [good, { sweep: 3 }, 'unknown option "sweep"'],
  ])("what is wrong is said: %#", async (ratings, options, message) => {
    await expect(fitBeliefs(world.grid, ratings, options as never)).rejects.toThrow(message);
  });
});
