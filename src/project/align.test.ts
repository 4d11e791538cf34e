import { describe, expect, test } from "vitest";
import { RandomStream } from "../core/index.js";
import { alignAffine } from "./align-affine.js";
import { applyAffine, type AffineMap } from "./affine-map.js";
import { procrustes } from "./procrustes.js";
import type { Points } from "./points.js";

const seeds = [1, 2, 3, 4, 5];

function randomPoints(rng: RandomStream, n: number, dimension: number): Points {
  return { values: rng.normals(n * dimension), dimension };
}

/** A rotation by `angle`, or a reflection; row-major [2, 2]. */
function rotation2(angle: number, mirrored: boolean): number[] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return mirrored ? [c, s, s, -c] : [c, -s, s, c];
}

function map(matrix: number[], offset: number[]): AffineMap {
  return { matrix: Float64Array.from(matrix), offset: Float64Array.from(offset) };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

describe("procrustes", () => {
  test.each(seeds)("recovers a rotation and shift, seed %i", (seed) => {
    const rng = new RandomStream(seed);
    const points = randomPoints(rng, 30, 2);
    const truth = map(rotation2(6 * rng.uniform(), seed % 2 === 0), [3, -2]);
    const result = procrustes(points, applyAffine(truth, points));
    expect(largestDifference(result.rotation, truth.matrix)).toBeLessThan(1e-5);
    expect(largestDifference(result.offset, truth.offset)).toBeLessThan(1e-5);
    expect(result.residual).toBeLessThan(1e-5);
    expect(result.scale).toBe(1);
  });

  test.each(seeds)("recovers a scale, seed %i", (seed) => {
    const rng = new RandomStream(seed);
    const points = randomPoints(rng, 20, 2);
    const turned = rotation2(1.2, false).map((value) => 2.5 * value);
    const target = applyAffine(map(turned, [0, 1]), points);
    expect(procrustes(points, target, { scale: true }).scale).toBeCloseTo(2.5, 5);
    expect(procrustes(points, target, { scale: true }).residual).toBeLessThan(1e-5);
    expect(procrustes(points, target).residual).toBeGreaterThan(0.5);
  });

  test("does not mirror where reflection is forbidden", () => {
    const points = randomPoints(new RandomStream(1), 30, 2);
    const target = applyAffine(map([1, 0, 0, -1], [0, 0]), points);
    expect(procrustes(points, target).residual).toBeLessThan(1e-5);
    const { rotation, residual } = procrustes(points, target, { reflection: false });
    expect(rotation[0] * rotation[3] - rotation[1] * rotation[2]).toBeCloseTo(1, 10);
    expect(residual).toBeGreaterThan(0.1);
  });

  test("is orthogonal and no worse than other rotations on noisy points in 5 dimensions", () => {
    for (const seed of seeds) {
      const rng = new RandomStream(seed);
      const points = randomPoints(rng, 40, 5);
      const target = { values: points.values.map((value) => value + 0.3 * rng.normal()), dimension: 5 };
      const { rotation, residual } = procrustes(points, target);
      for (let i = 0; i < 5; i++) {
        for (let j = 0; j < 5; j++) {
          let product = 0;
          for (let k = 0; k < 5; k++) product += rotation[i * 5 + k] * rotation[j * 5 + k];
          expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
        }
      }
      // The identity is a rotation too; the shift between the means is allowed, so this is an upper bound.
      const identity = procrustes(points, points).rotation;
      const untouched = applyAffine({ matrix: identity, offset: new Float64Array(5) }, points);
      const sum = untouched.values.reduce((total, value, i) => total + (value - target.values[i]) ** 2, 0);
      expect(residual).toBeLessThanOrEqual(Math.sqrt(sum / 40) + 1e-9);
    }
  });

  test("refuses shapes that differ, NaN and unknown options", () => {
    const points = randomPoints(new RandomStream(1), 4, 2);
    const other = randomPoints(new RandomStream(1), 4, 3);
    expect(() => procrustes(points, other)).toThrow(
      "procrustes: points and target must share their dimension, got 2 and 3",
    );
    expect(() => procrustes(points, { values: new Float32Array(6), dimension: 2 })).toThrow(
      "procrustes: points and target must be pairs, got 4 and 3",
    );
    expect(() => procrustes({ values: Float32Array.of(1, NaN), dimension: 2 }, points)).toThrow(
      "procrustes: points must be finite, got NaN at row 0, column 1",
    );
    expect(() => procrustes(points, { values: new Float32Array(8), dimension: 0 })).toThrow(
      "procrustes: target.dimension must be an integer >= 1, got 0",
    );
    expect(() => procrustes(points, points, { mirror: true } as object)).toThrow(
      'procrustes: unknown option "mirror"; known: "scale", "reflection"',
    );
    const same = { values: new Float32Array(8), dimension: 2 };
    expect(() => procrustes(same, points, { scale: true })).toThrow("cannot be scaled");
  });
});

describe("alignAffine", () => {
  test.each(seeds)("recovers an affine map between dimensions, seed %i", (seed) => {
    const rng = new RandomStream(seed);
    const points = randomPoints(rng, 50, 4);
    const truth = map(Array.from(rng.normals(12)), Array.from(rng.normals(3)));
    const result = alignAffine(points, applyAffine(truth, points));
    expect(largestDifference(result.matrix, truth.matrix)).toBeLessThan(1e-5);
    expect(largestDifference(result.offset, truth.offset)).toBeLessThan(1e-5);
    expect(result.residual).toBeLessThan(1e-5);
    const user = randomPoints(rng, 1, 4);
    expect(largestDifference(applyAffine(result, user).values, applyAffine(truth, user).values)).toBeLessThan(
      1e-4,
    );
  });

  test("is the least-squares line in one dimension", () => {
    // By hand: x = 0, 1, 2, 3; y = 1, 3, 2, 5: slope 1.1, intercept 1.1.
    const x = { values: Float32Array.of(0, 1, 2, 3), dimension: 1 };
    const y = { values: Float32Array.of(1, 3, 2, 5), dimension: 1 };
    const { matrix, offset, residual } = alignAffine(x, y);
    expect(matrix[0]).toBeCloseTo(1.1, 10);
    expect(offset[0]).toBeCloseTo(1.1, 10);
    expect(residual).toBeCloseTo(Math.sqrt((0.01 + 0.64 + 1.69 + 0.36) / 4), 6);
  });

  test("points that lie in a plane are aligned all the same", () => {
    const flat = { values: Float32Array.from([0, 0, 1, 1, 2, 2, 3, 3, 5, 5]), dimension: 2 };
    const { aligned, residual } = alignAffine(flat, flat);
    expect(residual).toBeLessThan(1e-5);
    expect(largestDifference(aligned.values, flat.values)).toBeLessThan(1e-5);
  });

  test("refuses fewer pairs than would fix the map", () => {
    const points = randomPoints(new RandomStream(1), 3, 3);
    expect(() => alignAffine(points, points)).toThrow("3 dimensions need at least 4 pairs of points, got 3");
    expect(() => applyAffine(map([1, 2], [0]), points)).toThrow(
      "the map is from dimension 2, got points of dimension 3",
    );
  });
});
