import { expect, test } from "vitest";
import type { RecordRow } from "../../../core/index.js";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob } from "../index.js";
import { pearson } from "./curves.js";
import { flipped } from "./flipped.js";
import { latentWorld } from "./world.js";

async function rows(experiment: "latent-user" | "maze-control", more: object): Promise<readonly RecordRow[]> {
  const config = experimentNamed(experiment).resolve({
    users: 300,
    epochs: 30,
    rate: 0.005,
    klWeight: 0.1,
    ...more,
  });
  return (await runJob({ experiment, config, seed: 1 }, { engine: await loadEngine() })).rows;
}

test("tidying: answers bring VPL to exact Bayes, and Bradley-Terry stays where nobody is known", async () => {
  const base = { world: "tidy", testUsers: 200, newComparisonsPerUser: [0, 8], depth: 2 };
  const [none, eight] = await rows("latent-user", base);
  const [, one] = await rows("latent-user", { ...base, model: "Bradley-Terry" });
  expect(eight.accuracy).toBeGreaterThan((eight.ceilings?.bayes ?? 1) - 0.03);
  expect(eight.accuracy).toBeGreaterThan(none.accuracy + 0.1);
  expect(Math.abs(one.accuracy - (one.ceilings?.blind ?? 0))).toBeLessThan(0.03);
  expect(one.measures?.activeUnits).toBeUndefined();
});

test("in the maze one reward for all takes hardly anybody to their goal", async () => {
  const [row] = await rows("maze-control", { model: "Bradley-Terry", testUsers: 10, epochs: 10 });
  expect(row.measures?.success).toBeLessThan(0.6);
  expect(row.series?.["true 0"]).toHaveLength(46);
});

test("the part of answers that is turned round is what was asked for", async () => {
  const { data } = await latentWorld("tidy", { users: 100, comparisonsPerUser: 100, seed: 1 }, 0);
  expect(flipped(data, 1, 1).label).toEqual(data.label.map((label) => -label));
  const turned = flipped(data, 0.25, 1).label.filter((label, row) => label !== data.label[row]).length;
  // four standard errors of 10 000 draws
  expect(Math.abs(turned / 10_000 - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 10_000));
});

test("all answers turned round are the mirror of none where two opposed users are asked what divides them, and only there", async () => {
  const base = { testUsers: 200, newComparisonsPerUser: [8], flips: [0, 1] };
  const [none, all] = await rows("latent-user", { ...base, world: "pets, divergent", depth: 2 });
  expect(none.accuracy).toBeGreaterThan(0.95);
  expect(Math.abs(all.accuracy - (1 - none.accuracy))).toBeLessThan(0.02);
  // of four kinds none is the opposite of another
  const [clean, turned] = await rows("latent-user", { ...base, world: "didactic" });
  expect(turned.accuracy).toBeGreaterThan(1 - clean.accuracy + 0.15);
});

test("Pearson's correlation, by hand", () => {
  expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  // deviations (-1, 0, 1) and (0, 1, -1): -1 / sqrt(2 · 2)
  expect(pearson([1, 2, 3], [1, 2, 0])).toBeCloseTo(-0.5, 12);
});

test("bad configurations are refused before anything runs", () => {
  const { resolve } = experimentNamed("latent-user");
  expect(() => resolve({ klWeight: -1 })).toThrow("latent-user: klWeight must be a number >= 0, got -1");
  expect(() => resolve({ world: "moon" })).toThrow("latent-user: world must be one of");
  expect(() => resolve({ flips: [] })).toThrow("latent-user: flips must be a list of numbers");
});

test("the KL weight is chosen on users who neither train nor are judged", async () => {
  const base = { world: "tidy", testUsers: 100, newComparisonsPerUser: [8], depth: 2 };
  const [chosen] = await rows("latent-user", { ...base, klWeights: [100, 0.1] });
  const [fixed] = await rows("latent-user", { ...base, klWeights: [0.1] });
  // at 100 the latent collapses
  expect(chosen.settings?.klWeight).toBe(0.1);
  expect(chosen.accuracy).toBe(fixed.accuracy);
  const [one] = await rows("latent-user", { ...base, model: "Bradley-Terry", klWeights: [100, 0.1] });
  expect(one.ceilings).toEqual(chosen.ceilings);
});
