import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { aggregationCosts, beliefShares, imitationLikelihood, mixedPolicies } from "./index.js";

function record(rows: readonly RecordRow[]): FigureRecord {
  const about = {
    id: "a-figure",
    claim: "",
    caption: "c",
    profile: "fast",
    config: {},
    engine: "none",
    data: [],
  };
  return figureRecord({ ...about, profile: "fast", rows });
}
const runs = (
  method: string,
  measures: (run: number) => RecordRow["measures"],
  more: Partial<RecordRow> = {},
): RecordRow[] =>
  [1, 2, 3].map((seed) => ({
    seed,
    split: "seen",
    accuracy: 0.7,
    method,
    measures: measures(seed),
    ...more,
  }));

const fallen = (lsif: number): RecordRow[] =>
  Object.entries({ "DPO, beta 0.1": -20, "DPO, beta 1": -1, LSIF: lsif, UKL: 0.05, BCE: 0.08 }).flatMap(
    ([method, by]) =>
      runs(method, (run) => ({
        ...{ chosen: -3 + by + run / 1000, chosenBefore: -3 },
        ...{ rejected: -4 + by, rejectedBefore: -3 },
      })),
  );

test("that LSIF lets the chosen fall is said where it does, and what stands below the picture is said in words", () => {
  const { record: said, data, layout } = imitationLikelihood(record(fallen(-1)));
  expect(said.checked?.holds).toBe(true);
  expect(imitationLikelihood(record(fallen(0.2))).record.checked?.holds).toBe(false);
  const [chosen] = data.filter(({ name, mode }) => name === "chosen" && mode === "markers").slice(-1);
  (chosen.y as number[]).forEach((value, i) =>
    expect(value).toBeCloseTo([-0.998, -0.998, 0.052, 0.082][i], 9),
  );
  expect(JSON.stringify(layout)).toContain("DPO at beta 0.1: chosen −20.00, rejected −21.00");
});

test("beliefs: the majority takes all where DPO is far from the group and GDPO is not", () => {
  const shares = (distance: number): RecordRow[] => [
    ...runs("DPO, beta 0.1", () => ({ distance }), { series: { spoken: [1, 0], target: [0.6, 0.4] } }),
    ...runs("GDPO", () => ({ distance: 0.01 }), { series: { spoken: [0.6, 0.4], target: [0.6, 0.4] } }),
  ];
  const { record: said, data } = beliefShares(record(shares(0.54)));
  expect(said.checked?.holds).toBe(true);
  expect(new Set(data.map(({ name }) => name))).toContain("the group");
  expect(beliefShares(record(shares(0.3))).record.claim).toContain("DPO, beta 0.1 0.300, GDPO 0.010");
});

test("mixtures: better for the worst only where it is in every comparison by more than the interval", () => {
  const rows = (linear: number): RecordRow[] =>
    Object.entries({ "MPO, exact weights": -0.9, "linear mixture": linear }).flatMap(([method, worst]) =>
      runs(method, (run) => ({
        worst: worst + run / 100,
        "objective 1": worst,
        "objective 2": 0,
        "objective 3": 0,
      })),
    );
  expect(mixedPolicies(record(rows(-1.4))).record.checked?.holds).toBe(true);
  expect(mixedPolicies(record(rows(-0.8))).record.checked?.holds).toBe(false);
});

test("costs are what is missing to a group's best, and the dearest is said", () => {
  const rows = [
    ...runs("borda", () => ({ many: 0.9, few: 0.3, "best of many": 0.95, "best of few": 0.9 })),
    ...runs("max-min", (run) => ({
      many: 0.7,
      few: 0.7 + run / 1000,
      "best of many": 0.95,
      "best of few": 0.9,
    })),
  ];
  const { record: said, alt } = aggregationCosts(record(rows));
  expect(said.checked?.holds).toBe(true);
  expect(alt).toContain("borda 0.60, max-min 0.25");
});

test("no rows, no figure", () => {
  for (const draw of [imitationLikelihood, beliefShares, mixedPolicies, aggregationCosts])
    expect(draw(record([])).data).toEqual([]);
});
