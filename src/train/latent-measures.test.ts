import { beforeAll, describe, expect, test } from "vitest";
import type { FeatureTable } from "../data/index.js";
import { loadEngine, type Engine } from "../engine/index.js";
import { BradleyTerry, Dpl, Vpl, type Model } from "../families/index.js";
import { activeUnits, FittedModel, hiddenContext, spoReward, utilitiesOf } from "./index.js";

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const items = (ids: string[]): FeatureTable => ({ ids });

/** A model of learned items whose table is given row by row. */
function ofTable(model: Model, ids: string[], table: number[]): FittedModel {
  return new FittedModel({
    ...{ model, engine, users: ["ann"], learnedItems: ids },
    sizes: { users: 1, items: { rows: ids.length, features: 0 } },
    parameters: new Map([["item_learner.table", Float32Array.from(table)]]),
  });
}

describe("hidden context, by hand", () => {
  test("Gaussians: means 0 and 2 vary by 1, variances 1 and 3 are 2 on average", () => {
    const fitted = ofTable(new Dpl(), ["a", "b"], [0, 2, 2, 2 + Math.log(3) / 2]);
    const { mean, variance } = utilitiesOf(fitted, items(["b", "a"]));
    expect([...mean]).toEqual([2, 0]);
    expect(variance[0]).toBeCloseTo(3, 5);
    expect(variance[1]).toBeCloseTo(1, 12);
    const { explained, hidden } = hiddenContext(fitted, items(["a", "b"]));
    expect(explained).toBeCloseTo(1 / 3, 6);
    expect(hidden).toBeCloseTo(2 / 3, 6);
  });

  test("the other spread, and the largest deviation", () => {
    const soft = ofTable(new Dpl({ spread: "softplus", largestDeviation: 2 }), ["a", "b"], [0, 0, 1, 90]);
    const { variance } = utilitiesOf(soft, items(["a", "b"]));
    expect(variance[0]).toBeCloseTo(Math.LN2 ** 2, 6);
    expect(variance[1]).toBe(4);
  });

  test("two atoms, 0 and 1: of probability 3/4 and 1/2 for the second", () => {
    const model = new Dpl({ variant: "categorical", atoms: 2 });
    const fitted = ofTable(model, ["a", "b"], [0, Math.log(3), 5, 5]);
    const { mean, variance } = utilitiesOf(fitted, items(["a", "b"]));
    [0.75, 0.5].forEach((value, i) => expect(mean[i]).toBeCloseTo(value, 6));
    [3 / 16, 1 / 4].forEach((value, i) => expect(variance[i]).toBeCloseTo(value, 6));
    expect(hiddenContext(fitted, items(["a", "b"])).explained).toBeCloseTo(1 / 15, 6);
  });

  test("says where there is none", () => {
    const one = ofTable(new BradleyTerry(), ["a", "b"], [1, 2]);
    expect(() => hiddenContext(one, items(["a", "b"]))).toThrow(
      "utilitiesOf: BradleyTerry gives no item a distribution of utilities",
    );
    const fitted = ofTable(new Dpl(), ["a", "b"], [0, 2, 2, 2]);
    expect(() => hiddenContext(fitted, items(["a"]))).toThrow(
      "hiddenContext: items must be an integer >= 2, got 1",
    );
    expect(() => hiddenContext(fitted, items(["a", "z"]))).toThrow('"z"');
  });
});

describe("active units, by hand", () => {
  const vpl = (): FittedModel => ofTable(new Vpl({ latentDimension: 2 }), ["a"], [0, 0]);

  test("those whose posterior mean varies by more than .005; variances of the posterior do not count", () => {
    const states = Float32Array.of(...[0.1, 0.06, 9, -9], ...[-0.1, -0.06, -9, 9]);
    const { count, variances } = activeUnits(vpl(), states);
    expect(count).toBe(1);
    expect(variances[0]).toBeCloseTo(0.01, 8);
    expect(variances[1]).toBeCloseTo(0.0036, 8);
  });

  test("refuses states of another shape, and models whose users are certain", () => {
    expect(() => activeUnits(vpl(), new Float32Array(5))).toThrow(
      "activeUnits: rows of states, shape [U, 4] must be an integer >= 1, got 1.25",
    );
    const one = ofTable(new BradleyTerry(), ["a"], [1]);
    expect(() => activeUnits(one, Float32Array.of(1))).toThrow(
      "activeUnits: BradleyTerry is certain of its users",
    );
  });
});

describe("how often each item is preferred", () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  const ids = ["a", "b", "c"];
  const rewards = [0, 1, -2];

  test("by hand: the mean over what it is compared with", () => {
    const fitted = ofTable(new BradleyTerry(), ids, rewards);
    const state = { weights: Float32Array.of(1) };
    const all = spoReward(fitted, state, items(ids));
    rewards.forEach((own, i) =>
      expect(all[i]).toBeCloseTo(
        rewards.reduce((sum, other) => sum + sigmoid(own - other) / 3, 0),
        6,
      ),
    );
    const some = spoReward(fitted, "ann", items(ids), { against: Int32Array.of(2) });
    rewards.forEach((own, i) => expect(some[i]).toBeCloseTo(sigmoid(own + 2), 6));
  });

  test("refuses rows that are not there", () => {
    const fitted = ofTable(new BradleyTerry(), ids, rewards);
    expect(() => spoReward(fitted, "ann", items(ids), { against: Int32Array.of(3) })).toThrow(
      "spoReward: against must be an integer >= 0 and <= 2, got 3",
    );
    expect(() => spoReward(fitted, "ann", items(ids), { against: new Int32Array() })).toThrow(
      "spoReward: rows that items are compared with must be an integer >= 1, got 0",
    );
    expect(() => spoReward(fitted, "bob", items(ids))).toThrow('stateOf: unknown user "bob"');
  });
});
