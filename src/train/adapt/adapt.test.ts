import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { posteriorOf } from "./posterior.js";
import { objective, simplexOptimum, type PrototypeScores } from "./simplex-newton.js";

/** N comparisons of a user with weights `truth`, answered by the logistic law. */
function world(seed: number, truth: readonly number[], n: number, scale = 3): PrototypeScores {
  const k = truth.length;
  const rng = randomStream(seed).split("adapt test");
  const scores = Float64Array.from({ length: n * k }, () => scale * rng.normal());
  const label = Int8Array.from({ length: n }, (_, row) => {
    const s = truth.reduce((sum, w, j) => sum + w * scores[row * k + j], 0);
    return rng.uniform() < 1 / (1 + Math.exp(-s)) ? 1 : -1;
  });
  return { scores, label, k };
}

/** Points of a grid over the simplex of three, without its edges. */
function grid(steps: number): number[][] {
  const points: number[][] = [];
  for (let a = 0.5; a < steps; a++)
    for (let b = 0.5; a + b < steps; b++) points.push([a, b, steps - a - b].map((x) => x / steps));
  return points.filter((point) => point[2] > 1e-9);
}

describe("simplexOptimum", () => {
  test.each([1, 1.5, 4])(
    "is no worse than any point of a fine grid, and says so (concentration %s)",
    (concentration) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const data = world(seed, [0.7, 0.2, 0.1], 20);
        const { weights, dualityGap } = simplexOptimum(data, concentration);
        const value = objective(data, weights, concentration - 1);
        const best = Math.min(...grid(150).map((point) => objective(data, point, concentration - 1)));
        expect(value, `seed ${seed}`).toBeLessThanOrEqual(best + 1e-6);
        expect(dualityGap, `seed ${seed}`).toBeLessThan(2e-6);
        expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...weights)).toBeGreaterThan(0);
      }
    },
  );

  test("the gap bounds what is left at a point that is not the optimum", () => {
    const data = world(1, [0.2, 0.8], 30);
    const { weights } = simplexOptimum(data, 1.5);
    const best = objective(data, weights, 0.5);
    const { dualityGap } = simplexOptimum({ ...data, label: data.label }, 1.5);
    expect(dualityGap).toBeGreaterThanOrEqual(0);
    expect(objective(data, [0.5, 0.5], 0.5)).toBeGreaterThan(best);
  });

  test("contradictory comparisons leave the user in the middle", () => {
    const scores = Float64Array.of(2, -2, 2, -2);
    const { weights } = simplexOptimum({ scores, label: [1, -1], k: 2 }, 1.5);
    expect(weights[0]).toBeCloseTo(0.5, 6);
  });

  test("separable answers go to the corner without a prior, and stay off it with one", () => {
    const data = { scores: Float64Array.of(5, -5, 4, -4), label: [1, 1], k: 2 };
    expect(simplexOptimum(data, 1).weights[0]).toBeGreaterThan(1 - 1e-6);
    expect(simplexOptimum(data, 2).weights[0]).toBeLessThan(0.999);
  });

  test("a row of weight 2 counts as two rows", () => {
    const data = world(3, [0.5, 0.5], 10);
    const twice = {
      k: 2,
      scores: Float64Array.of(...data.scores, ...data.scores),
      label: [...Array.from(data.label), ...Array.from(data.label)],
    };
    const weighted = simplexOptimum({ ...data, weight: new Float32Array(10).fill(2) }, 1.5).weights;
    expect(weighted[0]).toBeCloseTo(simplexOptimum(twice, 1.5).weights[0], 9);
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
      const posterior = posteriorOf(data, { rng, concentration: 1.5, draws: 8000 });
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
      const { covariance } = posteriorOf(world(1, [0.6, 0.3, 0.1], n), {
        rng: randomStream(1),
        concentration: 1.5,
        draws: 4000,
      });
      return covariance[0] + covariance[4] + covariance[8];
    };
    expect(spread(200)).toBeLessThan(0.5 * spread(10));
  });
});
