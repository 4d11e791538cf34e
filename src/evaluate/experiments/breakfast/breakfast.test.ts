import { beforeAll, describe, expect, test } from "vitest";
import type { RecordRow } from "../../../core/index.js";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob } from "../index.js";
import { divide, type Rankings } from "./divide.js";
import { meanPlaces } from "./wins.js";
import { typesOfRankings } from "./types-of-rankings.js";
import { WAYS, waysOf } from "./ways.js";
import { randomStream } from "../../../core/index.js";

const USERS = 12;
const ITEMS = 6;

/** Rankings of 6 items on 3 occasions, all pairs of each: on occasion 2 everybody turns their own order round; orders of people are turned by place. */
function rankings(): Rankings {
  const rows = {
    user: [] as number[],
    context: [] as number[],
    left: [] as number[],
    right: [] as number[],
    label: [] as number[],
    judgement: [] as number[],
  };
  for (let user = 0; user < USERS; user++)
    for (let occasion = 0; occasion < 3; occasion++)
      for (let a = 0; a < ITEMS; a++)
        for (let b = a + 1; b < ITEMS; b++) {
          const place = (item: number): number => (item + (user % 2) * 3) % ITEMS;
          rows.user.push(user);
          rows.context.push(occasion);
          rows.left.push(a);
          rows.right.push(b);
          rows.label.push(place(b) < place(a) === occasion < 2 ? 1 : -1);
          rows.judgement.push(3 * user + occasion);
        }
  const names = (word: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${word} ${i}`);
  return {
    users: names("person", USERS),
    items: { ids: names("item", ITEMS) },
    contexts: { ids: names("occasion", 3) },
    ...{ user: Int32Array.from(rows.user), context: Int32Array.from(rows.context) },
    ...{ left: Int32Array.from(rows.left), right: Int32Array.from(rows.right) },
    ...{ label: Int8Array.from(rows.label), judgement: Int32Array.from(rows.judgement), judged: "rankings" },
    source: { name: "made up", license: "none", sha256: "" },
  };
}

const data = rankings();

describe("the division", () => {
  const parts = divide(data, { seed: 4, asked: 3 });
  const key = (row: number): string => `${data.user[row]}/${data.context[row]}`;

  test("deals new occasions out evenly, and asks of no other", () => {
    expect([0, 1, 2].map((occasion) => parts.newTo.filter((each) => each === occasion).length)).toEqual([
      4, 4, 4,
    ]);
    expect(parts.asked).toHaveLength(USERS * 3);
    for (const row of parts.asked) expect(data.context[row]).toBe(parts.newTo[data.user[row]]);
    expect([...divide(data, { seed: 4, asked: 3 }).asked]).toEqual([...parts.asked]);
    expect([...divide(data, { seed: 5, asked: 3 }).newTo]).not.toEqual([...parts.newTo]);
  });

  test("tears no ranking apart, and gives items that are not asked about", () => {
    const whole = new Set([...parts.train(0)].map(key));
    for (const row of parts.asked) expect(whole).not.toContain(key(row));
    const given = [...parts.train(3)].filter((row) => !whole.has(key(row)));
    expect(given).toHaveLength(USERS * 3);
    const asked = new Set(
      [...parts.asked].flatMap((row) =>
        [data.left[row], data.right[row]].map((item) => `${data.user[row]}/${item}`),
      ),
    );
    for (const row of given)
      for (const item of [data.left[row], data.right[row]])
        expect(asked).not.toContain(`${data.user[row]}/${item}`);
    expect(parts.train(2).length - parts.train(0).length).toBe(USERS);
  });

  test("chooses on a whole ranking of each person, which is neither new nor learned from", () => {
    const chosenOn = new Set([...parts.validation].map(key));
    expect(chosenOn.size).toBe(USERS);
    expect(parts.validation).toHaveLength((USERS * ITEMS * (ITEMS - 1)) / 2);
    for (const row of parts.validation) expect(data.context[row]).not.toBe(parts.newTo[data.user[row]]);
    expect([...parts.choosing].some((row) => chosenOn.has(key(row)))).toBe(false);
    expect(parts.choosing.length + parts.validation.length).toBe(parts.train(0).length);
  });
});

test("mean places are those of the rankings", () => {
  // half of the people have item i at place i + 1, the others three places on
  expect(meanPlaces(data).slice(0, ITEMS)).toEqual([2.5, 3.5, 4.5, 2.5, 3.5, 4.5]);
  expect(meanPlaces(data).slice(2 * ITEMS)).toEqual([4.5, 3.5, 2.5, 4.5, 3.5, 2.5]);
});

describe("averages", () => {
  const { train, asked } = divide(data, { seed: 1, asked: 3 });
  const task = { data, train: train(0), asked };
  const right = (scores: ArrayLike<number>): number =>
    [...asked].filter((row, i) => scores[i] > 0 === data.label[row] > 0).length / asked.length;
  const scoresOf = async (method: string): Promise<ArrayLike<number>> => {
    const way = waysOf({ prototypes: [2], dimensions: [2], types: [1], tastes: ["items"] }).find(
      (each) => each.method === method,
    );
    const recipe = { engine: await loadEngine(), seed: 1, visits: 1000, effort: "quick" } as const;
    return (await way?.scores(task, way.settings[0], recipe))?.scores ?? [];
  };

  test("own of other occasions are right where the new one is like them, and turned round where it is not", async () => {
    const scores = await scoresOf(WAYS.own);
    asked.forEach((row, i) => {
      // of who is new to an occasion 0 or 1 one other occasion is alike and one turned round: they cancel; of occasion 2 both are turned round
      if (data.context[row] === 2) expect(scores[i] > 0).toBe(data.label[row] < 0);
      else expect(scores[i]).toBeCloseTo(0, 9);
    });
  });

  test("others' of the occasion know nobody: the halves of these people cancel, but for who is more often there", async () => {
    expect(right(await scoresOf(WAYS.others))).toBeLessThan(0.75);
  });
});

test("types by occasion find two orders that occasions turn round, where types that ignore occasions cannot", () => {
  const { train, asked } = divide(data, { seed: 1, asked: 3 });
  const told = (means: "items" | "items and items by occasion"): number => {
    const rng = randomStream(3);
    const { scores } = typesOfRankings(
      { data, train: train(0), asked },
      { k: 2, means, tastes: "items" },
      { rng, effort: "quick" },
    );
    return [...asked].filter((row, i) => scores[i] > 0 === data.label[row] > 0).length / asked.length;
  };
  expect(told("items and items by occasion")).toBeGreaterThan(0.9);
  expect(told("items")).toBeLessThan(0.8);
});

test.each([
  [
    { given: [9], asked: 8 },
    "breakfast: given and asked must leave each other room, of 15 items at most, got 9 given and 8 asked",
  ],
  [{ tastes: ["all"] }, "breakfast: tastes"],
  [{ effort: "some" }, "breakfast: effort"],
  [{ prototypes: [0] }, "breakfast: prototypes must be an integer >= 1"],
  [{ given: "none" }, "breakfast: given must be a list of numbers"],
])("bad configurations are refused before anything runs: %o", (config, message) => {
  expect(() => experimentNamed("breakfast").resolve(config as never)).toThrow(message);
});

describe.skipIf((process.env.PAL_LAB_DATA_MIRROR ?? "") === "")("the published rankings", () => {
  let rows: readonly RecordRow[];
  beforeAll(async () => {
    const small = {
      given: [0, 7],
      prototypes: [2],
      dimensions: [2],
      types: [1],
      tastes: ["items"],
      visits: 40_000,
      effort: "quick",
    };
    const config = experimentNamed("breakfast").resolve(small);
    rows = (await runJob({ experiment: "breakfast", config, seed: 1 }, { engine: await loadEngine() })).rows;
  });

  test("give a row a way and number of items, better than chance", () => {
    expect(rows.map(({ method }) => method)).toEqual(
      Object.values(WAYS).flatMap((way) =>
        way === WAYS.palA ? [way, way, "PAL-A in the plane"] : [way, way],
      ),
    );
    for (const { accuracy, measures } of rows) {
      expect(accuracy).toBeGreaterThan(0.55);
      expect(measures?.nats).toBeGreaterThan(Math.log(0.5));
    }
  });

  test("give a map with names, places of prototypes and people, and mean places", () => {
    const { series, settings } = rows.find(({ method }) => method === "PAL-A in the plane") as RecordRow;
    expect(
      [series?.items, series?.prototypes, series?.people, series?.places].map((each) => each?.length),
    ).toEqual([30, 4, 82, 90]);
    expect(String(settings?.items).split("; ")).toHaveLength(15);
    expect(String(settings?.occasions).split("; ")).toHaveLength(6);
  });
});
