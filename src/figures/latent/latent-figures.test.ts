import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { dplToys, vplRewardScale } from "./index.js";

function record(rows: readonly RecordRow[]): FigureRecord {
  return figureRecord({
    ...{
      id: "a-figure",
      claim: "a claim",
      caption: "a caption",
      profile: "fast",
      config: {},
      engine: "none",
    },
    ...{ data: [], rows },
  });
}

/** Runs of a scaling whose successes differ by what is left to chance. */
function scaled(scaling: string, successes: readonly number[]): RecordRow[] {
  return successes.map((success, run) => ({
    ...{ seed: run + 1, split: "unseen", accuracy: 0.9, settings: { scaling } },
    measures: { success, tabular: 1, random: 0.3 },
  }));
}

test("a scaling helps where the runs' differences to none are above 0 by more than their interval", () => {
  const none = scaled("none", [0.2, 0.4, 0.3]);
  const { record: said, data } = vplRewardScale(
    record([...none, ...scaled("SPO", [0.7, 0.9, 0.8]), ...scaled("batch norm", [0.9, 0.1, 0.3])]),
  );
  expect(said.checked).toEqual({ says: said.claim, holds: true });
  expect(said.claim).toBe("A fitted policy gets to the goal in 80 % by SPO; without scaling in 30 %");
  expect(data).toHaveLength(6);
});

test("where differences go both ways, or there is one run, it is said that none helps", () => {
  const both = record([...scaled("none", [0.2, 0.4, 0.3]), ...scaled("SPO", [0.9, 0.3, 0.4])]);
  const one = record([...scaled("none", [0.2]), ...scaled("SPO", [0.9])]);
  for (const rows of [both, one]) {
    const { claim, checked } = vplRewardScale(rows).record;
    expect(checked?.holds).toBe(false);
    expect(claim).toMatch(/^No scaling helps a fitted policy by more than its interval: none/);
  }
});

function toy(name: string, method: string, measures: RecordRow["measures"]): RecordRow {
  return {
    ...{ seed: 1, split: "seen", accuracy: 0.8, method, measures, settings: { toy: name } },
    series: { learned: [4, 6, 8], deviation: [0, 2, 0], borda: [0, 0.1, 0.2], expected: [0, 0.5, 1] },
  };
}

test("learned utilities are drawn on the scale of the Borda count, their deviations too", () => {
  const { data } = dplToys(record([toy("1-D", "Bradley-Terry", { borda: 1, expected: 1 })]));
  // slope 0.05, origin -0.2: one deviation is 0.1
  const [below, above, learned] = data.map(({ y }) => y as number[]);
  [0, 0.1, 0.2].forEach((value, i) => expect(learned[i]).toBeCloseTo(value, 12));
  [0, 0, 0.2].forEach((value, i) => expect(below[i]).toBeCloseTo(value, 12));
  [0, 0.2, 0.2].forEach((value, i) => expect(above[i]).toBeCloseTo(value, 12));
});

test("that one reward learns the Borda count is said where it is correlated with that, and less with what is expected", () => {
  const rows = (expected: number): FigureRecord =>
    record(["1-D", "2-D"].map((name) => toy(name, "Bradley-Terry", { borda: 0.98, expected })));
  expect(dplToys(rows(0.7)).record.checked?.holds).toBe(true);
  expect(dplToys(rows(0.95)).record.checked?.holds).toBe(false);
});
