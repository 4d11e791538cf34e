import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
// worker threads run compiled JavaScript only; src is what the types are of
import type { sweep as Sweep, SweepConfig } from "../src/evaluate/sweep/index.js";
import type { Progress } from "../src/core/index.js";

const { sweep } = (await import(new URL("../dist/evaluate/sweep/index.js", import.meta.url).href)) as {
  sweep: typeof Sweep;
};

const CONFIG: SweepConfig = {
  experiment: "simulation",
  base: {
    dimension: 3,
    usersPerPrototype: 5,
    samplesPerUser: 20,
    validationPerUser: 10,
    testPerUser: 10,
    epochs: 10,
    batchSize: 32,
  },
  grid: { kStar: [1, 2], k: [1, 2] },
  seeds: [1, 2],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pal-lab-sweep-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const files = (): string[] => readdirSync(folder).sort();

describe("sweep", () => {
  test("gives the same rows from one and from two threads, in the jobs' order", async () => {
    const one = await sweep(CONFIG, { jobs: 1, folder: join(folder, "one") });
    const two = await sweep(CONFIG, { jobs: 2, folder: join(folder, "two") });
    expect(two.rows).toEqual(one.rows);
    expect(two.data).toEqual(one.data);
    expect(one.rows.map(({ kStar, k, seed }) => [kStar, k, seed].join())).toEqual([
      "1,1,1",
      "1,1,2",
      "1,2,1",
      "1,2,2",
      "2,1,1",
      "2,1,2",
      "2,2,1",
      "2,2,2",
    ]);
    expect([one.computed, one.found, two.computed]).toEqual([8, 0, 8]);
    // four data sets: K* times seeds
    expect(one.data).toHaveLength(4);
    for (const file of readdirSync(join(folder, "one"))) {
      expect(readFileSync(join(folder, "two", file), "utf8")).toBe(
        readFileSync(join(folder, "one", file), "utf8"),
      );
    }
  });

  test("started again it finds what is finished, and a larger grid computes what is new", async () => {
    const small = { ...CONFIG, grid: { kStar: [2], k: [1, 2] } };
    const first = await sweep(small, { jobs: 2, folder });
    const progress = vi.fn();
    const again = await sweep(small, { jobs: 2, folder, progress });
    expect(again).toEqual({ ...first, computed: 0, found: 4 });
    expect(progress).not.toHaveBeenCalled();
    const larger = await sweep(CONFIG, { jobs: 2, folder });
    expect([larger.computed, larger.found]).toEqual([4, 4]);
    expect(larger.rows.slice(4)).toEqual(first.rows);
    const other = await sweep({ ...small, base: { ...small.base, epochs: 11 } }, { jobs: 2, folder });
    expect(other.found).toBe(0);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["altered", (text: string) => text.replace(/accuracy\\":0\.\d/, 'accuracy\\":0.0')],
    ["empty", () => ""],
  ])("a result file that is %s is told of and done again", async (_, damage) => {
    const small = { ...CONFIG, grid: { kStar: [2], k: [2] } };
    const first = await sweep(small, { jobs: 1, folder });
    const path = join(folder, files()[0]);
    const text = readFileSync(path, "utf8");
    expect(damage(text)).not.toBe(text);
    writeFileSync(path, damage(text));
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const again = await sweep(small, { jobs: 1, folder });
    expect(warn).toHaveBeenCalledExactlyOnceWith(`sweep: ${path} is damaged; the run is done again`);
    expect(again).toEqual({ ...first, computed: 1, found: 1 });
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("stopped, it keeps the finished runs, and goes on from there", async () => {
    const stop = new AbortController();
    let done = 0;
    const progress = (title: string, total: number): Progress => {
      expect([title, total]).toEqual(["sweep simulation", 8]);
      return { advance: () => void (++done === 3 && stop.abort()), finish: () => undefined };
    };
    const stopped = sweep(CONFIG, { jobs: 2, folder, progress, signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ name: "InterruptedError" });
    const kept = files();
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept.length).toBeLessThan(8);
    expect(kept.every((file) => /^[0-9a-f]{32}\.json$/.test(file))).toBe(true);
    const rest = await sweep(CONFIG, { jobs: 2, folder });
    expect([rest.computed, rest.found]).toEqual([8 - kept.length, kept.length]);
    const whole = await sweep(CONFIG, { jobs: 1, folder: join(folder, "whole") });
    expect(rest.rows).toEqual(whole.rows);
  });

  test("a signal that is already given starts nothing", async () => {
    const stopped = sweep(CONFIG, { jobs: 1, folder, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ name: "InterruptedError" });
    expect(files()).toEqual([]);
  });

  test("a run that fails names itself; the runs finished before are kept", async () => {
    // 4e9 comparisons of a user do not fit into any array
    const config: SweepConfig = {
      ...CONFIG,
      base: { dimension: 3, usersPerPrototype: 5, epochs: 1 },
      grid: { kStar: [2], k: [1], samplesPerUser: [20, 4e9] },
      seeds: [7],
    };
    const failing = sweep(config, { jobs: 1, folder });
    await expect(failing).rejects.toThrow(
      /^sweep: run \{.*"samplesPerUser":4000000000.*\} with seed 7 failed: Invalid/,
    );
    expect(files()).toHaveLength(1);
  });

  test.each([
    [{ jobs: 0 }, "sweep: jobs must be an integer >= 1, got 0"],
    [{ job: 2 } as never, 'sweep: options: unknown option "job"; known: "jobs", "folder"'],
  ])("bad options %j", async (options, message) => {
    await expect(sweep(CONFIG, { folder, ...options })).rejects.toThrow(message);
  });
});
