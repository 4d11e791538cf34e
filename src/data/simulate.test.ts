import { describe, expect, test } from "vitest";
import { imagesUnder, simulateIdealPoints, type PreferenceData, type SimulationOptions } from "./index.js";

const SEEDS = [1, 2, 3, 4, 5];
const BASE: SimulationOptions = {
  dimension: 3,
  prototypes: 2,
  users: 6,
  comparisonsPerUser: 8,
  setting: "mixture",
  seed: 1,
};

/** Difference of squared distances |f(left) - f(a)|² - |f(right) - f(a)|², in float64, from the truth alone. */
function trueScores(data: PreferenceData, d: number): number[] {
  const { truth, items } = data;
  if (truth === undefined || items.features === undefined) throw new Error("no truth");
  const { features } = items;
  const distance = (item: number, user: number): number => {
    let sum = 0;
    for (let i = 0; i < d; i++) {
      let image = 0;
      for (let j = 0; j < d; j++)
        image += truth.map[i * d + j] * (features[item * d + j] - truth.idealPoints[user * d + j]);
      sum += image ** 2;
    }
    return sum;
  };
  return Array.from(data.label, (_, row) => {
    return distance(data.left[row], data.user[row]) - distance(data.right[row], data.user[row]);
  });
}

describe("the truth beside the data", () => {
  test("mixture: weights lie on the simplex and ideal points are their combinations of the prototypes", () => {
    const { truth } = simulateIdealPoints({ ...BASE, prototypes: 4, users: 50 });
    for (let user = 0; user < 50; user++) {
      const weights = truth?.weights.subarray(4 * user, 4 * user + 4) ?? new Float32Array(0);
      expect(Math.abs(weights.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-6);
      for (let j = 0; j < 3; j++) {
        let mixed = 0;
        weights.forEach((weight, k) => (mixed += weight * (truth?.prototypes[3 * k + j] ?? NaN)));
        expect(Math.abs(mixed - (truth?.idealPoints[3 * user + j] ?? NaN))).toBeLessThan(1e-6);
      }
    }
  });

  test("partition: users sit at the prototypes, evenly", () => {
    const { truth } = simulateIdealPoints({ ...BASE, setting: "partition", prototypes: 3, users: 9 });
    const count = [0, 0, 0];
    for (let user = 0; user < 9; user++) {
      const weights = [...(truth?.weights.subarray(3 * user, 3 * user + 3) ?? [])];
      expect(weights.toSorted()).toEqual([0, 0, 1]);
      const k = weights.indexOf(1);
      count[k]++;
      expect(truth?.idealPoints.subarray(3 * user, 3 * user + 3)).toEqual(
        truth?.prototypes.subarray(3 * k, 3 * k + 3),
      );
    }
    expect(count).toEqual([3, 3, 3]);
  });

  test.each(SEEDS)(
    "gaussian: ideal points and items are N(0, I / D), the map's entries N(0, 1), seed %i",
    (seed) => {
      const d = 16;
      const options = { ...BASE, setting: "gaussian", dimension: d, users: 200, seed } as const;
      const { truth, items } = simulateIdealPoints(options);
      expect(truth?.prototypes).toHaveLength(0);
      const variance = (values: Float32Array = new Float32Array()) =>
        values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
      // a variance of n normals has relative deviation sqrt(2 / n)
      const within = (values: Float32Array | undefined, expected: number) =>
        expect(Math.abs(variance(values) / expected - 1), `seed ${seed}`).toBeLessThan(
          4 * Math.sqrt(2 / (values?.length ?? 0)),
        );
      within(truth?.idealPoints, 1 / d);
      within(items.features, 1 / d);
      within(truth?.map, 1);
    },
  );

  test("imagesUnder multiplies by the map", () => {
    // [[1, 2], [3, 4]] · (5, 6) = (17, 39)
    expect([...imagesUnder(Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 1, 0), 2)]).toEqual([
      17, 39, 1, 3,
    ]);
  });
});

describe("labels", () => {
  test.each(["mixture", "partition", "gaussian"] as const)(
    "%s: without noise the nearer item is preferred",
    (setting) => {
      for (const seed of SEEDS) {
        const data = simulateIdealPoints({ ...BASE, setting, users: 20, comparisonsPerUser: 50, seed });
        const scores = trueScores(data, 3);
        const wrong = scores.filter(
          (score, row) => score > 0 !== data.label[row] > 0 && Math.abs(score) > 1e-5,
        );
        expect(wrong, `seed ${seed}`).toHaveLength(0);
        expect(data.truth?.noiseSlope).toBeUndefined();
      }
    },
  );

  test.each(SEEDS)("logistic noise flips as often as it should, seed %i", (seed) => {
    const slope = 0.7;
    const data = simulateIdealPoints({ ...BASE, users: 40, comparisonsPerUser: 500, noise: { slope }, seed });
    const chance = trueScores(data, 3).map((score) => 1 / (1 + Math.exp(-slope * score)));
    let excess = 0;
    let variance = 0;
    let weighted = 0;
    chance.forEach((p, row) => {
      const residual = (data.label[row] > 0 ? 1 : 0) - p;
      excess += residual;
      weighted += residual * (p - 0.5);
      variance += p * (1 - p);
    });
    expect(Math.abs(excess) / Math.sqrt(variance), `seed ${seed}`).toBeLessThan(4);
    // a wrong slope leaves residuals that go with p
    expect(Math.abs(weighted) / Math.sqrt(variance / 12), `seed ${seed}`).toBeLessThan(4);
    expect(data.truth?.noiseSlope).toBe(slope);
  });

  test.each(SEEDS)("a noisy population is the noiseless one with other labels, seed %i", (seed) => {
    const quiet = simulateIdealPoints({ ...BASE, seed });
    const noisy = simulateIdealPoints({ ...BASE, seed, noise: { slope: 0.01 } });
    expect(noisy.items.features).toEqual(quiet.items.features);
    expect(noisy.truth?.idealPoints).toEqual(quiet.truth?.idealPoints);
    expect(noisy.label).not.toEqual(quiet.label);
  });
});

describe("pairs", () => {
  test("fresh: every comparison has two items of its own", () => {
    const data = simulateIdealPoints(BASE);
    expect(data.items.ids).toHaveLength(2 * 48);
    expect(new Set([...data.left, ...data.right]).size).toBe(2 * 48);
  });

  test("pool: two different items of a pool, all of them used", () => {
    const data = simulateIdealPoints({ ...BASE, pairs: "pool", poolSize: 5, comparisonsPerUser: 40 });
    expect(data.items.ids).toHaveLength(5);
    expect(data.items.features).toHaveLength(15);
    expect(data.left.every((left, row) => left !== data.right[row])).toBe(true);
    expect(new Set(data.left.map((left, row) => 5 * left + data.right[row])).size).toBe(20);
  });

  test("shared: all users answer the same pairs", () => {
    const data = simulateIdealPoints({ ...BASE, pairs: "shared" });
    expect(data.items.ids).toHaveLength(16);
    for (let user = 1; user < 6; user++) {
      expect(data.left.slice(8 * user, 8 * user + 8)).toEqual(data.left.slice(0, 8));
      expect(data.right.slice(8 * user, 8 * user + 8)).toEqual(data.right.slice(0, 8));
    }
    expect(data.label.slice(0, 8)).not.toEqual(data.label.slice(8, 16));
  });
});

describe("the same seed", () => {
  /** One user's comparisons as text: features of both items, and the answer. */
  function answers(data: PreferenceData, user: number, count: number): string[] {
    const rows = [...data.user.keys()].filter((row) => data.user[row] === user).slice(0, count);
    const item = (i: number) => data.items.features?.subarray(3 * i, 3 * i + 3).join();
    return rows.map((row) => `${item(data.left[row])} ${item(data.right[row])} ${data.label[row]}`);
  }

  test.each(["fresh", "pool", "shared"] as const)(
    "more users and comparisons extend the population (%s)",
    (pairs) => {
      for (const noise of ["none", { slope: 1 }] as const) {
        const small = simulateIdealPoints({ ...BASE, pairs, noise });
        const large = simulateIdealPoints({ ...BASE, pairs, noise, users: 9, comparisonsPerUser: 13 });
        expect(large.truth?.idealPoints.subarray(0, 18)).toEqual(small.truth?.idealPoints);
        for (let user = 0; user < 6; user++) {
          expect(answers(large, user, 8)).toEqual(answers(small, user, 8));
        }
      }
    },
  );

  test("gives the same data and the same hash; any change another hash", () => {
    const data = simulateIdealPoints(BASE);
    expect(simulateIdealPoints({ ...BASE })).toEqual(data);
    expect(simulateIdealPoints({ ...BASE, pairs: "fresh", poolSize: 100 }).source).toEqual(data.source);
    const changes = [{ seed: 2 }, { users: 7 }, { concentration: 2 }, { noise: { slope: 1 } }];
    const hashes = changes.map((change) => simulateIdealPoints({ ...BASE, ...change }).source.sha256);
    expect(new Set([data.source.sha256, ...hashes]).size).toBe(5);
  });
});

test.each([
  [{ dimension: 0 }, "simulateIdealPoints: dimension must be an integer >= 1, got 0"],
  [{ prototypes: 1.5 }, "simulateIdealPoints: prototypes must be an integer >= 1, got 1.5"],
  [{ users: NaN }, "simulateIdealPoints: users must be an integer >= 1, got NaN"],
  [{ comparisonsPerUser: 0 }, "simulateIdealPoints: comparisonsPerUser must be an integer >= 1, got 0"],
  [
    { setting: "mixed" },
    'simulateIdealPoints: setting must be one of "mixture", "partition", "gaussian", got "mixed"',
  ],
  [{ pairs: "new" }, 'simulateIdealPoints: pairs must be one of "fresh", "pool", "shared", got "new"'],
  [{ poolSize: 1 }, "simulateIdealPoints: poolSize must be an integer >= 2, got 1"],
  [{ concentration: 0 }, "simulateIdealPoints: concentration must be a number > 0, got 0"],
  [{ noise: { slope: -1 } }, "simulateIdealPoints: noise.slope must be a number > 0, got -1"],
  [
    { setting: "partition", prototypes: 7 },
    "simulateIdealPoints: 6 users cannot be divided over 7 prototypes",
  ],
  [{ seed: 0.5 }, "RandomStream: seed must be an integer"],
  [{ prototype: 2 }, 'simulateIdealPoints: unknown option "prototype"; known: "dimension", "prototypes"'],
])("bad input %j", (change, message) => {
  expect(() => simulateIdealPoints({ ...BASE, ...change } as SimulationOptions)).toThrow(message);
});
