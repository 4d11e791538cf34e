import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomStream, sweep } from "pal-lab";
import { FAULTY_SWEEP, SMALL_SWEEP } from "./small-sweep.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-shards-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "grid.json");
writeFileSync(file, JSON.stringify(FAULTY_SWEEP));

/** How often shards are killed; `npm run faults` asks for 20. */
const TIMES = Number(process.env.PAL_LAB_FAULTS ?? 1);
const rng = randomStream(Number(process.env.PAL_LAB_FAULTS_SEED ?? 1)).split("shards");
const ELSEWHERE = 2;

interface Shard {
  readonly child: ReturnType<typeof spawn>;
  readonly ended: Promise<unknown>;
}

/** Starts a part of four; the second calls itself another host. */
function start(out: string, index: number): Shard {
  const args = ["bin/pal-lab.js", "sweep", file, "--jobs", "1", "--out", out, "--shard", `${index}/4`];
  const env = { ...process.env, ...(index === ELSEWHERE ? { PAL_LAB_HOST: "elsewhere" } : {}) };
  const child = spawn(process.execPath, args, { env, stdio: "ignore" });
  return { child, ended: once(child, "exit").then(([code, signal]) => (signal ?? code) as unknown) };
}

/** How many runs of a part are kept: with four seeds, which come innermost, part i has the i-th seed. */
function kept(out: string, index: number): number {
  const runs = join(out, "runs");
  const names = existsSync(runs) ? readdirSync(runs).filter((name) => /^\w.*json$/.test(name)) : [];
  const seeds = names.map(
    (name) => (JSON.parse(readFileSync(join(runs, name), "utf8")) as Kept).key.job.seed,
  );
  return seeds.filter((seed) => seed === FAULTY_SWEEP.seeds[index - 1]).length;
}
interface Kept {
  readonly key: { readonly job: { readonly seed: number } };
}

/** Kills a part when so many of its six runs are kept, and starts it again. */
async function killOnce(out: string, index: number): Promise<unknown> {
  const moment = rng.integer(5);
  const first = start(out, index);
  while (kept(out, index) < moment) await sleep(20);
  first.child.kill("SIGKILL");
  expect(await first.ended).toBe("SIGKILL");
  return start(out, index).ended;
}

describe("four parts that share a folder, one of another host, each killed once at a random moment", () => {
  beforeAll(() => sweep(FAULTY_SWEEP, { jobs: 2, folder: join(folder, "one") }));

  test.each(Array.from({ length: TIMES }, (_, i) => i))(
    "the bytes of one machine, written once (%i)",
    { timeout: 600_000 },
    async (i) => {
      const out = join(folder, `shared-${i}`);
      const results = join(out, "results.json");
      const parts = Promise.all([1, 2, 3, 4].map((index) => killOnce(out, index)));
      let isEnded = false;
      void parts.finally(() => (isEnded = true)).catch(() => undefined);
      while (!existsSync(results) && !isEnded) await sleep(5);
      const written = identityOf(results);
      expect(await parts).toEqual([0, 0, 0, 0]);
      expect(readFileSync(results, "utf8")).toBe(readFileSync(join(folder, "one", "results.json"), "utf8"));
      expect(await start(out, 4).ended).toBe(0);
      expect(identityOf(results)).toEqual(written);
      // nothing else is left, of no host
      expect(readdirSync(out).sort()).toEqual(["results.json", "runs", "sweep.json"]);
      expect(readdirSync(join(out, "runs")).filter((name) => !/^\w+\.json$/.test(name))).toEqual([]);
    },
  );
});

test("a shard says what it left; two configurations in one folder, and a shard without a folder, are refused", async () => {
  const out = join(folder, "two");
  const first = await sweep(SMALL_SWEEP, { jobs: 2, folder: out, shard: { index: 2, count: 3 } });
  expect([first.computed, first.left]).toEqual([4, 8]);
  expect(first.rows.map(({ seed }) => seed)).toEqual([2, 2, 2, 2]);
  expect(existsSync(join(out, "results.json"))).toBe(false);
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
  const queue = "redis://127.0.0.1:1";
  await expect(sweep(SMALL_SWEEP, { folder: out, shard: { index: 1, count: 3 }, queue })).rejects.toThrow(
    "exclude each other",
  );
});

test("a shard does not take PAL_LAB_QUEUE for its own", async () => {
  process.env.PAL_LAB_QUEUE = "redis://127.0.0.1:1";
  try {
    const shard = { index: 1, count: 3 };
    expect(await sweep(SMALL_SWEEP, { jobs: 2, folder: join(folder, "array"), shard })).toMatchObject({
      ...{ computed: 4, left: 8 },
    });
  } finally {
    delete process.env.PAL_LAB_QUEUE;
  }
});

function identityOf(path: string): object {
  const { ino, mtimeMs } = statSync(path);
  return { ino, mtimeMs };
}
