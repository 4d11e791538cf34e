import { expect, test } from "vitest";
import { simulateIdealPoints } from "../data/index.js";
import { loadEngine } from "../engine/index.js";
import { PalA } from "../families/index.js";
import { fit } from "./index.js";

const population = (dimension: number) =>
  simulateIdealPoints({
    dimension,
    prototypes: 2,
    users: 4,
    comparisonsPerUser: 10,
    setting: "partition",
    seed: 1,
  });

test("features of another dimension are refused for new users and for scores, saying which was trained on", async () => {
  const fitted = await fit(new PalA({ k: 2, latentDimension: 2 }), population(3), {
    engine: await loadEngine(),
    seed: 1,
    epochs: 2,
  });
  const message = "items must have 3 features as in training, got 5";
  expect(() => fitted.inferAll(population(5))).toThrow(message);
  expect(() => fitted.scoresOf(population(5))).toThrow(message);
});

test("contradictory comparisons place a new user in the middle, and say nothing is wrong", async () => {
  const data = population(3);
  const fitted = await fit(new PalA({ k: 2, latentDimension: 2 }), data, {
    engine: await loadEngine(),
    seed: 1,
    epochs: 40,
  });
  const row = {
    users: ["torn"],
    user: Int32Array.of(0, 0),
    left: Int32Array.of(0, 0),
    right: Int32Array.of(1, 1),
  };
  const state = fitted.infer({ items: data.items, source: data.source, ...row, label: Int8Array.of(-1, 1) });
  expect(state.weights[0] + state.weights[1]).toBeCloseTo(1, 6);
  // the likelihood alone is symmetric around the weights that score 0; the prior keeps both above 0
  expect(Math.min(...state.weights)).toBeGreaterThan(0.05);
});
