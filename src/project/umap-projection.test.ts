import { UMAP } from "umap-js";
import { describe, expect, test, vi } from "vitest";
import { RandomStream } from "../core/index.js";
import type { Points } from "./points.js";
import { trustworthiness } from "./trustworthiness.js";
import { umapProjection, type UmapOptions } from "./umap-projection.js";

/** Three groups of points around corners that are 10 apart, in 10 dimensions. */
function groups(seed: number, n = 90): Points {
  const rng = new RandomStream(seed);
  const values = Float32Array.from({ length: n * 10 }, (_, i) => {
    const isCorner = i % 10 === Math.floor(i / 10) % 3;
    return rng.normal() + (isCorner ? 10 : 0);
  });
  return { values, dimension: 10 };
}

describe("umapProjection", () => {
  test.each([1, 2, 3, 4, 5])("keeps neighbours and groups, seed %i", (seed) => {
    const points = groups(seed);
    const projected = umapProjection(points, { seed, nNeighbors: 10 });
    expect(projected.values.length).toBe(180);
    expect(trustworthiness(points, projected, 10)).toBeGreaterThan(0.85);
    for (let i = 0; i < 90; i++) {
      const distance = (j: number) =>
        Math.hypot(
          projected.values[2 * i] - projected.values[2 * j],
          projected.values[2 * i + 1] - projected.values[2 * j + 1],
        );
      const others = Array.from({ length: 90 }, (_, j) => j).filter((j) => j !== i);
      const nearest = others.reduce((best, j) => (distance(j) < distance(best) ? j : best));
      expect(nearest % 3).toBe(i % 3);
    }
  });

  test("the same seed gives the same bits", () => {
    for (const n of [60, 600]) {
      const points = groups(1, n);
      const options = { seed: 5, nNeighbors: 5, epochs: 20 };
      expect(umapProjection(points, options)).toEqual(umapProjection(points, options));
      expect(umapProjection(points, options)).not.toEqual(umapProjection(points, { ...options, seed: 6 }));
    }
  });

  test("a cosine projection looks at directions, not at lengths", () => {
    const rng = new RandomStream(2);
    const directions = groups(2);
    const lengths = Array.from({ length: 90 }, () => 1 + 30 * rng.uniform());
    const values = directions.values.map((value, i) => value * lengths[Math.floor(i / 10)]);
    const stretched = { values, dimension: 10 };
    const low = umapProjection(stretched, { seed: 1, metric: "cosine", nNeighbors: 10 });
    expect(trustworthiness(directions, low, 10)).toBeGreaterThan(0.8);
    const euclidean = umapProjection(stretched, { seed: 1, nNeighbors: 10 });
    expect(trustworthiness(directions, euclidean, 10)).toBeLessThan(trustworthiness(directions, low, 10));
  });

  test("a point without a direction is as far from all others as one at right angles to them", () => {
    const n = 30;
    const points = groups(3, n);
    const [zero, apart] = [0, 1].map((entry) => {
      const values = new Float32Array(n * 11);
      for (let i = 0; i < n - 1; i++) values.set(points.values.subarray(10 * i, 10 * i + 10), 11 * i);
      values[n * 11 - 1] = entry;
      return umapProjection(
        { values, dimension: 11 },
        { seed: 1, metric: "cosine", nNeighbors: 5, epochs: 20 },
      );
    });
    expect(zero).toEqual(apart);
    expect(zero.values.every(Number.isFinite)).toBe(true);
  });

  test("epochs are taken, and more of them move the points on", () => {
    const points = groups(1, 30);
    const [none, one, many] = [undefined, 1, 60].map((epochs) =>
      umapProjection(points, { seed: 1, nNeighbors: 5, ...(epochs === undefined ? {} : { epochs }) }),
    );
    expect(one).not.toEqual(many);
    expect(none).not.toEqual(one);
  });

  test("values that are not finite are not handed on, one among many neither", () => {
    vi.spyOn(UMAP.prototype, "fit").mockReturnValue([
      [1, 2],
      [3, NaN],
    ]);
    expect(() => umapProjection(groups(1, 12), { seed: 1, nNeighbors: 3 })).toThrow(
      "umapProjection: gives values that are not finite; are many points the same?",
    );
    vi.restoreAllMocks();
  });

  test("refuses what umap-js lets pass: NaN, ragged rows, unknown options, no seed, too few points", () => {
    const points = groups(1, 12);
    const nan = { values: points.values.with(13, NaN), dimension: 10 };
    expect(() => umapProjection(nan, { seed: 1 })).toThrow(
      "umapProjection: points must be finite, got NaN at row 1, column 3",
    );
    const wrong = (options: object) => () => umapProjection(points, { seed: 1, nNeighbors: 3, ...options });
    expect(wrong({ components: 0 })).toThrow("umapProjection: components must be an integer >= 1, got 0");
    expect(wrong({ epochs: 0 })).toThrow("umapProjection: epochs must be an integer >= 1, got 0");
    expect(wrong({ minDist: 1.5 })).toThrow(
      "umapProjection: minDist must be a number >= 0 and <= 1, got 1.5",
    );
    expect(wrong({ metric: "manhattan" })).toThrow(
      'umapProjection: metric must be one of "euclidean", "cosine"',
    );
    const ragged = { values: points.values.slice(1), dimension: 10 };
    expect(() => umapProjection(ragged, { seed: 1 })).toThrow("must be [n, 10], got 119 numbers");
    expect(() => umapProjection(points, { seed: 1, neighbours: 3 } as UmapOptions)).toThrow(
      'umapProjection: unknown option "neighbours"; known: "seed", "nNeighbors", "minDist", "components", "metric", "epochs"',
    );
    expect(() => umapProjection(points, {} as UmapOptions)).toThrow("seed must be an integer, got undefined");
    expect(() => umapProjection(points, { seed: 1 })).toThrow(
      "nNeighbors must be an integer >= 2 and <= 11, got 15",
    );
    expect(() => umapProjection(points, { seed: 1, nNeighbors: 3, minDist: -1 })).toThrow("minDist");
  });
});

describe("trustworthiness", () => {
  test("is 1 for the points themselves and for a turned copy", () => {
    const points = groups(1);
    expect(trustworthiness(points, points, 5)).toBe(1);
    const negated = { values: points.values.map((value) => -value), dimension: 10 };
    expect(trustworthiness(points, negated, 5)).toBe(1);
  });

  test("is the formula's value on a hand example", () => {
    // On a line 0, 1, 2.1, 3.3, 4.6; in the projection the first and the last are swapped. k = 1.
    // Nearest in the projection, and its true rank: 0 -> 3 (rank 3), 1 -> 4 (rank 4), 2 -> 1 (1), 3 -> 2 (1), 4 -> 1 (3).
    // Penalty 2 + 3 + 0 + 0 + 2 = 7; factor 2 / (5 · 1 · (10 - 3 - 1)) = 1/15.
    const high = { values: Float32Array.of(0, 1, 2.1, 3.3, 4.6), dimension: 1 };
    const low = { values: Float32Array.of(4.6, 1, 2.1, 3.3, 0), dimension: 1 };
    expect(trustworthiness(high, low, 1)).toBeCloseTo(1 - 7 / 15, 12);
  });

  test("points as far as each other rank by their order", () => {
    // Of 0, 1, -1 the last two are as far from the first, of 10, 11, 9 too. In the projection the nearest of 0 is -1, second among
    // equals: a penalty of 1; the nearest of 10 is 11, first among equals. All others have their nearest: 1 - 2 / (6 (12 - 3 - 1)).
    const high = { values: Float32Array.of(0, 1, -1, 10, 11, 9), dimension: 1 };
    const low = { values: Float32Array.of(0, -3, 1, 100, 101, 97), dimension: 1 };
    expect(trustworthiness(high, low, 1)).toBeCloseTo(1 - 1 / 24, 12);
  });

  test.each([1, 2, 3, 4, 5])("is about 1/2 for an arrangement by chance, seed %i", (seed) => {
    const rng = new RandomStream(seed);
    const high = { values: rng.normals(800), dimension: 4 };
    const low = { values: rng.normals(400), dimension: 2 };
    expect(Math.abs(trustworthiness(high, low, 10) - 0.5)).toBeLessThan(0.05);
  });

  test("refuses too many neighbours and points that are not pairs", () => {
    const points = groups(1, 10);
    expect(() => trustworthiness(points, points, 5)).toThrow("k must be an integer >= 1 and < 5, got 5");
    expect(() => trustworthiness(points, groups(1, 9), 2)).toThrow(
      "trustworthiness: high and low must be pairs, got 10 and 9",
    );
    const nan = { values: points.values.with(0, NaN), dimension: 10 };
    expect(() => trustworthiness(nan, points, 2)).toThrow("trustworthiness: high must be finite");
    expect(() => trustworthiness(points, nan, 2)).toThrow("trustworthiness: low must be finite");
  });
});
