import { describe, expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkClaims } from "./claims.js";

function records(id: string, rows: readonly RecordRow[]): ReadonlyMap<string, FigureRecord> {
  const about = { claim: "", caption: "", profile: "full", config: {}, engine: "none", data: [] } as const;
  return new Map([[id, figureRecord({ id, ...about, rows })]]);
}

function status(id: string, rows: readonly RecordRow[]): readonly string[] {
  return checkClaims(records(id, rows))
    .filter((claim) => claim.figure === id)
    .map((claim) => claim.status);
}

const mixture = (accuracy: (k: number, kStar: number) => number): RecordRow[] =>
  [2, 3, 4].flatMap((kStar) =>
    [1, 2, 3, 4, 5].map((k) => ({
      setting: "mixture" as const,
      kStar,
      k,
      seed: 1,
      split: "seen" as const,
      accuracy: accuracy(k, kStar),
    })),
  );

describe("accuracy against K", () => {
  const good = (k: number, kStar: number): number => (k >= kStar ? 0.97 : 0.8);

  test("holds where K* is reached and kept", () => {
    expect(status("simulation-accuracy-vs-k", mixture(good))).toEqual(["holds"]);
  });

  test("fails where the gain over K = 1 is small, K* is low, or more prototypes fall", () => {
    expect(
      status(
        "simulation-accuracy-vs-k",
        mixture((k, kStar) => (k >= kStar ? 0.97 : 0.91)),
      ),
    ).toEqual(["fails"]);
    expect(
      status(
        "simulation-accuracy-vs-k",
        mixture((k, kStar) => (k >= kStar ? 0.95 : 0.8)),
      ),
    ).toEqual(["fails"]);
    expect(
      status(
        "simulation-accuracy-vs-k",
        mixture((k, kStar) => (k > kStar ? 0.94 : good(k, kStar))),
      ),
    ).toEqual(["fails"]);
  });
});

test("exact adaptation fails when the paired interval reaches below -0.005", () => {
  const rows = (difference: number): RecordRow[] =>
    [1, 2, 3, 4, 5].map((seed) => ({
      ...{
        seed,
        split: "unseen",
        k: 3,
        newComparisonsPerUser: 20,
        method: "gradient to convergence",
        accuracy: 0.95,
      },
      paired: { against: "exact", difference: difference + seed / 10_000, deviation: 0.01, n: 60 },
    }));
  expect(status("simulation-new-users", rows(0.002)).at(-1)).toBe("holds");
  expect(status("simulation-new-users", rows(-0.006)).at(-1)).toBe("fails");
});

test("a missing record, or one without the rows, fails; what has no data here was not run", () => {
  const outcomes = checkClaims(new Map());
  expect(
    outcomes.filter((claim) => claim.figure !== undefined).every((claim) => claim.status === "fails"),
  ).toBe(true);
  expect(outcomes.filter((claim) => claim.figure === undefined).map((claim) => claim.status)).toEqual([
    "not run",
    "not run",
    "not run",
  ]);
  expect(status("persona-accuracy-vs-samples", [])).toEqual(["fails"]);
});

describe("latent users", () => {
  const row = (more: Partial<RecordRow>): RecordRow => ({ seed: 1, split: "unseen", accuracy: 0.9, ...more });
  const ceilings = { blind: 0.68, bayes: 0.885, oracle: 0.905 };

  test("near exact Bayes holds, farther or lower fails", () => {
    const at = (accuracy: number) =>
      status("vpl-context-size", [row({ method: "VPL", newComparisonsPerUser: 8, accuracy, ceilings })]);
    expect([at(0.86), at(0.839), at(0.842)]).toEqual([["holds"], ["fails"], ["holds"]]);
  });

  test("a collapse needs no active unit at weight 1 and use of the answers at 0.1", () => {
    const cell = (klWeight: number, accuracy: number, activeUnits: number) =>
      row({ comparisonsPerUser: 2, accuracy, ceilings, settings: { klWeight }, measures: { activeUnits } });
    const both = (units: number, tenth: number) =>
      status("vpl-collapse", [cell(1, 0.68, units), cell(0.1, tenth, 1)]);
    expect([both(0, 0.81), both(1, 0.81), both(0, 0.7)]).toEqual([["holds"], ["fails"], ["fails"]]);
  });

  test("regions that cover too much fail as those that cover too little do", () => {
    const rows = (coverage: number) =>
      [4, 8, 16].map((newComparisonsPerUser) =>
        row({ method: "VPL", newComparisonsPerUser, measures: { coverage } }),
      );
    expect([0.8, 0.9, 0.97].map((coverage) => status("vpl-calibration", rows(coverage))[0])).toEqual([
      "fails",
      "holds",
      "fails",
    ]);
  });

  test("a question is worth choosing where it tells more than a random one", () => {
    const rows = (best: number) =>
      Object.entries({
        "mutual information": best,
        bald: 1,
        "d-optimal": 1,
        random: 0.86,
        released: 0.6,
      }).flatMap(([method, accuracy]) =>
        [1, 2, 3].map((seed) =>
          row({ seed, method, newComparisonsPerUser: 1, accuracy: accuracy + seed / 1000 }),
        ),
      );
    expect([status("vpl-active", rows(0.97)), status("vpl-active", rows(0.9))]).toEqual([
      ["holds"],
      ["fails"],
    ]);
  });
});

describe("reward scaling", () => {
  const rows = (spo: readonly number[]): RecordRow[] =>
    [
      { scaling: "none", values: [0.2, 0.4, 0.3] },
      { scaling: "SPO", values: spo },
    ].flatMap(({ scaling, values }) =>
      values.map((success, run) => ({
        ...{ seed: run + 1, split: "unseen" as const, accuracy: 0.95 },
        ...{ settings: { scaling }, measures: { success } },
      })),
    );

  test("holds where SPO is better run by run, fails where only its mean is", () => {
    expect(status("vpl-reward-scale", rows([0.7, 0.9, 0.8]))).toEqual(["holds"]);
    expect(status("vpl-reward-scale", rows([0.9, 0.3, 0.4]))).toEqual(["fails"]);
  });
});

test("DPL's toys: one reward must be the Borda count in both, and not what is expected", () => {
  const rows = (borda: readonly number[], expected: number): RecordRow[] =>
    ["1-D", "2-D"].map((toy, i) => ({
      ...{ seed: 1, split: "seen", accuracy: 0.7, method: "Bradley-Terry", settings: { toy } },
      measures: { borda: borda[i], expected },
    }));
  expect(status("dpl-toys", rows([0.97, 0.99], 0.7))).toEqual(["holds"]);
  expect(status("dpl-toys", rows([0.97, 0.9], 0.7))).toEqual(["fails"]);
  expect(status("dpl-toys", rows([0.97, 0.99], 0.95))).toEqual(["fails"]);
});
