import { describe, expect, test } from "vitest";
import {
  keepUsers,
  selectUser,
  simulateIdealPoints,
  type PreferenceData,
  type SimulationOptions,
} from "../data/index.js";
import { blindCeiling, CHANCE, oracleCeiling } from "./index.js";

const SEEDS = [1, 2, 3, 4, 5];
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * One dimension, f* = identity, items at -1 and +1: a user at a scores (−1 − a)² − (1 − a)² = 4a for left = -1, right = +1.
 * Three users at -1, +1 and +1 each judge that pair once; without noise their answers are left, right, right.
 */
function line(change: Partial<PreferenceData> = {}, noiseSlope?: number): PreferenceData {
  return {
    users: ["a", "b", "c"],
    items: { ids: ["minus", "plus"], features: Float32Array.of(-1, 1) },
    user: Int32Array.of(0, 1, 2),
    left: Int32Array.of(0, 0, 0),
    right: Int32Array.of(1, 1, 1),
    label: Int8Array.of(-1, 1, 1),
    truth: {
      weights: new Float32Array(0),
      prototypes: new Float32Array(0),
      map: Float32Array.of(1),
      idealPoints: Float32Array.of(-1, 1, 1),
      ...(noiseSlope === undefined ? {} : { noiseSlope }),
    },
    source: { name: "a line", license: "CC0-1.0", sha256: "0" },
    ...change,
  };
}

describe("by hand", () => {
  test("who does not know the user says what most say", () => {
    expect(blindCeiling(line())).toBeCloseTo(2 / 3, 12);
    // sides swapped, the same
    const swapped = line({
      left: Int32Array.of(1, 1, 1),
      right: Int32Array.of(0, 0, 0),
      label: Int8Array.of(1, -1, -1),
    });
    expect(blindCeiling(swapped)).toBeCloseTo(2 / 3, 12);
  });

  test("two opposite users leave nothing better than chance", () => {
    const data = keepUsers(line(), Int32Array.of(0, 1));
    expect(blindCeiling(data)).toBe(CHANCE);
    expect(oracleCeiling(data)).toBe(1);
  });

  test("one user alone is served fully", () => {
    expect(blindCeiling(selectUser(line(), "c"))).toBe(1);
    expect(blindCeiling(selectUser(line(), "a"))).toBe(1);
  });

  test("the oracle knows the noise: max(p, 1 - p) with p = sigma(slope · 4a)", () => {
    expect(oracleCeiling(line())).toBe(1);
    expect(oracleCeiling(line({}, 0.25))).toBeCloseTo(sigmoid(1), 6);
    // P(right) of the three users are sigma(-1), sigma(1), sigma(1): together above a half, so "right" is said
    expect(blindCeiling(line({}, 0.25))).toBeCloseTo(2 / 3, 12);
  });
});

describe("in simulations", () => {
  const BASE: SimulationOptions = {
    dimension: 4,
    prototypes: 2,
    users: 40,
    comparisonsPerUser: 100,
    setting: "partition",
    seed: 1,
  };

  test.each(SEEDS)("the oracle's own answers reach its ceiling, seed %i", (seed) => {
    const noisy = simulateIdealPoints({ ...BASE, seed, noise: { slope: 0.5 } });
    // the noiseless labels of the same population are what the oracle says
    const { label } = simulateIdealPoints({ ...BASE, seed });
    const ceiling = oracleCeiling(noisy);
    const agreement = noisy.label.filter((value, row) => value === label[row]).length / label.length;
    // a mean of 4000 coins: deviation below 0.008
    expect(Math.abs(agreement - ceiling), `seed ${seed}`).toBeLessThan(0.025);
    expect(ceiling).toBeGreaterThan(0.55);
    expect(ceiling).toBeLessThan(0.999);
  });

  test.each(SEEDS)(
    "of two equal camps the blind ceiling is the share of pairs they agree on, plus half of the rest, seed %i",
    (seed) => {
      const data = simulateIdealPoints({ ...BASE, pairs: "shared", seed });
      const labels = (user: number) => data.label.subarray(100 * user, 100 * user + 100);
      const agreed = labels(0).filter((value, row) => value === labels(1)[row]).length / 100;
      expect(blindCeiling(data), `seed ${seed}`).toBeCloseTo(agreed + (1 - agreed) / 2, 12);
    },
  );

  test("chance <= blind <= oracle", () => {
    for (const seed of SEEDS) {
      const data = simulateIdealPoints({
        ...BASE,
        setting: "mixture",
        prototypes: 3,
        seed,
        noise: { slope: 2 },
      });
      const [blind, oracle] = [blindCeiling(data), oracleCeiling(data)];
      expect(blind, `seed ${seed}`).toBeGreaterThan(CHANCE);
      expect(oracle, `seed ${seed}`).toBeGreaterThan(blind);
    }
  });
});

test("data that was not simulated has no known ceiling", () => {
  expect(() => blindCeiling(line({ truth: undefined }))).toThrow(
    "blindCeiling: needs simulated data, whose truth is known; a line has none",
  );
  expect(() => oracleCeiling(line({ items: { ids: ["minus", "plus"] } }))).toThrow(
    "oracleCeiling: needs simulated data",
  );
});
