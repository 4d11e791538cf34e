import { beforeAll, expect, test } from "vitest";
import { loadEngine, type Engine } from "../../engine/index.js";
import { BradleyTerry, Vpl, type Model } from "../../families/index.js";
import { randomParameters, smallWorld } from "../../families/fixtures/index.js";
import { FittedModel } from "../../train/index.js";
import { valuesOfSets } from "./label-patterns.js";

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const data = smallWorld({ items: 4 });

function fittedOf(model: Model): FittedModel {
  const sizes = { users: 3, items: { rows: 5, features: 4 } };
  return new FittedModel({
    model,
    sizes,
    parameters: randomParameters(model, data),
    users: data.users,
    engine,
  });
}

test("one question: both answers' posteriors, by the formulas as they read", () => {
  const fitted = fittedOf(new Vpl({ encoderWidth: 5, decoderWidth: 5 }));
  const { items, left, right } = data;
  const { released, leastEntropy } = valuesOfSets(fitted, { items, left, right }, 1);
  left.forEach((_, row) => {
    const variances = [-1, 1].map((label) => {
      const one = {
        left: left.slice(row, row + 1),
        right: right.slice(row, row + 1),
        label: Int8Array.of(label),
      };
      const state = fitted.infer({ ...data, users: ["u"], user: new Int32Array(1), ...one });
      return Array.from(state.weights.subarray(2), Math.exp);
    });
    const sum = (x: number[]): number => x.reduce((a, b) => a + b, 0);
    const logs = variances.map((v) => sum(v.map((value) => Math.log(2 * Math.PI * value))));
    const expected = Math.log(2 * Math.PI * (sum(variances.flat()) / 2)) - sum(logs) / 2;
    expect(released[row]).toBeCloseTo(expected, 5);
    expect(leastEntropy[row]).toBeCloseTo(Math.min(...logs.map((value) => 1 + value / 2)), 5);
  });
});

test("refuses what are no whole sets, and users who are certain", () => {
  const fitted = fittedOf(new Vpl({ encoderWidth: 5, decoderWidth: 5 }));
  expect(() => valuesOfSets(fitted, data, 3)).toThrow(
    "valuesOfSets: questions must be whole sets of 3, got 11 pairs: 2 are left over",
  );
  const none = { items: data.items, left: new Int32Array(), right: new Int32Array() };
  expect(() => valuesOfSets(fitted, none, 1)).toThrow(
    "valuesOfSets: questions must be whole sets of 1, got 0 pairs",
  );
  expect(() => valuesOfSets(fitted, data, 13)).toThrow(
    "valuesOfSets: size must be an integer >= 1 and <= 12, got 13",
  );
  expect(() => valuesOfSets(fittedOf(new BradleyTerry()), data, 1)).toThrow(
    "valuesOfSets: BradleyTerry is certain of its users",
  );
});
