import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { simulateIdealPoints, type PreferenceData } from "../../data/index.js";
import { loadEngine } from "../../engine/index.js";
import { meanByRow, standardErrorByUser, sumByUser } from "../by-user.js";
import { drawFolds } from "../held-out.js";
import { chooseK, engineLearner, marginalLearner, testHeterogeneity } from "./index.js";
import { nullKindFor, shuffledLabels } from "./null-labels.js";

const people = (prototypes: number, pairs: "shared" | "fresh" = "shared", users = 40): PreferenceData =>
  simulateIdealPoints({
    dimension: 8,
    prototypes,
    users,
    comparisonsPerUser: 24,
    setting: "partition",
    pairs,
    noise: { slope: 1 },
    seed: 5,
  });

describe("shuffled answers", () => {
  test("keep every question's answers and every user's questions, whichever side items stood on", () => {
    const data = people(2);
    // turn every second row round: the same answers, said otherwise
    const turn = (row: number): boolean => row % 2 === 1;
    const turned: PreferenceData = {
      ...data,
      left: data.left.map((item, row) => (turn(row) ? data.right[row] : item)),
      right: data.right.map((item, row) => (turn(row) ? data.left[row] : item)),
      label: data.label.map((label, row) => (turn(row) ? -label : label)),
    };
    const label = shuffledLabels(turned, randomStream(1));
    const firsts = (given: PreferenceData, labels: Int8Array): number[] => {
      const wins = new Array<number>(data.items.ids.length).fill(0);
      labels.forEach((value, row) => wins[value > 0 ? given.right[row] : given.left[row]]++);
      return wins;
    };
    expect(firsts(turned, label)).toEqual(firsts(data, data.label));
    expect(label).not.toEqual(turned.label);
  });

  test("pairs that hardly repeat call for a bootstrap", () => {
    expect(nullKindFor(people(1))).toEqual({ kind: "permutation", answersPerQuestion: 40 });
    expect(nullKindFor(people(1, "fresh"))).toEqual({ kind: "bootstrap", answersPerQuestion: 1 });
  });
});

test("folds are of equal size within a user, and never hold all of a user's answers", () => {
  const user = Int32Array.from([0, 0, 0, 0, 0, 0, 1, 1, 2]);
  const { first: folds } = drawFolds({ user, left: user, right: user }, 3, 3, randomStream(2));
  const of = (u: number): number[] => [...folds].filter((_, row) => user[row] === u).sort();
  expect(of(0)).toEqual([0, 0, 1, 1, 2, 2]);
  expect(new Set(of(1)).size).toBe(2);
});

test("the standard error over users is the textbook's where users answer alike often", () => {
  // user means 1, 2, 3 of two rows each: sd 1, standard error 1 / sqrt(3)
  const sums = sumByUser([1, 1, 2, 2, 3, 3], { user: [0, 0, 1, 1, 2, 2] as unknown as Int32Array }, 3);
  expect(meanByRow(sums)).toBe(2);
  expect(standardErrorByUser(sums)).toBeCloseTo(1 / Math.sqrt(3), 12);
});

test("PAL's probabilities are the mean over starts, and one reward for all has one start", async () => {
  const data = people(2);
  const all = Int32Array.from(data.label.keys());
  const ask = (averaged: number, k: number, rng = randomStream(4)): Promise<Float64Array> =>
    marginalLearner(data, { averaged }).predict({
      ...{ label: data.label, train: all, asked: all, k, strength: 1.5, rng },
    });
  const [first, second, mean] = [
    await ask(1, 3),
    await ask(1, 3, randomStream(4).split("fit 1")),
    await ask(2, 3),
  ];
  expect(first).not.toEqual(second);
  mean.forEach((p, row) => expect(p).toBeCloseTo((first[row] + second[row]) / 2, 12));
  expect(await ask(3, 1)).toEqual(await ask(1, 1));
});

describe("the test of heterogeneity", () => {
  test("tells two groups from none", async () => {
    const options = { seed: 1, permutations: 19, folds: 2 };
    const [two, one] = [
      await testHeterogeneity(people(2), options),
      await testHeterogeneity(people(1), options),
    ];
    expect(two.pValue).toBe(0.05);
    expect(two.nats.low).toBeGreaterThan(0.02);
    expect(one.nats.mean).toBeLessThan(0.01);
    expect(one.nullGains).toHaveLength(19);
    expect(two.pInterval).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 19), 6) });
  });
});

describe("the choice of K", () => {
  test("one reward is enough for one group, and two prototypes for two", async () => {
    const options = { seed: 1, kMax: 3, repeats: 2 };
    expect((await chooseK(people(1), options)).k).toBe(1);
    const two = await chooseK(people(2), options);
    expect(two.k).toBe(2);
    expect(two.resampled.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    // the largest that was tried has the highest mean: the words say that there may be more, and that it is not sure
    expect([two.best, two.atEdge, two.sure]).toEqual([3, true, "not sure"]);
    expect(two.statement).toContain(
      "these answers support at least K = 2 prototypes; K = 3, the largest that was tried",
    );
    const more = await chooseK(people(2), { seed: 1, repeats: 1 });
    expect([more.atEdge, more.candidates.length]).toEqual([false, 5]);
  });

  test("items with features are learned by the engine", async () => {
    const data = people(2, "fresh", 60);
    const learner = engineLearner(data, { engine: await loadEngine() });
    expect((await chooseK(data, { seed: 1, kMax: 2, repeats: 1, learner })).k).toBe(2);
  });

  test("few answers a user are warned of", async () => {
    const data = simulateIdealPoints({
      dimension: 2,
      prototypes: 1,
      users: 20,
      comparisonsPerUser: 3,
      setting: "partition",
      pairs: "shared",
      seed: 1,
    });
    const { warnings } = await chooseK(data, { seed: 1, kMax: 3, repeats: 1 });
    expect(warnings[0]).toContain("half of the users gave 3 answers or fewer");
  });
});
