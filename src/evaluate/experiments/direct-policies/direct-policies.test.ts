import { expect, test } from "vitest";
import { randomStream, type RecordRow } from "../../../core/index.js";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob, type ExperimentName, type RunConfig } from "../index.js";
import { drawBandit, judge } from "./bandit.js";

async function rowsOf(experiment: ExperimentName, given: RunConfig): Promise<readonly RecordRow[]> {
  const config = experimentNamed(experiment).resolve(given);
  return (await runJob({ experiment, config, seed: 1 }, { engine: await loadEngine() })).rows;
}
const at = (rows: readonly RecordRow[], method: string): { readonly [name: string]: number } =>
  rows.find((row) => row.method === method)?.measures ?? {};

test("the reference of a bandit is judged by closed forms: chosen and rejected are drawn from it, half of each", () => {
  const bandit = drawBandit(7, randomStream(1));
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b);
  expect(sum(bandit.chosen)).toBeCloseTo(1, 12);
  expect(sum(bandit.rejected)).toBeCloseTo(1, 12);
  const { chosen, rejected, accuracy } = judge(bandit, bandit.reference);
  const entropy = sum(bandit.reference.map((log) => Math.exp(log) * log));
  expect((chosen + rejected) / 2).toBeCloseTo(entropy, 12);
  expect(accuracy).toBeCloseTo(0.5, 12);
});

test("LSIF lets the likelihood of the chosen fall, UKL and BCE keep it", async () => {
  const rows = await rowsOf("imitation", { steps: 1500 });
  const change = (method: string): number => at(rows, method).chosen - at(rows, method).chosenBefore;
  expect(change("LSIF")).toBeLessThan(-0.2);
  expect(Math.abs(change("UKL"))).toBeLessThan(0.15);
  expect(Math.abs(change("BCE"))).toBeLessThan(0.15);
  rows.forEach(({ accuracy }) => expect(accuracy).toBeGreaterThan(0.7));
});

test("GDPO speaks for the group as it is, DPO for its majority", async () => {
  const rows = await rowsOf("beliefs", { pairs: 3000, steps: 800 });
  expect(at(rows, "GDPO").distance).toBeLessThan(0.03);
  expect(at(rows, "GDPO").consistency).toBeGreaterThan(0.99);
  expect(at(rows, "DPO, beta 0.1").distance).toBeGreaterThan(0.4);
});

test("at exact weights MPO's objectives are worth the same, and nothing else is better for the worst", async () => {
  const rows = await rowsOf("mixing", { prompts: 5, actions: 10, steps: 300, samples: 16 });
  const exact = at(rows, "MPO, exact weights");
  for (const k of [1, 2, 3]) expect(exact[`objective ${k}`]).toBeCloseTo(exact.worst, 5);
  for (const { method, measures } of rows)
    if (method !== "MPO, exact weights") expect(measures?.worst, method).toBeLessThan(exact.worst);
});

test("rules of what PAL learned: max-min gives the smallest group more than Borda does", async () => {
  const rows = await rowsOf("rules", { epochs: 20 });
  const worst = (rule: string): number =>
    Math.min(...["6 of 10", "3 of 10", "1 of 10"].map((name) => at(rows, rule)[name]));
  expect(rows).toHaveLength(6);
  expect(worst("max-min")).toBeGreaterThan(worst("borda"));
  expect(at(rows, "borda")["6 of 10"]).toBeGreaterThan(at(rows, "max-min")["6 of 10"]);
});

test("bad configurations are refused before anything runs", () => {
  expect(() => experimentNamed("beliefs").resolve({ target: [0.5, 0.4] })).toThrow(
    "beliefs: target must be at least 2 shares that add up to 1, got 0.5, 0.4",
  );
  expect(() => experimentNamed("imitation").resolve({ arms: 1 })).toThrow(
    "imitation: arms must be an integer >= 2",
  );
  expect(() => experimentNamed("mixing").resolve({ correlation: -2 })).toThrow(
    "mixing: correlation must be a number",
  );
  expect(() => experimentNamed("rules").resolve({ users: 5 })).toThrow(
    "rules: users must be an integer >= 10",
  );
});
