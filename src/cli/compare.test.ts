import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { PreferenceData } from "../data/index.js";
import type * as Evaluate from "../evaluate/index.js";
import { asked, forget } from "./fixtures/asked.js";
import { runCommand, type Ran } from "./fixtures/run-command.js";

vi.mock("../evaluate/index.js", async (original) => ({
  ...(await original<typeof Evaluate>()),
  compare: (data: unknown, options: Record<string, unknown>) => {
    Object.assign(asked, { data, options });
    return Promise.resolve({ rows: [] });
  },
}));
vi.mock("../evaluate/threads/index.js", () => ({
  familyRunner: (threads: Record<string, unknown>) => {
    asked.threads = threads;
    return "runner";
  },
}));
vi.mock("../report/index.js", () => ({
  takeaway: () => "Nobody gains.",
  writeComparison: (_: unknown, folder: string) => {
    asked.folder = folder;
    return Promise.resolve({ page: join(folder, "compare.html") });
  },
}));

const folder = mkdtempSync(join(tmpdir(), "pal-lab-compare-"));
const table = join(folder, "tea.csv");
const out = join(folder, "out");
beforeAll(() => writeFileSync(table, "user,left,right,label\nann,a,b,left\nbob,a,b,right\n"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(forget);

function run(what: string, ...args: string[]): Promise<Ran> {
  return runCommand(["compare", what, "--out", out, ...args]);
}

test("without flags: seed 1, the comparison's own defaults, a thread for each core, no ceilings of a table", async () => {
  const { code, out: said } = await run(table);
  expect(code).toBe(0);
  expect(asked.options).toEqual({ seed: 1, limits: {}, runner: "runner", onStage: expect.any(Function) });
  expect(asked.threads.threads).toBe(availableParallelism());
  expect((asked.data as PreferenceData).users).toEqual(["ann", "bob"]);
  expect(asked.folder).toBe(out);
  expect(said).toContain(`Nobody gains.\n${join(out, "compare.html")}\n`);
});

test("each flag reaches what it is for", async () => {
  const counts = ["--users", "40", "--answers", "30", "--most-features", "8", "--jobs", "3"];
  const flags = ["--families", "lore, vpl", "--seeds", "2", "--seed", "7", "--given", "0,5", ...counts];
  expect((await run(table, ...flags)).code).toBe(0);
  expect(asked.options).toMatchObject({
    ...{ families: ["lore", "vpl"], seeds: 2, seed: 7, given: [0, 5] },
    limits: { users: 40, answers: 30, features: 8 },
  });
  expect(asked.threads).toMatchObject({ threads: 3, signal: expect.any(AbortSignal) });
});

test("a world brings its truth, drawn by the seed; its name goes before a file's", async () => {
  expect((await run("low-rank", "--seed", "3")).code).toBe(0);
  const first = asked.data as PreferenceData;
  expect(asked.options.truth).toMatchObject({ possible: 2000 });
  expect(first.source.name).toBe('the world "low-rank"');
  await run("low-rank", "--seed", "4");
  expect((asked.data as PreferenceData).items.features).not.toEqual(first.items.features);
});

test("with --json nothing but JSON is printed", async () => {
  const { out: said } = await run(table, "--json");
  expect(JSON.parse(said)).toEqual({ comparison: { rows: [] } });
});

test("what is neither data nor a world lists the worlds, and more than one is an error of usage", async () => {
  const { code, error } = await run("moon");
  expect(code).not.toBe(0);
  expect(error).toMatch(/nor is "moon" a world: there are nobody-differs, two-opposed/);
  expect((await run(table, "low-rank")).error).toContain("needs one DATA or WORLD, got 2 arguments");
  expect(asked.data).toBeUndefined();
});
