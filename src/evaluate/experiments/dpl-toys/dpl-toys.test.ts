import { expect, test } from "vitest";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob } from "../index.js";
import { sliceOf, squareOf, trueDeviation } from "./places.js";

test("Bradley-Terry learns the Borda count: above 0.8 alternatives fall behind those that are worth less", async () => {
  const config = experimentNamed("dpl-toys").resolve({
    ...{ toy: "1-D", model: "Bradley-Terry", comparisons: 6000, heldOut: 500, epochs: 20, rate: 0.005 },
  });
  const { rows } = await runJob({ experiment: "dpl-toys", config, seed: 1 }, { engine: await loadEngine() });
  const { borda = 0, expected = 0 } = rows[0].measures ?? {};
  expect(borda).toBeGreaterThan(0.9);
  expect(expected).toBeLessThan(borda - 0.1);
  const learned = rows[0].series?.learned ?? [];
  // places 0.7 and 0.9
  expect(learned[28]).toBeGreaterThan(learned[36]);
});

test("true deviations of the toys, by hand", () => {
  expect(trueDeviation("1-D", [0.5])).toBe(0);
  expect(trueDeviation("1-D", [0.9])).toBe(0.9);
  // 0.8 / 0.6 with probability 0.6, else 0: mean 0.8, second moment 16/15
  expect(trueDeviation("2-D", [0.5, 0.8])).toBeCloseTo(Math.sqrt(16 / 15 - 0.64), 12);
  expect(sliceOf("2-D")[40]).toEqual([1, 0.6]);
  expect(squareOf("2-D")).toHaveLength(121);
});

test("bad configurations are refused before anything runs", () => {
  const { resolve } = experimentNamed("dpl-toys");
  expect(() => resolve({ toy: "3-D" })).toThrow("dpl-toys: toy must be one of");
  expect(() => resolve({ model: "VPL" })).toThrow("dpl-toys: model must be one of");
  expect(() => resolve({ width: 0 })).toThrow("dpl-toys: width must be an integer >= 1, got 0");
});
