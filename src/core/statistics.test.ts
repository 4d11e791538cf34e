import { describe, expect, test } from "vitest";
import { bootstrapInterval, mean, quantile, randomStream, standardDeviation, tInterval } from "./index.js";

describe("t interval", () => {
  // half widths for values of sample deviation 1: t / sqrt(n), t from printed tables of Student's distribution
  test.each([
    [2, 0.95, 12.7062],
    [5, 0.95, 2.77645],
    [10, 0.95, 2.26216],
    [5, 0.99, 4.60409],
    [31, 0.9, 1.69726],
  ])("n = %i at %d", (n, confidence, t) => {
    // n - 1 values of -a and one of (n - 1)a have mean 0 and sample variance a² n
    const a = 1 / Math.sqrt(n);
    const values = Array.from({ length: n }, (_, i) => (i === 0 ? (n - 1) * a : -a));
    const interval = tInterval(values, confidence);
    expect(interval.mean).toBeCloseTo(0, 12);
    expect(interval.high).toBeCloseTo(t / Math.sqrt(n), 4);
    expect(interval.low).toBeCloseTo(-t / Math.sqrt(n), 4);
    expect(interval.n).toBe(n);
    expect(interval.kind).toBe(`${confidence * 100} % t interval`);
  });

  test("covers the truth as often as it says", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const rng = randomStream(seed).split("t coverage");
      let covered = 0;
      for (let i = 0; i < 2000; i++) {
        const { low, high } = tInterval(rng.normals(5));
        if (low <= 0 && high >= 0) covered++;
      }
      // deviation of a share of 0.95 in 2000: 0.0049
      expect(Math.abs(covered / 2000 - 0.95), `seed ${seed}`).toBeLessThan(0.02);
    }
  });

  test("of one value is that value", () => {
    expect(tInterval([0.7])).toMatchObject({ mean: 0.7, low: 0.7, high: 0.7, n: 1 });
  });
});

describe("bootstrap interval", () => {
  test("of 0 and 1 has the binomial's quantiles", () => {
    // means of 100 draws with success 0.5: quantiles of Binomial(100, 0.5) / 100 at 2.5 % and 97.5 % are 0.40 and 0.60
    const values = Array.from({ length: 100 }, (_, i) => i % 2);
    for (const seed of [1, 2, 3, 4, 5]) {
      const { low, high, mean: centre } = bootstrapInterval(values, randomStream(seed));
      expect(centre).toBe(0.5);
      expect(Math.abs(low - 0.4), `seed ${seed}`).toBeLessThan(0.015);
      expect(Math.abs(high - 0.6), `seed ${seed}`).toBeLessThan(0.015);
    }
  });

  test("covers the truth nearly as often as it says", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const rng = randomStream(seed).split("coverage");
      let covered = 0;
      for (let i = 0; i < 300; i++) {
        const { low, high } = bootstrapInterval(rng.normals(40), rng, { confidence: 0.9, resamples: 200 });
        if (low <= 0 && high >= 0) covered++;
      }
      // percentile intervals are slightly short at n = 40: 0.875 over 9600 trials; in 300 the deviation is 0.019
      expect(Math.abs(covered / 300 - 0.875), `seed ${seed}`).toBeLessThan(0.06);
    }
  });

  test("the same stream gives the same interval", () => {
    const run = (seed: number) =>
      bootstrapInterval([1, 2.3, 4.1, 8.7], randomStream(seed), { resamples: 100 });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    expect(run(1)).toMatchObject({ mean: expect.closeTo(4.025, 12), n: 4, kind: "95 % bootstrap interval" });
    expect(bootstrapInterval([1, 2], randomStream(1), { confidence: 0.999 }).kind).toBe(
      "99.9 % bootstrap interval",
    );
  });
});

describe("quantile, mean and deviation", () => {
  test("quantiles are linear between order statistics (numpy's default)", () => {
    const values = [10, 2, 40, 30]; // sorted 2, 10, 30, 40; position 3p
    expect(quantile(values, 0)).toBe(2);
    expect(quantile(values, 1)).toBe(40);
    expect(quantile(values, 0.5)).toBe(20);
    expect(quantile(values, 0.25)).toBeCloseTo(8, 12); // 0.75 of the way from 2 to 10
    expect(quantile(values, 0.9)).toBeCloseTo(37, 12); // 0.7 of the way from 30 to 40
    expect(quantile([5], 0.3)).toBe(5);
  });

  test("mean and sample deviation by hand", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(standardDeviation([1, 2, 6])).toBeCloseTo(Math.sqrt(7), 12);
    expect(standardDeviation([4])).toBe(0);
  });

  test("nothing has no mean", () => {
    expect(() => mean([])).toThrow("mean: needs at least one value, got none");
    expect(() => quantile([], 0.5)).toThrow("quantile: needs at least one value");
    expect(() => quantile([1], 1.5)).toThrow("quantile: p must be a number >= 0 and <= 1, got 1.5");
    expect(() => tInterval([1, 2], 95)).toThrow("tInterval: confidence must be a number > 0 and < 1, got 95");
    expect(() => bootstrapInterval([], randomStream(1))).toThrow("needs at least one value, got none");
  });
});
