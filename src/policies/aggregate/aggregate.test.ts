import { beforeAll, describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import { loadEngine } from "../../engine/index.js";
import { BradleyTerry, PalA } from "../../families/index.js";
import { fit, type FittedModel } from "../../train/index.js";
import { aggregate, AGGREGATION_RULES, mixPolicies, mpoWeights, mpoWeightsBySampling } from "../index.js";
import { ruled, type GroupRewards } from "./rules.js";

const even = [0.25, 0.25, 0.25, 0.25];
const opposed = {
  actions: 4,
  reference: even,
  policies: [
    [0.7, 0.1, 0.1, 0.1],
    [0.1, 0.1, 0.1, 0.7],
  ],
};

describe("mixing policies", () => {
  test("a mixture is the weighted geometric mean, by hand", () => {
    const raised = [0.7 ** 0.25 * 0.1 ** 0.75, 0.1, 0.1, 0.1 ** 0.25 * 0.7 ** 0.75];
    const total = raised.reduce((a, b) => a + b);
    mixPolicies(opposed, [0.25, 0.75]).forEach((p, a) => expect(p).toBeCloseTo(raised[a] / total, 12));
    mixPolicies(opposed, [1, 0]).forEach((p, a) => expect(p).toBeCloseTo(opposed.policies[0][a], 12));
  });

  test("mirrored objectives count alike; beside an indifferent one the mixture gives both what even chances give", () => {
    mpoWeights(opposed).forEach((weight) => expect(weight).toBeCloseTo(0.5, 6));
    const [own] = opposed.policies;
    const beside = { ...opposed, policies: [own, even] };
    const mixed = mixPolicies(beside, mpoWeights(beside));
    expect(mixed.reduce((sum, p, a) => sum + p * Math.log(own[a] / 0.25), 0)).toBeCloseTo(0, 6);
    expect(mixed[0]).toBeGreaterThan(0.3);
  });

  test("at the exact weights the objectives' log ratios are equal under the mixture, and sampling comes near them", () => {
    const rng = randomStream(3);
    const policies = [0, 1, 2].map((k) =>
      [0, 1].flatMap(() => {
        const row = Array.from({ length: 6 }, () => Math.exp((1 + k / 2) * rng.normal()));
        const total = row.reduce((a, b) => a + b);
        return row.map((value) => value / total);
      }),
    );
    const objectives = { actions: 6, reference: new Array<number>(12).fill(1 / 6), policies };
    const weights = mpoWeights(objectives);
    const mixed = mixPolicies(objectives, weights);
    const worth = policies.map((policy) =>
      mixed.reduce((sum, p, i) => sum + (p / 2) * (Math.log(policy[i]) + Math.log(6)), 0),
    );
    worth.forEach((value, k) => {
      if (weights[k] > 1e-3) expect(value).toBeCloseTo(Math.min(...worth), 6);
    });
    const sampled = mpoWeightsBySampling(objectives, {
      rng: rng.split("draws"),
      samples: 64,
      steps: 2000,
      rate: 10,
    });
    sampled.forEach((weight, k) => expect(Math.abs(weight - weights[k])).toBeLessThan(0.02));
  });

  test("what cannot be mixed is refused", () => {
    expect(() => mpoWeights({ ...opposed, policies: [even, [...even.map((p) => p / 1), ...even]] })).toThrow(
      "mpoWeights: policies can be mixed only over the same actions: policy 1 has 8 chances, the reference 4",
    );
    expect(() => mpoWeights({ ...opposed, policies: [[1, 0, 0, 0]] })).toThrow(
      "mpoWeights: policy 0: row 0 must be chances above 0 that add up to 1",
    );
    expect(() => mixPolicies(opposed, [0.5, 0.6])).toThrow(
      "mixPolicies: weights must be 2 numbers >= 0 that add up to 1, one a policy, got 0.5, 0.6",
    );
  });
});

/** Two groups of 3 to 1: the many love the first, the few the last and hate the first; both can live with the second. */
const groups: GroupRewards = {
  rewards: Float64Array.of(3, 1.5, 0, -2, -6, 1, 0, 2),
  shares: Float64Array.of(0.75, 0.25),
  alternatives: 4,
};
const options = { beta: 0.02, quantile: 0.2 };
const best = (rule: (typeof AGGREGATION_RULES)[number]): number => {
  const { scores } = ruled(rule, groups, options);
  return scores.indexOf(Math.max(...scores));
};

describe("rules", () => {
  test("Borda follows the many; rules that look at the worst-off take what both can live with", () => {
    expect(best("borda")).toBe(0);
    expect(best("quantile")).toBe(1);
    const { policy } = ruled("max-min", groups, options);
    expect(policy[1]).toBeGreaterThan(0.9);
  });

  test("quantile at a tie: with a tenth that may find less, what the worst-served tenth finds does not count", () => {
    const tied = { ...groups, shares: Float64Array.of(0.9, 0.1) };
    const alone = ruled("borda", { ...groups, shares: Float64Array.of(1, 0) }, options);
    const { scores } = ruled("quantile", tied, { beta: 0.02, quantile: 0.1 });
    expect(scores.indexOf(Math.max(...scores))).toBe(alone.scores.indexOf(Math.max(...alone.scores)));
  });

  test("Nash's lottery cannot be bettered: no alternative adds more than 1 to the sum of shares over what groups win", () => {
    const { policy } = ruled("nash", groups, options);
    const wins = [0, 1].map((g) => {
      const row = [...groups.rewards.subarray(4 * g, 4 * g + 4)];
      return row.map((own) => row.reduce((sum, other) => sum + 1 / (1 + Math.exp(other - own)) / 4, 0));
    });
    const own = wins.map((row) => row.reduce((sum, value, a) => sum + value * policy[a], 0));
    for (let a = 0; a < 4; a++)
      expect((0.75 * wins[0][a]) / own[0] + (0.25 * wins[1][a]) / own[1]).toBeLessThan(1 + 1e-6);
  });

  test.each(AGGREGATION_RULES)("%s gives chances, and one group alone what it likes best", (rule) => {
    const alone = { rewards: Float64Array.of(0, 2, 1), shares: Float64Array.of(1), alternatives: 3 };
    const { policy, scores } = ruled(rule, alone, options);
    expect(policy.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(scores.indexOf(Math.max(...scores))).toBe(1);
    expect(policy.indexOf(Math.max(...policy))).toBe(1);
  });
});

/** Items on a line: three users want 0, one wants 1. */
function line(): PreferenceData {
  const rng = randomStream(5);
  const ids = Array.from({ length: 11 }, (_, i) => `at ${i / 10}`);
  const rows = 4 * 120;
  const left = Int32Array.from({ length: rows }, () => rng.integer(11));
  const right = left.map((a) => (a + 1 + rng.integer(10)) % 11);
  const user = Int32Array.from({ length: rows }, (_, i) => i % 4);
  const label = Int8Array.from(user, (u, i) =>
    (u === 3 ? right[i] > left[i] : right[i] < left[i]) ? 1 : -1,
  );
  const features = Float32Array.from({ length: 11 }, (_, i) => i / 10);
  const source = { name: "line", license: "", sha256: "" };
  return { users: ["a", "b", "c", "d"], items: { ids, features }, user, left, right, label, source };
}

describe("a fitted model", () => {
  let pal: FittedModel;
  let one: FittedModel;
  const data = line();
  beforeAll(async () => {
    const engine = await loadEngine();
    const learningRates = { projector: { rate: 0.02 }, prototypes: { rate: 0.05 }, weights: { rate: 0.1 } };
    const how = { engine, seed: 1, epochs: 40, learningRates };
    pal = await fit(new PalA({ k: 2, latentDimension: 2, loss: "logistic" }), data, how);
    one = await fit(new BradleyTerry({}), data, how);
  });

  test("groups are prototypes with their shares; rules cost them what they say", () => {
    const { items } = data;
    const borda = aggregate(pal, "borda", { items });
    expect(borda.groups.map(({ share }) => share).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(Number(borda.ranking[0].slice(3))).toBeLessThan(0.3);
    const worst = (rule: "borda" | "max-min"): number =>
      Math.min(...aggregate(pal, rule, { items }).groups.map(({ satisfaction }) => satisfaction));
    expect(worst("max-min")).toBeGreaterThan(worst("borda"));
    borda.groups.forEach(({ cost }) => expect(cost).toBeGreaterThanOrEqual(0));
  });

  test("groups may be named", () => {
    const named = { many: ["a", "b", "c"], few: ["d"] };
    const { groups: found } = aggregate(pal, "borda", { items: data.items, groups: named });
    expect(found.map(({ name, share }) => [name, share])).toEqual([
      ["many", 0.75],
      ["few", 0.25],
    ]);
    expect(found[0].satisfaction).toBeGreaterThan(found[1].satisfaction);
  });

  test("what a rule needs and a family has not is said, with what works", () => {
    const { items } = data;
    expect(() => aggregate(one, "max-min", { items })).toThrow(
      'aggregate: max-min weighs people who differ, and BradleyTerry has one reward for all; its rules are "borda", "mean"',
    );
    expect(aggregate(one, "borda", { items }).groups.map(({ name }) => name)).toEqual(["all"]);
    expect(() => aggregate(pal, "best" as never)).toThrow('aggregate: rule must be one of "borda", "mean"');
    expect(() => aggregate(pal, "borda")).toThrow("aggregate: items must be given, the model knows items by");
    expect(() => aggregate(pal, "borda", { items, groups: { x: ["nobody"] } })).toThrow("unknown user");
    expect(() => aggregate(pal, "nash", { items, beta: 0 })).toThrow("aggregate: beta must be a number > 0");
  });
});
