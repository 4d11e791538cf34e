import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sweep } from "pal-lab";
import { SMALL_SWEEP } from "./small-sweep.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-shards-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "grid.json");
writeFileSync(file, JSON.stringify(SMALL_SWEEP));

const start = (out: string, shard: string, env: Record<string, string> = {}) =>
  spawn(process.execPath, ["bin/pal-lab.js", "sweep", file, "--jobs", "1", "--out", out, "--shard", shard], {
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
const finished = (out: string): number =>
  existsSync(join(out, "runs"))
    ? readdirSync(join(out, "runs")).filter((name) => /^\w.*json$/.test(name)).length
    : 0;

test("four shards, one of another host, two of them killed and started again: the bytes of one machine, written once", async () => {
  await sweep(SMALL_SWEEP, { jobs: 2, folder: join(folder, "one") });
  const out = join(folder, "shared");
  const killed = [start(out, "1/4"), start(out, "2/4", { PAL_LAB_HOST: "elsewhere" })];
  while (finished(out) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all(killed.map((child) => (child.kill("SIGKILL"), once(child, "exit"))));
  const ended = (children: readonly ReturnType<typeof start>[]) =>
    Promise.all(children.map((child) => once(child, "exit").then(([code]) => code as unknown)));
  expect(await ended([start(out, "1/4"), start(out, "3/4")])).toEqual([0, 0]);
  expect(existsSync(join(out, "results.json"))).toBe(false);
  expect(await ended([start(out, "2/4", { PAL_LAB_HOST: "elsewhere" }), start(out, "4/4")])).toEqual([0, 0]);
  const results = join(out, "results.json");
  expect(readFileSync(results, "utf8")).toBe(readFileSync(join(folder, "one", "results.json"), "utf8"));
  const written = statSync(results).mtimeMs;
  expect(await ended([start(out, "4/4")])).toEqual([0]);
  expect(statSync(results).mtimeMs).toBe(written);
  expect(existsSync(join(out, "workers"))).toBe(false);
});

test("a shard says what it left; two configurations in one folder, and a shard without a folder, are refused", async () => {
  const out = join(folder, "two");
  const first = await sweep(SMALL_SWEEP, { jobs: 2, folder: out, shard: { index: 2, count: 3 } });
  expect([first.computed, first.left]).toEqual([4, 8]);
  expect(first.rows.map(({ seed }) => seed)).toEqual([2, 2, 2, 2]);
  const other = { ...SMALL_SWEEP, seeds: [1, 2] };
  await expect(sweep(other, { folder: out, shard: { index: 1, count: 3 } })).rejects.toThrow(
    "belongs to another configuration",
  );
  await expect(sweep(SMALL_SWEEP, { shard: { index: 1, count: 3 } })).rejects.toThrow(
    "a shard needs a folder",
  );
  await expect(sweep(SMALL_SWEEP, { folder: out, shard: { index: 4, count: 3 } })).rejects.toThrow(
    "shard.index",
  );
});
