import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type * as Sweep from "../evaluate/sweep/index.js";
import { runCommand, type Ran } from "./fixtures/run-command.js";

const asked = vi.hoisted(() => ({ config: undefined as unknown, options: {} as { folder?: string } }));
vi.mock("../evaluate/sweep/index.js", async (original) => ({
  ...(await original<typeof Sweep>()),
  sweep: (config: unknown, options: { folder: string }) => {
    Object.assign(asked, { config, options });
    return Promise.resolve({ computed: 3, found: 5, rows: [], data: [], left: 0 });
  },
}));

const folder = mkdtempSync(join(tmpdir(), "pal-lab-sweep-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
const CONFIG = { experiment: "simulation", grid: { kStar: [2], k: [1, 2] }, seeds: [1] };
const file = join(folder, "grid.json");
writeFileSync(file, JSON.stringify(CONFIG));
beforeEach(() => Object.assign(asked, { config: undefined, options: {} }));

function run(...args: string[]): Promise<Ran> {
  return runCommand(["sweep", file, ...args]);
}

test("the configuration, --jobs and --out reach the sweep; its results' path is printed", async () => {
  const out = join(folder, "here");
  expect(await run("--jobs", "3", "--out", out)).toEqual({
    code: 0,
    out: `${join(out, "results.json")}\n`,
    error: "pal-lab sweep: 3 runs computed, 5 found finished\n",
  });
  expect(asked).toMatchObject({ config: CONFIG, options: { jobs: 3, folder: out } });
  expect(asked.options).toHaveProperty("signal");
});

test("without flags: as many threads as the sweep takes, a folder named like the configuration", async () => {
  expect((await run()).code).toBe(0);
  expect(asked.options).not.toHaveProperty("jobs");
  expect(asked.options.folder).toBe(join("out", "sweeps", "grid"));
});

test("--json prints the results themselves", async () => {
  const out = join(folder, "there");
  mkdirSync(out);
  writeFileSync(join(out, "results.json"), '{"runs":[]}\n');
  expect((await run("--out", out, "--json")).out).toBe('{"runs":[]}\n');
});

test("--shard reaches the sweep, and what other shards have not finished is said in place of a path", async () => {
  expect((await run("--out", join(folder, "shared"), "--shard", "3/50")).code).toBe(0);
  expect(asked.options).toMatchObject({ shard: { index: 3, count: 50 } });
  expect(asked.options).not.toHaveProperty("queue");
});

test("--queue and --allow-other-bits reach the sweep", async () => {
  expect((await run("--queue", "redis://head:6379", "--allow-other-bits")).code).toBe(0);
  expect(asked.options).toMatchObject({ queue: "redis://head:6379", allowOtherBits: true });
});

test("a folder knows its sweep; one that holds none is refused", async () => {
  const out = join(folder, "known");
  mkdirSync(out);
  const without = await runCommand(["sweep", "--out", out]);
  expect(without).toMatchObject({ code: 2, error: expect.stringContaining("holds no sweep") as string });
  writeFileSync(join(out, "sweep.json"), JSON.stringify(CONFIG));
  expect((await runCommand(["sweep", "--out", out])).code).toBe(0);
  expect(asked).toMatchObject({ config: CONFIG, options: { folder: out } });
  expect(await runCommand(["sweep"])).toMatchObject({ code: 2 });
});

test.each([
  ["5/4", "--shard must be i/n with 1 <= i <= n, such as 3/50"],
  ["0/4", "--shard must be i/n with 1 <= i <= n, such as 3/50"],
  ["half", "--shard must be i/n"],
  ["slurm", "SLURM_ARRAY_TASK_ID, which is undefined"],
])("--shard %s is refused", async (shard, words) => {
  const ran = await run("--shard", shard);
  expect(ran).toMatchObject({ code: 2, error: expect.stringContaining(words) as string });
  expect(asked.config).toBeUndefined();
});

test("a password on the command line, another scheme, and two ways at once are refused", async () => {
  const seen = await run("--queue", "redis://:secret@head:6379");
  expect(seen).toMatchObject({ code: 2, error: expect.stringContaining("PAL_LAB_QUEUE") as string });
  expect(seen.error).not.toContain("secret");
  expect(await run("--queue", "http://head")).toMatchObject({ code: 2 });
  const both = await run("--shard", "1/2", "--queue", "redis://head");
  expect(both).toMatchObject({ code: 2, error: expect.stringContaining("exclude each other") as string });
});
