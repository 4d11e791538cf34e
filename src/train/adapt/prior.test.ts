import { expect, test } from "vitest";
import { selectRows, selectUser } from "../../data/index.js";
import { loadEngine } from "../../engine/index.js";
import { WORLDS } from "../../families/fixtures/index.js";
import { fit } from "../index.js";

test("the prior holds a user with few answers near the middle, the more the larger its concentration; 1.5 where nothing is said", async () => {
  const engine = await loadEngine();
  const { model, train, adapt, epochs, rates } = WORLDS[0];
  const fitted = await fit(model, train, { engine, seed: 1, epochs, batchSize: 64, learningRates: rates });
  const one = selectUser(adapt, adapt.users[0]);
  const four = selectRows(one, Int32Array.of(0, 1, 2, 3));
  const heaviest = (concentration?: number): number => {
    const options = concentration === undefined ? {} : { concentration };
    return Math.max(...fitted.infer(four, options).weights);
  };
  const [none, little, usual, much] = [1, 1.1, 1.5, 50].map(heaviest);
  expect(none).toBeGreaterThan(0.999);
  expect(none).toBeGreaterThan(little);
  expect(little).toBeGreaterThan(usual + 1e-3);
  expect(usual).toBeGreaterThan(much + 1e-3);
  expect(much).toBeLessThan(0.6);
  expect(heaviest()).toBe(usual);
});
