import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
// worker threads run compiled JavaScript only; src is what the types are of
import type { sweep as Sweep, SweepConfig } from "../src/evaluate/sweep/index.js";
import type { Progress } from "../src/core/index.js";

const { sweep } = (await import(new URL("../dist/index.js", import.meta.url).href)) as {
  sweep: typeof Sweep;
};

const CONFIG: SweepConfig = {
  experiment: "simulation",
  base: {
    dimension: 3,
    usersPerPrototype: 5,
    comparisonsPerUser: 20,
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
  vi.unstubAllEnvs();
});

const files = (): string[] =>
  existsSync(join(folder, "runs")) ? readdirSync(join(folder, "runs")).sort() : [];
/** Every file below a folder with its text. */
const contentOf = (of: string): string[][] =>
  readdirSync(of, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => [name, readFileSync(join(of, name), "utf8")]);

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
    expect(contentOf(join(folder, "two"))).toEqual(contentOf(join(folder, "one")));
    const results = JSON.parse(readFileSync(join(folder, "one", "results.json"), "utf8")) as Record<
      string,
      unknown
    >;
    expect(results).toMatchObject({ config: CONFIG, data: one.data });
    const runs = results.runs as { settings: unknown; seed: number; rows: unknown[] }[];
    expect(runs.flatMap(({ rows }) => rows)).toEqual(one.rows);
    expect(runs[3]).toMatchObject({ settings: { kStar: 1, k: 2 }, seed: 2 });
  });

  test("started again it finds what is finished", async () => {
    const first = await sweep(CONFIG, { jobs: 2, folder });
    const bytes = contentOf(folder);
    const progress = vi.fn();
    expect(await sweep(CONFIG, { jobs: 2, folder, progress })).toEqual({ ...first, computed: 0, found: 8 });
    expect(progress).not.toHaveBeenCalled();
    expect(contentOf(folder)).toEqual(bytes);
  });

  test("without a folder sweeps share the cache: a larger grid computes what is new", async () => {
    vi.stubEnv("PAL_LAB_CACHE", folder);
    const small = { ...CONFIG, grid: { kStar: [2], k: [1, 2] } };
    const first = await sweep(small, { jobs: 2 });
    const larger = await sweep(CONFIG, { jobs: 2 });
    expect([larger.computed, larger.found]).toEqual([4, 4]);
    expect(larger.rows.slice(4)).toEqual(first.rows);
    const other = await sweep({ ...small, base: { ...small.base, epochs: 11 } }, { jobs: 2 });
    expect(other.found).toBe(0);
    expect(readdirSync(folder)).toEqual(["runs"]);
  });

  test("a run is found whatever data the others of its sweep need", async () => {
    vi.stubEnv("PAL_LAB_CACHE", folder);
    const pools = [
      ["interest-in-art", "interest-in-math"],
      ["interest-in-art", "interest-in-music"],
    ];
    const config: SweepConfig = {
      experiment: "persona",
      base: {
        set: "own",
        encoder: "hash",
        kStar: 2,
        usersPerGroup: 3,
        comparisonsPerUser: 5,
        epochs: 1,
        latentDimension: 2,
      },
      grid: { personas: pools.slice(0, 1), k: [1] },
      seeds: [1],
    };
    const first = await sweep(config, { jobs: 1 });
    const both = await sweep({ ...config, grid: { personas: pools, k: [1] } }, { jobs: 1 });
    expect([both.computed, both.found]).toEqual([1, 1]);
    expect(both.rows[0]).toEqual(first.rows[0]);
  });

  test.each<[string, Partial<SweepConfig>, string]>([
    ["grid", { grid: { kStar: [1, 2], k: [1, 2, 3] } }, "grid.k is [1,2] there and [1,2,3] here"],
    [
      "base",
      { base: { ...CONFIG.base, distance: "plain" } },
      'base.distance is not given there and "plain" here',
    ],
    ["seeds", { seeds: [1] }, "seeds is [1,2] there and [1] here"],
  ])("a folder of another configuration is named before anything runs: %s", async (_, change, message) => {
    await sweep(CONFIG, { jobs: 2, folder });
    const bytes = contentOf(folder);
    await expect(sweep({ ...CONFIG, ...change }, { folder })).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining(message),
    });
    expect(contentOf(folder)).toEqual(bytes);
  });

  test("a folder with results that are nobody's is refused", async () => {
    writeFileSync(join(folder, "results.json"), "mine");
    await expect(sweep(CONFIG, { folder })).rejects.toThrow("no sweep.json that says whose");
    expect(readFileSync(join(folder, "results.json"), "utf8")).toBe("mine");
  });

  test("a damaged sweep.json is told of and written again, and no run is lost", async () => {
    const first = await sweep(CONFIG, { jobs: 2, folder });
    const bytes = contentOf(folder);
    const path = join(folder, "sweep.json");
    writeFileSync(path, readFileSync(path, "utf8").slice(0, 20));
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    expect(await sweep(CONFIG, { folder })).toEqual({ ...first, computed: 0, found: 8 });
    expect(warn).toHaveBeenCalledExactlyOnceWith(`sweep: ${path} is damaged; it is written again`);
    expect(contentOf(folder)).toEqual(bytes);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["altered", (text: string) => text.replace(/"accuracy":0\.\d/, '"accuracy":0.0')],
    ["another run's", (text: string) => text.replace(/"seed":\d/, '"seed":9')],
    ["empty", () => ""],
  ])("a result file that is %s is told of and done again", async (_, damage) => {
    const small = { ...CONFIG, grid: { kStar: [2], k: [2] } };
    const first = await sweep(small, { jobs: 1, folder });
    const path = join(folder, "runs", files()[0]);
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
    await expect(stopped).rejects.toMatchObject({
      name: "InterruptedError",
      message: expect.stringMatching(/^sweep: stopped; [3-7] of 8 runs are finished and kept in /),
    });
    const kept = files();
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept.length).toBeLessThan(8);
    expect(kept.every((file) => /^[0-9a-f]{32}\.json$/.test(file))).toBe(true);
    expect(existsSync(join(folder, "results.json"))).toBe(false);
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

  test("a run that fails is named at the end; all others are done and kept", async () => {
    // 4e9 comparisons of a user do not fit into any array
    const config: SweepConfig = {
      ...CONFIG,
      base: { dimension: 3, usersPerPrototype: 5, epochs: 1, kStar: 2, k: 1 },
      grid: { comparisonsPerUser: [4e9, 20] },
      seeds: [7, 8],
    };
    await expect(sweep(config, { jobs: 1, folder })).rejects.toMatchObject({
      name: "SweepError",
      finished: 2,
      total: 4,
      message: expect.stringMatching(
        /^sweep: 2 of 4 runs failed; 2 of 4 runs are finished and kept in .*\n  run \{"comparisonsPerUser":4000000000\} with seed 7 failed: .+\n  run .* with seed 8 failed/,
      ),
    });
    expect(files()).toHaveLength(2);
    expect(existsSync(join(folder, "results.json"))).toBe(false);
  });

  test("a folder that can no longer be written stops it, with what is finished kept", async () => {
    const [runs, moved] = [join(folder, "runs"), join(folder, "moved")];
    let done = 0;
    const advance = (): void => {
      if (++done !== 3) return;
      renameSync(runs, moved);
      writeFileSync(runs, "a file where the folder was");
    };
    const progress = (): Progress => ({ advance, finish: () => undefined });
    await expect(sweep(CONFIG, { jobs: 1, folder, progress })).rejects.toMatchObject({
      name: "SweepError",
      finished: 3,
      total: 8,
      message: expect.stringMatching(
        /^sweep: cannot write \((EEXIST|ENOTDIR).*; 3 of 8 runs are finished and kept in /,
      ),
    });
    rmSync(runs);
    renameSync(moved, runs);
    expect(await sweep(CONFIG, { folder })).toMatchObject({ computed: 5, found: 3 });
  });

  test("a folder that cannot be made stops it before any run", async () => {
    writeFileSync(join(folder, "file"), "");
    const failing = sweep(CONFIG, {
      folder: join(folder, "file", "sweep"),
      progress: () => expect.fail("ran"),
    });
    await expect(failing).rejects.toMatchObject({ name: "SweepError", finished: 0, total: 8 });
  });

  test.each([
    [{ jobs: 0 }, "sweep: jobs must be an integer >= 1, got 0"],
    [{ job: 2 } as never, 'sweep: options: unknown option "job"; known: "jobs", "folder"'],
  ])("bad options %j", async (options, message) => {
    await expect(sweep(CONFIG, { folder, ...options })).rejects.toThrow(message);
  });
});
