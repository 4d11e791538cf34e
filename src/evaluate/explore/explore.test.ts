import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { randomStream, type RandomStream } from "../../core/index.js";
import { simulateIdealPoints, type PreferenceData } from "../../data/index.js";
import { loadData } from "../../data/files/index.js";
import { answersOf, fitMarginal, meanWeights } from "../../families/index.js";
import { methodContext, type Kind } from "../methods/index.js";
import { calibrationSlope } from "../calibration-slope.js";
import { calibrate } from "./calibration.js";
import { kindAsPlaced } from "./choice.js";
import { compareColumns } from "./columns.js";
import { adjustedRandIndex, describePrototypes, explore, scoreTest } from "./index.js";

const people = (prototypes: number): PreferenceData =>
  simulateIdealPoints({
    dimension: 8,
    prototypes,
    users: 40,
    comparisonsPerUser: 24,
    setting: "partition",
    pairs: "shared",
    noise: { slope: 1 },
    seed: 5,
  });

interface World {
  readonly users: number;
  readonly answers: number;
  readonly items: number;
  readonly features?: number;
  readonly contexts?: number;
  /** Log odds that a user of kind `who` sees in an item, by its features and the context's. */
  utility(who: number, item: readonly number[], context: readonly number[], rng: RandomStream): number;
}

/** Answers whose truth is known: utilities of features and contexts, answered with logistic noise. */
function world(
  seed: number,
  { users, answers, items, features = 3, contexts = 0, utility }: World,
): PreferenceData {
  const rng = randomStream(seed).split("world");
  const draw = (rows: number, width: number): number[][] =>
    Array.from({ length: rows }, () => Array.from({ length: width }, () => rng.normal()));
  const [table, scenes] = [draw(items, features), draw(contexts, 2)];
  const rows = Array.from({ length: users * answers }, (_, i) => {
    const user = Math.floor(i / answers);
    const [left, right] = rng.permutation(items);
    const context = contexts > 0 ? rng.integer(contexts) : 0;
    const scene = contexts > 0 ? scenes[context] : [];
    const odds = utility(user, table[right], scene, rng) - utility(user, table[left], scene, rng);
    return { user, left, right, context, label: rng.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : -1 };
  });
  const ids = (name: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${name}${i}`);
  return {
    users: ids("u", users),
    items: { ids: ids("i", items), features: Float32Array.from(table.flat()) },
    ...(contexts > 0
      ? {
          contexts: { ids: ids("c", contexts), features: Float32Array.from(scenes.flat()) },
          context: Int32Array.from(rows, ({ context }) => context),
        }
      : {}),
    user: Int32Array.from(rows, ({ user }) => user),
    left: Int32Array.from(rows, ({ left }) => left),
    right: Int32Array.from(rows, ({ right }) => right),
    label: Int8Array.from(rows, ({ label }) => label),
    source: { name: "world", license: "CC0-1.0", sha256: "" },
  };
}

const side = (who: number): number => (who % 2 === 0 ? 1 : -1);

describe("explore on worlds of known truth", () => {
  test("two opposed groups by a feature", async () => {
    const data = world(1, {
      users: 20,
      answers: 16,
      items: 16,
      utility: (who, x) => 3 * side(who) * x[0] + 2 * x[1],
    });
    const found = await explore(data, { seed: 1, kMax: 3 });
    expect(found.test.pValue).toBeLessThanOrEqual(0.01);
    expect([found.choice.k, found.choice.kind, found.basis]).toEqual([2, "types", "features"]);
    const own = found.users.map((_, u) => (found.weights[2 * u] > 0.5 ? 0 : 1));
    expect(
      adjustedRandIndex(
        own,
        found.users.map((_, u) => u % 2),
      ),
    ).toBeGreaterThan(0.9);
  });

  test("a context that turns a preference round, for two groups in opposite ways", async () => {
    const data = world(2, {
      ...{ users: 12, answers: 20, items: 12, features: 2, contexts: 6 },
      utility: (who, x, c) => 3 * side(who) * x[0] * c[0] + x[1],
    });
    const found = await explore(data, { seed: 1, kMax: 3 });
    expect([found.choice.k, found.basis]).toEqual([2, "interactions"]);
    const best = found.comparison.methods.find(({ id }) => id === found.comparison.best);
    expect(best?.accuracy.mean).toBeGreaterThan(0.8);
  });

  test("everybody alike: one reward, no types, no difference", async () => {
    const data = world(3, { users: 16, answers: 12, items: 20, utility: (_, x) => 1.5 * x[0] - x[1] });
    const found = await explore(data, { seed: 1, kMax: 3 });
    expect(found.test.pValue).toBeGreaterThan(0.05);
    expect([found.choice.k, found.choice.kind]).toEqual([1, "alike"]);
  });

  test("a continuum along one feature is named", async () => {
    const tastes = Array.from(randomStream(4).normals(30));
    const data = world(4, {
      ...{ users: 30, answers: 30, items: 30, features: 2 },
      utility: (who, x) => 3 * tastes[who] * x[0] + 1.5 * x[1],
    });
    expect((await explore(data, { seed: 1, kMax: 2 })).choice.kind).toBe("continuum");
  });
});

test.each<[string, number[], Kind]>([
  ["all at one prototype", [0.9, 0.1, 0.05, 0.95, 0.85, 0.15, 0.1, 0.9], "types"],
  ["three of four at one", [0.9, 0.1, 0.05, 0.95, 0.85, 0.15, 0.5, 0.5], "types"],
  ["half of them between", [0.9, 0.1, 0.3, 0.7, 0.6, 0.4, 0.1, 0.9], "continuum"],
])("prototypes that nobody stands between are types: %s", (_, weights, kind) => {
  const shown = { allWeights: Float32Array.from(weights), k: 2 };
  expect(kindAsPlaced("continuum", shown)).toBe(kind);
  expect(kindAsPlaced("own tastes", shown)).toBe("own tastes");
});

test.each<[Kind, number, Kind]>([
  ["types and own tastes", 0.1, "types"],
  ["types and own tastes", 0.5, "types and own tastes"],
  ["own tastes", 0.1, "alike"],
  ["own tastes", 0.5, "own tastes"],
])("own tastes that are next to nothing are none: %s of %d", (kind, ownTastes, placed) => {
  expect(kindAsPlaced(kind, { allWeights: Float32Array.of(1, 0), k: 2, ownTastes })).toBe(placed);
});

test("held-out answers move no choice and no prediction of another method", async () => {
  const data = world(5, {
    users: 12,
    answers: 12,
    items: 12,
    utility: (who, x) => 2 * side(who) * x[0] + x[1],
  });
  const heldOut = Uint8Array.from(data.user, (_, row) => (row % 4 === 0 ? 1 : 0));
  const turned = data.label.map((label, row) => (heldOut[row] === 1 ? -label : label));
  const [given, altered] = await Promise.all(
    [data.label, turned].map((label) => explore({ ...data, label, heldOut }, { seed: 1, kMax: 2 })),
  );
  expect(altered.choice).toEqual(given.choice);
  expect(altered.basis).toBe(given.basis);
  expect(altered.comparison.best).toBe(given.comparison.best);
  given.comparison.methods.forEach(({ validation, accuracy, id }, i) => {
    expect(altered.comparison.methods[i].validation, id).toBe(validation);
    // the same predictions of the opposite answers
    expect(altered.comparison.methods[i].accuracy.mean, id).toBeCloseTo(1 - accuracy.mean, 12);
  });
});

test("the score test rejects about one in twenty alike populations, and most that differ", () => {
  const p = (differ: number, seed: number): number =>
    scoreTest(
      methodContext(
        world(seed, {
          users: 20,
          answers: 10,
          items: 10,
          features: 2,
          utility: (who, x) => x[1] + differ * side(who) * x[0],
        }),
      ),
      { seed, draws: 99 },
    ).pValue;
  const seeds = Array.from({ length: 40 }, (_, i) => 100 + i);
  // binomial(40, .05): more than 6 once in 200
  expect(seeds.filter((seed) => p(0, seed) <= 0.05).length).toBeLessThanOrEqual(6);
  expect(seeds.filter((seed) => p(1.5, seed) <= 0.05).length).toBeGreaterThan(35);
});

test("the calibration slope is that of the logistic regression", () => {
  // log odds of ±1 answered as log odds of ±2 say: slope 2; counts in place of rows
  const [sure, unsure] = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(1))];
  const truth = 1 / (1 + Math.exp(-2));
  const p = Float64Array.of(sure, sure, unsure, unsure);
  expect(calibrationSlope(p, [1, -1, 1, -1], [truth, 1 - truth, 1 - truth, truth])).toBeCloseTo(2, 6);
  expect(calibrationSlope(new Float64Array(4).fill(0.5), [1, -1, 1, -1])).toBeUndefined();
  expect(calibrationSlope(p, [1, 1, -1, -1])).toBeUndefined();
});

const choices = join(process.env.PAL_LAB_DATA_MIRROR ?? "", "choices");

// reference: psychotree 0.16 (statistics of numeric columns in the form that cuts between distinct values only)
describe.skipIf(!existsSync(join(choices, "firstnames.csv")))("columns against psychotree", () => {
  test.each([
    ["germanparties2009", { gender: [5.893, 0.324], crisis: [3.762, 0.591], age: [15.354, 0.078] }],
    ["firstnames", { gender: [8.611, 0.13], "state.reg": [24.984, 0.046], age: [25.038, 0.002] }],
  ] as const)("%s", async (set, reference) => {
    const { data } = await loadData(join(choices, `${set}.csv`));
    const found = compareColumns(methodContext(data), { seed: 1, basis: "ids" });
    for (const [name, [statistic, p]] of Object.entries(reference)) {
      const column = found.find((each) => each.name === name);
      expect(column?.statistic, name).toBeCloseTo(statistic, 2);
      expect(Math.abs((column?.pValue ?? 1) - p), name).toBeLessThan(0.02);
    }
  });
});

test("a column that makes groups differ is found, and where; one that does not is not", () => {
  const data = world(6, {
    users: 60,
    answers: 20,
    items: 6,
    features: 1,
    utility: (who, x) => (who % 2 === 0 ? 2 : -1) * x[0],
  });
  const columns = [
    { name: "side", values: data.users.map((_, u) => (u % 2 === 0 ? "even" : "odd")) },
    { name: "lot", values: data.users.map((_, u) => (u % 4 < 2 ? "a" : "b")) },
    { name: "number", values: data.users.map((_, u) => String((u % 2) * 10 + (u % 7))) },
  ];
  const found = compareColumns(methodContext({ ...data, columns }), { seed: 1, basis: "ids" });
  expect(found.map(({ adjusted }) => adjusted <= 0.05)).toEqual([true, false, true]);
  expect(found[0].gain.low).toBeGreaterThan(0);
  const [most] = found[0].items;
  expect(most.values[0].low > most.values[1].high || most.values[1].low > most.values[0].high).toBe(true);
});

test("adjusted Rand index of known parts", () => {
  expect(adjustedRandIndex([0, 0, 1, 1], ["b", "b", "a", "a"])).toBe(1);
  // Hubert and Arabie's formula by hand: both 1 pair of 2 + 1; expected 2 * 2 / 6; (1 - 2/3) / (2 - 2/3) would need 1 shared pair
  expect(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo((0 - 4 / 6) / (2 - 4 / 6), 12);
  // unequal margins: 4 = 3 + 1 against 2 + 2, 1 pair shared of 3 and 2; expected 3 * 2 / 6 = 1, mean 2.5
  expect(adjustedRandIndex([0, 0, 0, 1], [0, 0, 1, 1])).toBeCloseTo((1 - 1) / (2.5 - 1), 12);
  // 6 = 4 + 2 against 5 + 1: 6 pairs shared, of 7 and 10; expected 7 * 10 / 15
  expect(adjustedRandIndex([0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 1])).toBeCloseTo(
    (6 - 70 / 15) / (8.5 - 70 / 15),
    12,
  );
  expect(adjustedRandIndex([0, 0], [0, 0])).toBe(0);
});

test("calibration counts what came", () => {
  const p = new Float64Array(20).fill(0.9);
  const label = Int8Array.from({ length: 20 }, (_, i) => (i < 10 ? 1 : -1));
  const same = new Int32Array(20);
  const { bins, users, offUsers } = calibrate(p, { label, user: same, left: same, right: same });
  expect(bins.reduce((sum, { answers }) => sum + answers, 0)).toBe(20);
  expect(bins[0].predicted).toBeCloseTo(0.9, 12);
  // 10 of 20 where 18 were expected, deviation sqrt(1.8)
  expect([users, offUsers]).toEqual([1, 1]);
});

test("a description names what divides", () => {
  const data = people(2);
  const { theta, grid, posterior } = fitMarginal(answersOf(data), { k: 2, rng: randomStream(1) });
  const allWeights = meanWeights(posterior, grid, 2);
  const model = { k: 2, kind: "items", subjects: data.items.ids, theta, allWeights } as const;
  const { divisive, sizes } = describePrototypes(model, data);
  expect(sizes[0] + sizes[1]).toBeCloseTo(1, 5);
  const [first] = divisive[0].byPrototype.slice().sort();
  expect(divisive[0].byPrototype.reduce((a, b) => Math.max(a, b)) - first).toBeGreaterThan(0.5);
});

test("explore finds no NaN in the poorest data, and says what is wrong", async () => {
  const data: PreferenceData = {
    users: ["a"],
    items: { ids: ["disagree", "agree"] },
    contexts: { ids: ["s", "t"] },
    user: new Int32Array(2),
    left: new Int32Array(2),
    right: new Int32Array(2).fill(1),
    context: Int32Array.from([0, 1]),
    label: Int8Array.from([1, 1]),
    source: { name: "made up", license: "CC0-1.0", sha256: "" },
  };
  const found = await explore(data, { seed: 1, permutations: 2 });
  expect(found.choice.k).toBe(1);
  expect(found.warnings).toContain("there is one user only: nobody to differ from");
  expect(
    JSON.stringify(found, (_, value: unknown) =>
      typeof value === "number" && !Number.isFinite(value) ? "NOT FINITE" : value,
    ),
  ).not.toContain("NOT FINITE");
});
