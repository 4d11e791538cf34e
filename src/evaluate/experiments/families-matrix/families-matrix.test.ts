import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadEngine } from "../../../engine/index.js";
import { COMPARED } from "../../../families/index.js";
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

const mirror = process.env.PAL_LAB_DATA_MIRROR ?? "";
test.skipIf(!existsSync(join(mirror, "choices")))(
  "real people are divided, and what they are is in the record",
  async () => {
    const { identify, resolve } = experimentNamed("families-matrix");
    const config = resolve({ ...SMALL, world: "choices", families: ["bradley-terry"] });
    expect((await identify?.(config))?.data).toEqual([
      { name: expect.stringContaining("GermanParties2009") as string, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, source: expect.stringContaining("GPL") as string }, // prettier-ignore
    ]);
    const rows = await rowsIn("choices", { families: ["bradley-terry"] });
    expect(rows.map(({ settings }) => settings?.family)).toEqual(["bradley-terry", "majority"]);
    expect(rows[1].ceilings).toEqual({ chance: 0.5 });
  },
);

test("bad configurations are refused before anything runs", () => {
  const { resolve } = experimentNamed("families-matrix");
  expect(() => resolve({ world: "moon" })).toThrow("families-matrix: world must be one of");
  expect(() => resolve({})).toThrow("families-matrix: world must be given");
  expect(() => resolve({ world: "pets", families: [] })).toThrow("families must be a list of");
  expect(() => resolve({ world: "pets", families: ["moon"] })).toThrow(
    "families-matrix: families must be one of",
  );
  expect(() => resolve({ world: "tastes", users: 500 })).toThrow(
    'families-matrix: users must be at most 150 in the world "tastes", which has no more, got 500',
  );
  expect(() => resolve({ world: "tastes", answers: 46 })).toThrow("answers must be at most 45 in the world");
  expect(resolve({ world: "pets", users: 500 })).toMatchObject({ users: 500 });
  expect(() => resolve({ world: "pets", visits: 0 })).toThrow("visits must be an integer >= 1, got 0");
});

test("every family has a world of its own, which there is", () => {
  expect(Object.keys(HOMES).sort()).toEqual([...COMPARED].sort());
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

/** Of LoRe in five worlds: what it is above who knows everybody, in each of five draws. */
function leaks(of: readonly (readonly number[])[]): FigureRecord {
  return record(
    of.flatMap((draws, w) =>
      draws.flatMap((above, i) => [
        row(["lore", `w${w}`], i + 1, -0.5 + above),
        row(["majority", `w${w}`], i + 1, -0.69, { oracleNats: -0.5, bayesNats: -0.1 }),
      ]),
    ),
  );
}
/** Draws vary as those of the worlds do: by 0.06 nats an answer in a world, and by less in the mean of five. */
const DRAWS = [
  [0.05, -0.07, 0.02, 0.08, -0.05],
  [-0.06, 0.03, 0.09, -0.04, 0.01],
  [0.08, 0.01, -0.08, 0.02, -0.03],
  [-0.02, 0.07, -0.05, -0.06, 0.07],
  [-0.06, -0.02, 0.01, 0.02, 0.01],
];
const leak = (nats: number) => leaks(DRAWS.map((draws) => draws.map((each) => each + nats)));

test("a leak everywhere is found in a family's mean over worlds, though draws vary too much for any world alone", () => {
  const found = ceilings.check(leak(0.04));
  expect(found.status).toBe("fails");
  expect(found.ours).toContain(
    "4 means over worlds, above 0: lore, seen; 20 single differences, none above 0",
  );
  expect(ceilings.check(leak(0)).status).toBe("holds");
});

test("a steady leak in one world is found there, though what is lost elsewhere hides it in the mean", () => {
  const steady = leaks(
    DRAWS.map((draws, w) => draws.map((each) => (w === 0 ? 0.1 + each / 10 : each - 0.1))),
  );
  const found = ceilings.check(steady);
  expect(found.status).toBe("fails");
  expect(found.ours).toContain(
    "4 means over worlds, none above 0; 20 single differences, above 0: lore in w0, seen",
  );
});

test("the check of ceilings says how little it can find, and that it can find nothing in one draw", () => {
  expect(ceilings.check(leak(0)).ours).toContain(
    "weak: of 5 seeds a single difference is found only where it is above 6.8",
  );
  expect(() => ceilings.check(leaks([[0.1]]))).toThrow(
    "families-matrix has no ceilings of two seeds or more",
  );
});
