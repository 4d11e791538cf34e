import { expect, test } from "vitest";
import { loadEngine } from "../../../engine/index.js";
import { KINDS } from "../../../families/index.js";
import { figureRecord, type FigureRecord, type RecordRow } from "../../../core/index.js";
import { experimentNamed, runJob } from "../index.js";
import { HOMES, MATRIX_CLAIMS } from "./claims.js";
import { MATRIX_WORLDS } from "./world.js";

const SMALL = { users: 30, answers: 20, visits: 8000, families: ["bradley-terry", "lore", "pal-b"] };

async function rowsIn(world: string, more: object = {}): Promise<readonly RecordRow[]> {
  const config = experimentNamed("families-matrix").resolve({ ...SMALL, world, ...more });
  const job = { experiment: "families-matrix", config, seed: 1 } as const;
  return (await runJob(job, { engine: await loadEngine() })).rows;
}

test("a world has a row for each family that ran and each baseline, who was refused, and what can be reached", async () => {
  const rows = await rowsIn("low-rank");
  expect(rows.map(({ settings }) => settings?.family)).toEqual(["bradley-terry", "lore", "majority"]);
  const [one, lore, majority] = rows;
  expect(lore.measures?.nats).toBeGreaterThan(Number(one.measures?.nats));
  expect(lore.measures?.nats).toBeLessThan(Number(majority.measures?.oracleNats));
  expect(lore.measures?.gain).toBeCloseTo(Number(lore.measures?.nats) - Number(one.measures?.nats), 4);
  expect(one.measures).not.toHaveProperty("gain");
  expect(majority.settings?.refused).toMatch(/^pal-b: PalB: prototypes are functions of the context/);
  expect(majority.ceilings).toMatchObject({ chance: 0.5 });
});

test("habits are known to who knows everybody, and to nobody who reads items alone", async () => {
  const rows = await rowsIn("habits", { users: 60, families: ["bradley-terry"] });
  const [one, majority] = rows;
  expect(majority.measures?.oracleNats).toBeGreaterThan(Number(one.measures?.nats) + 0.05);
});

test("items that are ids alone are taken by the family that learns them", async () => {
  const rows = await rowsIn("opinions", { families: ["pal-items"] });
  expect(rows.map(({ settings }) => settings?.family)).toEqual(["pal-items", "majority"]);
  expect(rows[1].settings).not.toHaveProperty("refused");
});

test("bad configurations are refused before anything runs", () => {
  const { resolve } = experimentNamed("families-matrix");
  expect(() => resolve({ world: "moon" })).toThrow("families-matrix: world must be one of");
  expect(() => resolve({})).toThrow("families-matrix: world must be given");
  expect(() => resolve({ world: "pets", families: [] })).toThrow("families must be a list of");
  expect(() => resolve({ world: "pets", families: ["moon"] })).toThrow(
    "families-matrix: families must be one of",
  );
  expect(() => resolve({ world: "pets", visits: 0 })).toThrow("visits must be an integer >= 1, got 0");
});

test("every family has a world of its own, which there is", () => {
  expect(Object.keys(HOMES).sort()).toEqual([...KINDS].sort());
  for (const world of Object.values(HOMES)) expect(MATRIX_WORLDS).toContain(world);
});

function record(rows: readonly RecordRow[]): FigureRecord {
  return figureRecord({
    ...{ id: "families-matrix", claim: "", caption: "", profile: "full", config: {}, engine: "none" },
    ...{ data: [], rows },
  });
}

const row = (
  [family, world]: readonly [string, string],
  seed: number,
  nats: number,
  more: object = {},
): RecordRow => ({
  ...{ seed, split: "seen", accuracy: 0.7, settings: { world, family } },
  measures: { nats, newNats: nats, ...more },
});
const [homes, nobody, ceilings] = MATRIX_CLAIMS;

test("at home a family may be .02 nats behind, and one that is missing fails", () => {
  const rows = (behind: number): RecordRow[] =>
    Object.entries(HOMES).flatMap(([family, world]) => [
      row([family, world], 1, -0.5 - (family === "vpl" ? behind : 0)),
      row(["majority", world], 1, -0.69),
    ]);
  expect(homes.check(record(rows(0.019))).status).toBe("holds");
  expect(homes.check(record(rows(0.021))).status).toBe("fails");
  expect(() => homes.check(record(rows(0).slice(1)))).toThrow(
    "families-matrix has no bradley-terry in nobody-differs",
  );
  const elsewhere = rows(0).filter(({ settings }) => settings?.world !== "persona");
  expect(homes.check(record(elsewhere)).ours).toContain("pal-b not run in persona");
});

test("where nobody differs one reward may lose .003 nats", () => {
  const rows = (behind: number): RecordRow[] => [
    row(["bradley-terry", "nobody-differs"], 1, -0.5 - behind),
    row(["lore", "nobody-differs"], 1, -0.5),
  ];
  expect(nobody.check(record(rows(0.0029))).status).toBe("holds");
  expect(nobody.check(record(rows(0.0031))).status).toBe("fails");
});

test("a family that is above a ceiling in every run is a leak; in one of two it is chance", () => {
  const rows = (first: number, second: number): RecordRow[] =>
    [first, second].flatMap((above, i) => [
      row(["lore", "w"], i + 1, -0.5 + above),
      row(["majority", "w"], i + 1, -0.69, { oracleNats: -0.5, bayesNats: -0.4 }),
    ]);
  expect(ceilings.check(record(rows(0.1, 0.1001))).status).toBe("fails");
  expect(ceilings.check(record(rows(0.1, -0.1))).status).toBe("holds");
  expect(ceilings.check(record(rows(0.1, 0.1001))).ours).toContain("above 0: lore in w, seen");
});
