import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breakfastTable } from "./breakfast.js";
import { CHOICES, loadChoices, loadRankings, RANKINGS } from "./load-sets.js";

const mirror = process.env.PAL_LAB_DATA_MIRROR;
let cacheFolder: string;
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "pal-lab-sets-"));
});
afterAll(() => rm(cacheFolder, { recursive: true }));

const OFFLINE = { baseUrl: "http://127.0.0.1:9/", connectTimeoutMs: 500, mirror: "" };

test("another name is an error that lists the known", async () => {
  await expect(loadRankings("lunch")).rejects.toThrow(
    'name must be one of "breakfast", "debian-2002-leader"',
  );
  await expect(loadChoices("lunch")).rejects.toThrow(
    'one of "firstnames", "germanparties2009", "soundquality"',
  );
});

describe("offline the caller is told", () => {
  test.each(RANKINGS)("%s", async (name) => {
    await expect(loadRankings(name, { ...OFFLINE, cacheFolder })).rejects.toMatchObject({
      name: "UnreachableError",
      message: expect.stringContaining("set PAL_LAB_DATA_MIRROR to a folder that holds it"),
    });
  });

  test.each(CHOICES)("%s", async (name) => {
    await expect(loadChoices(name, { ...OFFLINE, cacheFolder })).rejects.toThrow(
      /is not here, and is published in a format of R alone \(psychotools 0\.7/,
    );
  });
});

test("the published breakfast file becomes a row for each rank", () => {
  const order = Array.from({ length: 15 }, (_, i) => 15 - i).join(",");
  const text = `a.soc;b.soc\nOverall preference;Juice, cold cereal\n${order};${order}`;
  const lines = breakfastTable("b.csv", text).split("\r\n");
  expect(lines).toHaveLength(1 + 30 + 1);
  expect(lines[1]).toBe("r1,overall preference,corn muffin and butter,1");
  expect(lines[30]).toBe('r1,"juice, cold cereal",toast pop-up,15');
  expect(() => breakfastTable("b.csv", text.replace(`;${order}`, ""))).toThrow("b.csv:3: has 1 orders");
  expect(() => breakfastTable("b.csv", text.replace("15,14", "15,15"))).toThrow(
    "b.csv:3: order 1 is not one",
  );
});

describe.skipIf(mirror === undefined)("the public sets", () => {
  test("of rankings", async () => {
    expect((await loadRankings("breakfast")).summary).toMatchObject({
      ...{ kind: "rankings", users: 41, items: 15, contexts: 6, judgements: 246, answers: 25_830 },
    });
    const { data, summary } = await loadRankings("debian-2002-leader", { pairs: "adjacent" });
    expect(summary).toMatchObject({ rows: 475, items: 4, options: { pairs: "adjacent" } });
    expect(data.source.license).toBe("GPL-3.0");
  });

  test.each([
    ["firstnames", 192, 6],
    ["germanparties2009", 192, 6],
    ["soundquality", 40, 8],
  ])("of choices: %s", async (name, users, items) => {
    expect((await loadChoices(name)).summary).toMatchObject({ kind: "comparisons", users, items });
  });
});
