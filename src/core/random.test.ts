import { describe, expect, test } from "vitest";
import { chiSquare, kolmogorov, normalCdf } from "./fixtures/distributions.js";
import { randomStream, type RandomStream } from "./index.js";

const SEEDS = [1, 2, 3, 4, 5];
const N = 20_000;
/** See `kolmogorov`: one sample in 8000 goes beyond. */
const WORST = 2.2;

function draw(seed: number, one: (rng: RandomStream) => number): Float64Array {
  const rng = randomStream(seed).split("test");
  return Float64Array.from({ length: N }, () => one(rng));
}

describe("a seed gives the same numbers on every Node", () => {
  // pinned when written: another value means that every published number changes
  test("uniform", () => {
    const rng = randomStream(1);
    expect([rng.uniform(), rng.uniform(), rng.uniform()]).toEqual([
      0.41671943641267717, 0.646275928709656, 0.26469541643746197,
    ]);
  });

  test("normals, gamma and Dirichlet", () => {
    expect([...randomStream(42).split("items").normals(4)]).toEqual([
      0.3363840878009796, -0.9657931327819824, -0.10780908912420273, 1.1079962253570557,
    ]);
    expect(randomStream(2).gamma(0.5)).toBe(0.1515196246129403);
    expect([...randomStream(7).split("w").dirichlet(3)]).toEqual([
      0.551459014415741, 0.31124192476272583, 0.1372990757226944,
    ]);
  });

  test("integers and orders", () => {
    expect(randomStream(5).integer(1000)).toBe(982);
    expect([...randomStream(3).permutation(8)]).toEqual([0, 4, 3, 1, 2, 6, 5, 7]);
  });
});

describe("distributions", () => {
  test.each(SEEDS)("uniform is uniform on [0, 1), seed %i", (seed) => {
    const values = draw(seed, (rng) => rng.uniform());
    expect(
      kolmogorov(values, (x) => x),
      `seed ${seed}`,
    ).toBeLessThan(WORST);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  test.each(SEEDS)("normal follows the normal law and neighbours do not correlate, seed %i", (seed) => {
    const values = draw(seed, (rng) => rng.normal());
    expect(kolmogorov(values, normalCdf), `seed ${seed}`).toBeLessThan(WORST);
    const lagged = values.reduce((sum, value, i) => sum + value * (values[i - 1] ?? 0), 0) / N;
    // a mean of products of independent normals has deviation 1 / sqrt(N)
    expect(Math.abs(lagged) * Math.sqrt(N), `seed ${seed}`).toBeLessThan(4);
  });

  test.each(SEEDS)("gamma(1) is exponential and gamma(1/2) half of a squared normal, seed %i", (seed) => {
    const exponential = draw(seed, (rng) => rng.gamma(1));
    expect(
      kolmogorov(exponential, (x) => 1 - Math.exp(-x)),
      `seed ${seed}`,
    ).toBeLessThan(WORST);
    const half = draw(seed, (rng) => rng.gamma(0.5));
    expect(
      kolmogorov(half, (x) => 2 * normalCdf(Math.sqrt(2 * x)) - 1),
      `seed ${seed}`,
    ).toBeLessThan(WORST);
  });

  test.each(SEEDS)("gamma(a) has mean a and variance a, seed %i", (seed) => {
    for (const shape of [0.3, 2.5, 20]) {
      const values = draw(seed, (rng) => rng.gamma(shape));
      const mean = values.reduce((a, b) => a + b) / N;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / N;
      expect(Math.abs(mean - shape) / Math.sqrt(shape / N), `shape ${shape}, seed ${seed}`).toBeLessThan(4);
      // the variance of a sample variance is (2 + 6 / a) a² / N for a gamma
      const deviation = shape * Math.sqrt((2 + 6 / shape) / N);
      expect(Math.abs(variance - shape) / deviation, `shape ${shape}, seed ${seed}`).toBeLessThan(4);
    }
  });

  test.each(SEEDS)(
    "Dirichlet(1, 1) is uniform on the segment; larger sizes lie on the simplex, seed %i",
    (seed) => {
      const first = draw(seed, (rng) => rng.dirichlet(2)[0]);
      expect(
        kolmogorov(first, (x) => x),
        `seed ${seed}`,
      ).toBeLessThan(WORST);
      const rng = randomStream(seed);
      for (let i = 0; i < 200; i++) {
        const point = rng.dirichlet(5, 0.2);
        expect(Math.min(...point)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(point.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-6);
      }
    },
  );

  test.each(SEEDS)("integers have equal shares, seed %i", (seed) => {
    const counts = new Array<number>(7).fill(0);
    for (const value of draw(seed, (rng) => rng.integer(7))) counts[value]++;
    // chi-square with 6 degrees of freedom is above 27.9 once in 10,000
    expect(chiSquare(counts), `seed ${seed}`).toBeLessThan(27.9);
  });

  test("integers of a range that does not divide 2^32 have no modulo bias", () => {
    // 2^32 modulo 3·2^30 is 2^30: taking the remainder alone would put half of the values below 2^30 instead of a third
    const rng = randomStream(1);
    let below = 0;
    for (let i = 0; i < N; i++) if (rng.integer(3 * 2 ** 30) < 2 ** 30) below++;
    expect(Math.abs(below / N - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / N));
  });

  test.each(SEEDS)("every order of 4 is equally likely, seed %i", (seed) => {
    const rng = randomStream(seed);
    const seen = new Map<string, number>();
    for (let i = 0; i < N; i++) {
      const order = rng.permutation(4).join();
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    // 23 degrees of freedom: above 58.6 once in 17,000
    expect(chiSquare([...seen.values()]), `seed ${seed}`).toBeLessThan(58.6);
  });
});

describe("splitting", () => {
  test("one more draw in a stream changes nothing in another", () => {
    const parent = randomStream(9);
    const before = [...parent.split("items").normals(5)];
    parent.normal();
    parent.split("users").uniform();
    expect([...parent.split("items").normals(5)]).toEqual(before);
  });

  test("a stream is named by its path and its seed", () => {
    const draws = (rng: RandomStream): string => [...rng.normals(3)].join();
    const streams = [
      randomStream(1),
      randomStream(2),
      randomStream(1).split("a"),
      randomStream(1).split("b"),
      randomStream(1).split("a").split("a"),
      randomStream(1).split("a").split("b"),
      randomStream(1).split("ab"),
      randomStream(1).split(1),
      randomStream(1).split(11),
      randomStream(11).split(1),
      randomStream(-1),
    ];
    expect(new Set(streams.map(draws)).size).toBe(streams.length);
    expect(draws(randomStream(1).split(1))).toBe(draws(randomStream(1).split("1")));
  });

  test.each(SEEDS)("streams of neighbouring names and seeds do not correlate, seed %i", (seed) => {
    const first = Float64Array.from({ length: N }, (_, i) => randomStream(seed).split(i).uniform());
    expect(
      kolmogorov(first, (x) => x),
      `seed ${seed}`,
    ).toBeLessThan(WORST);
    const here = randomStream(seed).normals(N);
    const there = randomStream(seed + 1).normals(N);
    const product = here.reduce((sum, value, i) => sum + value * there[i], 0) / N;
    expect(Math.abs(product) * Math.sqrt(N), `seed ${seed}`).toBeLessThan(4);
  });
});

describe("bad input", () => {
  test("says what it got", () => {
    expect(() => randomStream(1.5)).toThrow("RandomStream: seed must be an integer >= ");
    expect(() => randomStream(Number.NaN)).toThrow("got NaN");
    expect(() => randomStream(1).integer(0)).toThrow(
      "RandomStream.integer: n must be an integer >= 1 and <= 4294967296, got 0",
    );
    expect(() => randomStream(1).gamma(0)).toThrow("RandomStream.gamma: shape must be a number > 0, got 0");
  });

  test("a seed that loses digits as a number is refused", () => {
    expect(() => randomStream(1e21)).toThrow("RandomStream: seed must be an integer >= -9007199254740991");
  });
});
