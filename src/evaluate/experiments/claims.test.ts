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
  ]);
  expect(status("persona-accuracy-vs-samples", [])).toEqual(["fails"]);
});
