import { describe, expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../../core/index.js";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob, type ExperimentName, type RunConfig } from "../index.js";
import { BELIEF_CLAIMS } from "./claims.js";

async function rowsOf(experiment: ExperimentName, given: RunConfig): Promise<readonly RecordRow[]> {
  const config = experimentNamed(experiment).resolve(given);
  return (await runJob({ experiment, config, seed: 1 }, { engine: await loadEngine() })).rows;
}

test("a believed slip: both readings of the same ratings, and what the rater sees", async () => {
  const rows = await rowsOf("believed-slip", { believed: 0.6, steps: 250 });
  expect(rows.map(({ method }) => method)).toEqual(["belief inferred", "belief taken for right"]);
  const [own, taken] = rows;
  expect(own.measures?.cosine).toBeGreaterThan(0.95);
  expect(own.measures?.cosine).toBeGreaterThan(Number(taken.measures?.cosine) + 0.05);
  expect(own.measures?.likedFlowers).toBe(taken.measures?.likedFlowers);
  expect(taken.measures?.slip).toBe(0);
  expect(own.series?.worth).toHaveLength(35);
  expect(own.series?.best.every((move) => [0, 1, 2, 3].includes(move))).toBe(true);
  expect(taken).not.toHaveProperty("series");
});

test("two beliefs: PAL's clusters are those who believe the same, and their ratings say that beliefs differ", async () => {
  const rows = await rowsOf("belief-or-taste", {
    population: "beliefs",
    kMax: 2,
    shown: 1,
    draws: 19,
    steps: 150,
  });
  const [pal, nothing, beliefs, tastes] = rows;
  expect(pal.k).toBe(2);
  expect(pal.measures?.likeness).toBeGreaterThan(0.8);
  expect(pal.measures?.pAsBelieved).toBeLessThan(0.06);
  expect(pal.series?.pAfterShown).toHaveLength(1);
  const nats = (row: RecordRow): number => row.measures?.nats ?? NaN;
  expect(nats(beliefs)).toBeGreaterThan(nats(nothing) + 0.05);
  expect(nats(beliefs)).toBeGreaterThan(nats(tastes));
  const slips = [1, 2].map((cluster) => beliefs.measures?.[`slip of cluster ${cluster}`] ?? NaN);
  expect(Math.min(...slips)).toBeLessThan(0.15);
  expect(Math.max(...slips)).toBeGreaterThan(0.3);
});

test.each([
  ["believed-slip", { believed: 1.5 }, "believed-slip: believed must be a number >= 0 and <= 1, got 1.5"],
  ["believed-slip", { believed: 0.5, ratings: 0 }, "believed-slip: ratings must be an integer >= 1"],
  ["belief-or-taste", { population: "all" }, "belief-or-taste: population"],
  ["belief-or-taste", { population: "beliefs", users: 3 }, "belief-or-taste: users must be an integer >= 10"],
] as const)("%s: bad configurations are refused before anything runs: %o", (experiment, config, message) =>
  expect(() => experimentNamed(experiment).resolve(config)).toThrow(message),
);

describe("claims", () => {
  const record = (rows: readonly RecordRow[]): FigureRecord =>
    figureRecord({
      id: "r",
      claim: "",
      caption: "",
      profile: "full",
      config: {},
      engine: "none",
      data: [],
      rows,
    });
  const check = (claim: string, rows: readonly RecordRow[]): string => {
    const found = BELIEF_CLAIMS.find((each) => each.claim.includes(claim));
    if (found === undefined) throw new Error(`no claim ${claim}`);
    return found.check(record(rows)).status;
  };
  const seeds = [1, 2, 3];
  const row = (seed: number, more: Partial<RecordRow>): RecordRow => ({
    seed,
    split: "seen",
    accuracy: 0.7,
    ...more,
  });

  const rated = (own: number, taken: number, flowers = -0.2): RecordRow[] =>
    seeds.flatMap((seed) =>
      [0, 0.4].flatMap((believed) => [
        row(seed, {
          method: "belief inferred",
          settings: { believed },
          measures: { cosine: own + seed / 1000 },
        }),
        row(seed, {
          ...{ method: "belief taken for right", settings: { believed } },
          measures: { cosine: taken, flowers: flowers + seed / 1000, likedFlowers: 0.2 + seed / 1000 },
        }),
      ]),
    );

  test("recovered, and less well where the belief is taken for right", () => {
    expect(check("inferring it recovers", rated(0.96, 0.8))).toBe("holds");
    expect(check("inferring it recovers", rated(0.94, 0.8))).toBe("fails");
    expect(check("Taking the belief for right", rated(0.96, 0.8))).toBe("holds");
    expect(check("Taking the belief for right", rated(0.96, 0.93))).toBe("fails");
    expect(check("Taking the belief for right", rated(0.96, 0.8, 0.1))).toBe("fails");
  });

  const told = ({ k = 2, lead = 0.1, p = 0.5 }): RecordRow[] =>
    ["beliefs", "tastes"].flatMap((population) =>
      seeds.flatMap((seed) => [
        row(seed, {
          ...{ method: "PAL-A", k, settings: { population }, measures: { likeness: 0.95 } },
          series: { pAfterShown: [population === "beliefs" ? p : 0.01] },
        }),
        ...["beliefs", "tastes"].map((what) =>
          row(seed, {
            ...{ method: `${what} differ`, settings: { population } },
            measures: { nats: (what === population ? lead : 0) + seed / 1000 },
          }),
        ),
      ]),
    );

  test.each([
    ["PAL takes two beliefs", { k: 2 }, "holds"],
    ["PAL takes two beliefs", { k: 3 }, "fails"],
    ["their ratings tell", { lead: 0.1 }, "holds"],
    ["their ratings tell", { lead: -0.1 }, "fails"],
    ["Once everybody was shown", { p: 0.4 }, "holds"],
    ["Once everybody was shown", { p: 0.01 }, "fails"],
  ])("%s, with %o: %s", (claim, what, status) => expect(check(claim, told(what))).toBe(status));
});
