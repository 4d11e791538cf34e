import { describe, expect, test } from "vitest";
import { RandomStream } from "../core/index.js";
import { pca } from "./pca.js";

describe("pca", () => {
  test("finds the axes and variances of a hand example", () => {
    // (±2, 0) and (0, ±1) turned by 45 degrees: variances 8/3 and 2/3 along (1, 1)/√2 and (1, -1)/√2.
    const h = Math.SQRT1_2;
    const values = Float32Array.from([2 * h, 2 * h, -2 * h, -2 * h, h, -h, -h, h].map((value) => value + 10));
    const { directions, variance, explained, mean, points } = pca({ values, dimension: 2 });
    expect(variance[0]).toBeCloseTo(8 / 3, 5);
    expect(variance[1]).toBeCloseTo(2 / 3, 5);
    expect(explained[0]).toBeCloseTo(0.8, 5);
    expect(Array.from(mean)).toEqual([10, 10]);
    expect(Math.abs(directions[0])).toBeCloseTo(h, 5);
    expect(directions[0]).toBeCloseTo(directions[1], 5);
    expect(points.values[0]).toBeCloseTo(2, 5);
  });

  test.each([1, 2, 3, 4, 5])("recovers known variances in both shapes, seed %i", (seed) => {
    const rng = new RandomStream(seed);
    for (const [n, dimension] of [
      [2000, 6],
      [40, 80],
    ]) {
      // Along the first two axes the standard deviations are 5 and 3, along the others 0.1.
      const scale = (d: number) => [5, 3][d] ?? 0.1;
      const values = Float32Array.from(
        { length: n * dimension },
        (_, i) => scale(i % dimension) * rng.normal(),
      );
      const { directions, variance, explained, points } = pca({ values, dimension });
      // Relative standard error of a variance: √(2/n).
      const tolerance = 5 * Math.sqrt(2 / n);
      expect(Math.abs(variance[0] / 25 - 1)).toBeLessThan(tolerance);
      expect(Math.abs(variance[1] / 9 - 1)).toBeLessThan(tolerance);
      expect(explained[0] + explained[1]).toBeGreaterThan(0.95);
      expect(directions[0] ** 2 + directions[1] ** 2).toBeGreaterThan(0.99);
      const along = points.values.filter((_, i) => i % 2 === 0);
      const sum = along.reduce((total, value) => total + value * value, 0);
      expect(sum / (n - 1) / variance[0]).toBeCloseTo(1, 4);
    }
  });

  test("the largest entry of each direction is positive, and mirrored points give the same directions", () => {
    const rng = new RandomStream(3);
    const values = rng.normals(300);
    const { directions } = pca({ values, dimension: 5 }, { components: 3 });
    const mirrored = pca({ values: values.map((value) => -value), dimension: 5 }, { components: 3 });
    for (let j = 0; j < 3; j++) {
      const row = Array.from(directions.subarray(5 * j, 5 * j + 5));
      expect(Math.max(...row)).toBe(Math.max(...row.map(Math.abs)));
      row.forEach((value, d) => expect(mirrored.directions[5 * j + d]).toBeCloseTo(value, 5));
    }
  });

  test("where entries are as large as each other the first is positive, turned or not", () => {
    // widest along (1, -1), less along (1, 1)
    for (const sign of [1, -1]) {
      const values = Float32Array.of(2, -2, -2, 2, 1, 1, -1, -1).map((value) => sign * value);
      const { directions } = pca({ values, dimension: 2 });
      const h = Math.SQRT1_2;
      [h, -h, h, h].forEach((value, i) => expect(directions[i]).toBeCloseTo(value, 6));
    }
  });

  test("points that are all one have no variance, not NaN", () => {
    const { explained, variance, points } = pca({ values: new Float32Array(12).fill(1), dimension: 3 });
    expect([...explained, ...variance, ...points.values].every((value) => value === 0)).toBe(true);
  });

  test("refuses what cannot be projected", () => {
    const points = { values: new Float32Array(6), dimension: 3 };
    expect(() => pca(points, { components: 2 })).toThrow(
      "components must be an integer >= 1 and <= 1, got 2",
    );
    expect(() => pca({ values: new Float32Array(5), dimension: 3 })).toThrow(
      "pca: points must be [n, 3], got 5 numbers",
    );
    expect(() => pca({ values: new Float32Array(3), dimension: 3 })).toThrow("at least 2 points, got 1");
    expect(() => pca(points, { k: 2 } as object)).toThrow('pca: unknown option "k"; known: "components"');
  });
});
