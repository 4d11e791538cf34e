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
