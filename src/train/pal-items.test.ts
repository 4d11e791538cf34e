import { describe, expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { selectUser, simulateIdealPoints, type PreferenceData } from "../data/index.js";
import { loadEngine } from "../engine/index.js";
import { answersOf, fitMarginal, PalItems, predictMarginal } from "../families/index.js";
import { simplexGrid } from "../families/pal-items/simplex-grid.js";
import { fit, type FittedModel } from "./index.js";

const engine = await loadEngine();
const learn = (data: PreferenceData, k: number, seed = 1): Promise<FittedModel<PalItems>> =>
  fit(new PalItems({ k }), data, { engine, seed });

const people = (prototypes: number, pairs: "shared" | "pool" = "shared"): PreferenceData =>
  simulateIdealPoints({
    dimension: 4,
    prototypes,
    users: 40,
    comparisonsPerUser: 30,
    setting: "partition",
    pairs,
    poolSize: 12,
    noise: { slope: 2 },
    seed: 3,
  });

/** The same comparisons of items that are ids alone. */
function byIds(data: PreferenceData): PreferenceData {
  return { ...data, items: { ids: data.items.ids } };
}

/** One statement, `agree` of `n` users agree. */
function vote(agree: number, n: number): PreferenceData {
  return {
    users: Array.from({ length: n }, (_, u) => `u${u}`),
    items: { ids: ["disagree", "agree"] },
    contexts: { ids: ["s"] },
    user: Int32Array.from({ length: n }, (_, u) => u),
    left: new Int32Array(n),
    right: new Int32Array(n).fill(1),
    context: new Int32Array(n),
    label: Int8Array.from({ length: n }, (_, u) => (u < agree ? 1 : -1)),
    source: { name: "made up", license: "CC0-1.0", sha256: "" },
  };
}

test("the grid is on the simplex, with its corners", () => {
  const grid = simplexGrid(3, 4);
  expect(grid.length / 3).toBe(15); // C(4 + 2, 2)
  for (let i = 0; i < grid.length; i += 3) expect(grid[i] + grid[i + 1] + grid[i + 2]).toBeCloseTo(1, 12);
  expect(Array.from(grid.slice(-3))).toEqual([1, 0, 0]);
});

describe("one reward for all", () => {
  test("is the maximum of likelihood and prior", () => {
    const answers = answersOf(vote(30, 40));
    const { theta } = fitMarginal(answers, { k: 1, rng: randomStream(1), popularity: 1 });
    // with one statement the prior's mean is the statement itself, so that nothing shrinks: logit(30 / 40)
    expect(theta[0]).toBeCloseTo(Math.log(3), 3);
  });

  test("gives everybody the same probability, turned with the pair", async () => {
    const data = byIds(people(1));
    const model = await learn(data, 1);
    const [a, b] = [model.stateOf("user-0"), model.stateOf("user-9")];
    const one = { items: data.items, left: data.left.slice(0, 1), right: data.right.slice(0, 1) };
    const turned = { items: data.items, left: one.right, right: one.left };
    expect(model.probabilities(one, a)[0]).toBe(model.probabilities(one, b)[0]);
    expect(model.probabilities(turned, a)[0]).toBeCloseTo(1 - model.probabilities(one, a)[0], 6);
  });
});

describe("two groups", () => {
  test.each(["shared", "pool"] as const)(
    "are found from %s pairs, and a new user is placed as a known one is",
    async (pairs) => {
      const data = byIds(people(2, pairs));
      const model = await learn(data, 2);
      const weightsOf = (user: string): Float32Array | undefined =>
        model.model.user.weights?.(model.stateOf(user).weights, 1);
      const truth = data.truth?.weights ?? new Float32Array(0);
      const same = data.users.filter(
        (user, u) => (weightsOf(user)?.[0] ?? NaN) > 0.5 === truth[2 * u] > 0.5,
      ).length;
      expect(Math.max(same, 40 - same)).toBeGreaterThanOrEqual(38);
      const known = model.stateOf("user-5").weights;
      const inferred = model.infer(selectUser(data, "user-5")).weights;
      inferred.forEach((value, g) => expect(value).toBeCloseTo(known[g], 2));
    },
  );

  test("the likelihood never falls from one iteration to the next by more than the prior's pull", () => {
    const answers = answersOf(people(2));
    const at = (iterations: number): number =>
      fitMarginal(answers, { k: 2, rng: randomStream(1), popularity: 2, spread: 3, iterations }).objective;
    const path = [4, 8, 16, 32].map(at);
    for (let i = 1; i < path.length; i++) expect(path[i]).toBeGreaterThanOrEqual(path[i - 1] - 0.5);
  });

  test("same seed, same bits; weights on the simplex", async () => {
    const data = byIds(people(2));
    const [a, b] = await Promise.all([1, 1].map((seed) => learn(data, 3, seed)));
    expect(a.parameters).toEqual(b.parameters);
    const weights = a.model.user.weights?.(a.allWeights, a.users.length) ?? new Float32Array(0);
    expect(weights).toHaveLength(3 * data.users.length);
    for (let u = 0; u < weights.length; u += 3) {
      const w = weights.subarray(u, u + 3);
      expect(w.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(Math.min(...w)).toBeGreaterThanOrEqual(0);
    }
  });

  test("a probability is the mean over the belief, as the numerics of the fit say", async () => {
    const data = byIds(people(2));
    const model = await learn(data, 2);
    const answers = answersOf(data);
    const found = fitMarginal(answers, { k: 2, rng: randomStream(1).split("learned-items") });
    const expected = predictMarginal(found, answers);
    model.scoresOf(data).forEach((score, row) => {
      const p = 1 / (1 + Math.exp(-score));
      const right = data.left[row] < data.right[row] ? p : 1 - p;
      expect(Math.abs(right - expected[row])).toBeLessThan(1e-5);
    });
  });
});

test("probabilities are finite for one user, one question and answers that are all the same", () => {
  for (const data of [vote(5, 5), vote(1, 1), vote(1, 2)]) {
    const answers = answersOf(data);
    for (const k of [1, 2, 4]) {
      const p = predictMarginal(fitMarginal(answers, { k, rng: randomStream(1) }), answers);
      for (const value of p) expect(value).toSatisfy((x: number) => x > 0 && x < 1);
    }
  }
});

test("bad arguments are named", async () => {
  const data = people(1);
  const answers = answersOf(data);
  expect(() => fitMarginal(answers, { k: 0, rng: randomStream(1) })).toThrow(
    "fitMarginal: k must be an integer >= 1 and <= 12, got 0",
  );
  expect(() => fitMarginal(answers, { k: 2, rng: randomStream(1), spread: 0 })).toThrow(
    "fitMarginal: spread must be a number > 0, got 0",
  );
  expect(() => answersOf({ ...data, left: data.right })).toThrow("compares item");
  await expect(learn(people(1), 2)).rejects.toThrow(
    "PalItems: learns items from their ids alone, and these have 4",
  );
  const model = await learn(byIds(data), 1);
  expect(() => model.stateOf("nobody")).toThrow('stateOf: unknown user "nobody"');
  expect(() => new PalItems({ k: 2, spread: 0 })).toThrow("PalItems: spread must be a number > 0, got 0");
  await expect(fit(new PalItems({ k: 2 }), byIds(data), { engine, seed: 1, epochs: 3 })).rejects.toThrow(
    "fit: epochs is of training by gradients, and PalItems is fitted by its own method; leave it out",
  );
  expect(() => engine.lossAndGradients(new PalItems({ k: 2 }), new Map(), byIds(data))).toThrow(
    "PalItems: no engine trains it by gradients",
  );
});

test("users who vote differ in how readily they agree, known and new ones, even with one prototype", async () => {
  const rng = randomStream(6);
  const statements = 30;
  const cast = (users: number, prefix: string): PreferenceData => {
    const user = Int32Array.from({ length: users * statements }, (_, row) => Math.floor(row / statements));
    return {
      users: Array.from({ length: users }, (_, u) => `${prefix}${u}`),
      items: { ids: ["disagree", "agree"] },
      contexts: { ids: Array.from({ length: statements }, (_, s) => `s${s}`) },
      user,
      left: new Int32Array(user.length),
      right: new Int32Array(user.length).fill(1),
      context: Int32Array.from(user, (_, row) => row % statements),
      // even users agree with three statements in four, odd ones with one
      label: Int8Array.from(user, (u) => (rng.uniform() < (u % 2 === 0 ? 0.75 : 0.25) ? 1 : -1)),
      source: { name: "made up", license: "CC0-1.0", sha256: "" },
    };
  };
  const data = cast(40, "u");
  const model = await learn(data, 1);
  const one = {
    ...data,
    left: data.left.slice(0, 1),
    right: data.right.slice(0, 1),
    context: Int32Array.of(0),
  };
  const turned = { ...one, left: one.right, right: one.left };
  const agrees = (user: string): number => model.probabilities(one, model.stateOf(user))[0];
  expect(agrees("u0")).toBeGreaterThan(agrees("u1") + 0.2);
  expect(model.probabilities(turned, model.stateOf("u0"))[0]).toBeCloseTo(1 - agrees("u0"), 6);
  const fresh = cast(2, "new");
  const [ready, unready] = fresh.users.map((user) => model.infer(selectUser(fresh, user)));
  expect(model.probabilities(one, ready)[0]).toBeGreaterThan(model.probabilities(one, unready)[0] + 0.2);
});
