import { expect, test } from "vitest";
import { selectRows, type PreferenceData } from "../data/index.js";
import { loadEngine } from "../engine/index.js";
import { PalA } from "../families/index.js";
import { fit } from "../train/index.js";
import { WORLDS } from "../families/fixtures/index.js";
import { accuracyOf, accuracySeen, accuracyUnseen } from "./index.js";

const DATA: PreferenceData = {
  users: ["ann", "bob", "mute"],
  items: { ids: ["a", "b"] },
  user: Int32Array.of(0, 0, 1, 1, 1),
  left: new Int32Array(5),
  right: new Int32Array(5).fill(1),
  label: Int8Array.of(1, -1, 1, 1, -1),
  source: { name: "by hand", license: "CC0-1.0", sha256: "0" },
};

test("by hand: the sign of the score against the label, a score of 0 says left", () => {
  const result = accuracyOf([2, 0.1, -1, 0, 0], DATA);
  // right in rows 0 and 4 of five; ann 1 of 2, bob 1 of 3
  expect(result.accuracy).toBeCloseTo(2 / 5, 12);
  expect(result.users).toEqual(["ann", "bob"]);
  expect(result.byUser[0]).toBe(0.5);
  expect(result.byUser[1]).toBeCloseTo(1 / 3, 6);
  expect(result.comparisons).toBe(5);
});

test("by hand, weighted: rows count as they weigh", () => {
  const weight = Float32Array.of(3, 1, 0.5, 0.5, 0);
  const result = accuracyOf([2, 0.1, -1, 0, 0], { ...DATA, weight });
  expect(result.accuracy).toBeCloseTo(3 / 5, 6);
  expect([...result.byUser]).toEqual([0.75, 0]);
});

test("nothing has no accuracy, and scores must be as many", () => {
  expect(() => accuracyOf([], selectRows(DATA, new Int32Array(0)))).toThrow(
    "accuracyOf: the data set is empty",
  );
  expect(() => accuracyOf([1, 2], DATA)).toThrow(
    "accuracyOf: scores must have 5 rows as the data has, got 2",
  );
});

test("seen and unseen users: on separable data both are far above chance, by the fitted model's own scores", async () => {
  const { model, train, test: held, adapt, adaptTest, rates } = WORLDS[0];
  const options = { engine: await loadEngine(), seed: 1, epochs: 60, batchSize: 64, learningRates: rates };
  const fitted = await fit(model, train, options);
  expect(accuracySeen(fitted, held)).toEqual(accuracyOf(fitted.scoresOf(held), held));
  expect(accuracySeen(fitted, held).accuracy).toBeGreaterThan(0.8);
  const { accuracy, users } = accuracyUnseen(fitted, adapt, adaptTest);
  expect(accuracy).toBeGreaterThan(0.8);
  expect(users).toEqual(adaptTest.users);
  // one point for all cannot serve two camps
  const one = await fit(new PalA({ k: 1, latentDimension: 4 }), train, options);
  expect(accuracySeen(one, held).accuracy).toBeLessThan(accuracySeen(fitted, held).accuracy - 0.02);
  expect(() => accuracyUnseen(fitted, adapt, held)).toThrow(
    "accuracyUnseen: adapt and test must hold the same users",
  );
  expect(() => accuracySeen(fitted, adaptTest)).toThrow('unknown user "user-20"');
});
