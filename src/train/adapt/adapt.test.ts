import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { loadEngine } from "../../engine/index.js";
import { objective, type Agreements } from "./objective.js";
import { posteriorOf } from "./posterior.js";

const engine = await loadEngine();

/** The optimum of one user. */
function optimum(data: Agreements, concentration: number): { weights: Float64Array; gap: number } {
  const from = Int32Array.of(0, data.agreement.length / data.k);
  const { weights, gaps } = engine.onSimplex({ ...data, from, concentration });
  return { weights, gap: gaps[0] };
}

/** N comparisons of a user with weights `truth`, answered by the logistic law. */
function world(seed: number, truth: readonly number[], n: number, scale = 3): Agreements {
  const k = truth.length;
  const rng = randomStream(seed).split("adapt test");
  const scores = Float64Array.from({ length: n * k }, () => scale * rng.normal());
  const label = Int8Array.from({ length: n }, (_, row) => {
    const s = truth.reduce((sum, w, j) => sum + w * scores[row * k + j], 0);
    return rng.uniform() < 1 / (1 + Math.exp(-s)) ? 1 : -1;
  });
  return { k, agreement: Float32Array.from(scores, (score, i) => label[Math.floor(i / k)] * score) };
}

/** Points of a grid over the simplex of three, without its edges. */
function grid(steps: number): number[][] {
  const points: number[][] = [];
  for (let a = 0.5; a < steps; a++)
    for (let b = 0.5; a + b < steps; b++) points.push([a, b, steps - a - b].map((x) => x / steps));
  return points.filter((point) => point[2] > 1e-9);
}

describe("the optimum on the simplex", () => {
  test.each([1, 1.5, 4])(
    "is no worse than any point of a fine grid, and says so (concentration %s)",
    (concentration) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const data = world(seed, [0.7, 0.2, 0.1], 20);
        const { weights, gap } = optimum(data, concentration);
        const value = objective(data, weights, concentration - 1);
        const best = Math.min(...grid(150).map((point) => objective(data, point, concentration - 1)));
        expect(value, `seed ${seed}`).toBeLessThanOrEqual(best + 1e-6);
        expect(gap, `seed ${seed}`).toBeLessThan(2e-6);
        expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...weights)).toBeGreaterThan(0);
      }
    },
  );

  test("no point of a finer search around it is better by more than rounding, for K of 2 to 8 and hard worlds", () => {
    for (const k of [2, 3, 5, 8])
      for (const [n, scale, concentration] of [
        [1, 3, 1.5],
        [7, 30, 1],
        [60, 0.1, 1.01],
        [200, 8, 2],
      ]) {
        const rng = randomStream(k + n);
        const data = world(
          k,
          Array.from({ length: k }, () => 1 / k),
          n,
          scale,
        );
        const { weights } = optimum(data, concentration);
        const best = objective(data, weights, concentration - 1);
        for (let draw = 0; draw < 200; draw++) {
          const moved = weights.map((w) => w * Math.exp(rng.normal() * 10 ** (-6 + 6 * rng.uniform())));
          const total = moved.reduce((a, b) => a + b, 0);
          const other = objective(
            data,
            moved.map((w) => w / total),
            concentration - 1,
          );
          expect(other, `K = ${k}, ${n} comparisons`).toBeGreaterThan(best - 1e-6);
        }
      }
  });

  test("the gap is the Frank-Wolfe gap, computed by hand where there is no prior", () => {
    // one comparison, agreement (2, -1): the loss falls along the edge towards the first prototype, and the barrier of 1e-7 stops before it
    const data = { k: 2, agreement: Float32Array.of(2, -1) };
    const { weights, gap } = optimum(data, 1);
    const miss = 1 / (1 + Math.exp(2 * weights[0] - weights[1]));
    const gradient = [-miss * 2, miss];
    const byHand = gradient[0] * weights[0] + gradient[1] * weights[1] - Math.min(...gradient);
    expect(byHand).toBeGreaterThan(0);
    expect(Math.abs(gap - byHand)).toBeLessThan(1e-12);
    // and it bounds what is left to gain
    expect(objective(data, weights, 0) - Math.log1p(Math.exp(-2))).toBeLessThanOrEqual(gap);
    expect(objective(data, weights, 0) - Math.log1p(Math.exp(-2))).toBeGreaterThan(gap / 3);
  });

  test("contradictory comparisons leave the user in the middle", () => {
    const { weights } = optimum({ agreement: Float32Array.of(2, -2, -2, 2), k: 2 }, 1.5);
    expect(weights[0]).toBeCloseTo(0.5, 6);
  });

  test("separable answers go to the corner without a prior, and stay off it with one", () => {
    const data = { agreement: Float32Array.of(5, -5, 4, -4), k: 2 };
    expect(optimum(data, 1).weights[0]).toBeGreaterThan(1 - 1e-6);
    expect(optimum(data, 2).weights[0]).toBeLessThan(0.999);
  });

  test("a row of weight 2 counts as two rows, and users do not touch each other", () => {
    const data = world(3, [0.5, 0.5], 9);
    const twice = { k: 2, agreement: Float32Array.of(...data.agreement, ...data.agreement) };
    const expected = optimum(twice, 1.5).weights;
    expect(optimum({ ...data, weight: new Float32Array(9).fill(2) }, 1.5).weights[0]).toBeCloseTo(
      expected[0],
      9,
    );
    const both = engine.onSimplex({
      ...{ k: 2, concentration: 1.5, from: Int32Array.of(0, 9, 27) },
      agreement: Float32Array.of(...data.agreement, ...twice.agreement),
    });
    expect([...both.weights]).toEqual([...optimum(data, 1.5).weights, ...expected]);
  });
});

describe("the posterior", () => {
  test("mean and covariance agree with integration over a grid", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const data = world(seed, [0.6, 0.3, 0.1], 15);
      const points = grid(200);
      const log = points.map((point) => -objective(data, point, 0.5));
      const top = Math.max(...log);
      const mass = log.map((value) => Math.exp(value - top));
      const total = mass.reduce((a, b) => a + b, 0);
      const mean = [0, 1, 2].map((j) =>
        points.reduce((sum, point, i) => sum + (mass[i] / total) * point[j], 0),
      );
      const cross = points.reduce(
        (sum, point, i) => sum + (mass[i] / total) * (point[0] - mean[0]) * (point[1] - mean[1]),
        0,
      );
      const rng = randomStream(seed);
      const posterior = posteriorOf(engine, data, { rng, concentration: 1.5, draws: 8000 });
      // Monte Carlo error: posterior deviations are about 0.15, over at least 2000 effective draws 0.004
      mean.forEach((value, j) =>
        expect(Math.abs(posterior.mean[j] - value), `seed ${seed}`).toBeLessThan(0.015),
      );
      expect(Math.abs(posterior.covariance[1] - cross), `seed ${seed}`).toBeLessThan(0.003);
      expect(posterior.effectiveDraws, `seed ${seed}`).toBeGreaterThan(1500);
    }
  });

  test("more comparisons, less spread", () => {
    const spread = (n: number): number => {
      const { covariance } = posteriorOf(engine, world(1, [0.6, 0.3, 0.1], n), {
        rng: randomStream(1),
        concentration: 1.5,
        draws: 4000,
      });
      return covariance[0] + covariance[4] + covariance[8];
    };
    expect(spread(200)).toBeLessThan(0.5 * spread(10));
  });
});
