import { availableParallelism } from "node:os";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type * as Experiments from "../evaluate/experiments/index.js";
import type * as Sweep from "../evaluate/sweep/index.js";
import { runCommand, type Ran } from "./fixtures/run-command.js";

/** What the claims say, what training again gives, and what was trained. */
const stage = vi.hoisted(() => ({
  status: "holds",
  missed: undefined as string | undefined,
  again: "agrees",
  trained: [] as { names: string[]; jobs: number }[],
}));

vi.mock("../evaluate/experiments/index.js", async (original) => {
  const real = await original<typeof Experiments>();
  return {
    ...real,
    checkClaims: () => [
      {
        source: "§1",
        claim: "c",
        criterion: "> 0",
        status: stage.status,
        missed: stage.missed,
        ours: "1",
        paper: "2",
      },
    ],
    experimentNamed: (name: Experiments.ExperimentName) => ({
      ...real.experimentNamed(name),
      identify: () => Promise.resolve({ data: [] }),
    }),
  };
});
vi.mock("../evaluate/sweep/index.js", async (original) => ({
  ...(await original<typeof Sweep>()),
  execute: async (jobs: readonly Experiments.Job[], options: Parameters<typeof Sweep.execute>[1]) => {
    stage.trained.push({ names: jobs.map((job) => JSON.stringify(job)), jobs: options.jobs });
    if (stage.again === "fails") return [{ index: 0, reason: "no memory" }];
    const rows = stage.again === "agrees" ? [] : [{ seed: -1, split: "seen", accuracy: 2 }];
    for (const index of jobs.keys()) await options.onResult(index, { rows } as never);
    return [];
  },
}));

beforeEach(() => {
  Object.assign(stage, { status: "holds", missed: undefined, again: "agrees", trained: [] });
});

function run(...args: string[]): Promise<Ran> {
  return runCommand(["claims", ...args]);
}

describe("exits with 0 only when no claim fails and no run differs", () => {
  test.each([
    ["holds", "agrees", 0],
    ["not run", "agrees", 0],
    ["fails", "agrees", 1],
    ["holds", "differs", 1],
    ["holds", "fails", 1],
    ["fails", "differs", 1],
  ])("a claim %s, a run %s: %i", async (status, again, code) => {
    Object.assign(stage, { status, again });
    const { code: found, out } = await run("--recompute", "2", "--seed", "1");
    expect(found).toBe(code);
    expect(out).toContain(
      `${again === "agrees" || again === "differs" ? `recomputed 2 runs: ${again === "agrees" ? 0 : 2} differ, 0` : "recomputed 2 runs: 0 differ, 1"} failed\n`,
    );
  });

  test.each([
    ["holds", 0, "1 of 1 claims hold or were not run, 0 failed\n"],
    ["fails", 1, "0 of 1 claims hold or were not run, 1 failed\n"],
  ])("a claim %s, nothing trained again: %i", async (status, code, text) => {
    stage.status = status;
    const found = await run();
    expect(found.code).toBe(code);
    expect(found.out).toContain(text);
    expect(stage.trained).toEqual([]);
  });
});

test("a claim that is known to be missed is no failure, and is one once it holds", async () => {
  Object.assign(stage, { status: "fails", missed: "too few answers" });
  const known = await run();
  expect(known).toMatchObject({ code: 0 });
  expect(known.out).toContain("known to be missed: too few answers\n");
  expect(known.out).toContain("0 of 1 claims hold or were not run, 1 failed, 1 of them as is known\n");
  stage.status = "holds";
  const mended = await run();
  expect(mended).toMatchObject({ code: 1 });
  expect(mended.out).toContain("NO LONGER MISSED: too few answers\n");
});

test("--seed decides which runs are drawn", async () => {
  for (const seed of ["1", "1", "2"]) await run("--recompute", "5", "--seed", seed);
  const [one, again, two] = stage.trained.map(({ names }) => names);
  expect(new Set(one).size).toBe(5);
  expect(again).toEqual(one);
  expect(two).not.toEqual(one);
});

test("--jobs is how many threads train: one where it is left out, all processors for all runs", async () => {
  await run("--recompute", "1");
  await run("--recompute", "1", "--jobs", "3");
  await run("--recompute", "all");
  expect(stage.trained.map(({ jobs }) => jobs)).toEqual([1, 3, availableParallelism()]);
  expect(stage.trained[2].names.length).toBeGreaterThan(100);
});

test.each([
  [["--recompute", "some"], "--recompute must be a number"],
  [["--recompute=-1"], "--recompute must be a number of runs, or all; got"],
  [["--recompute", "1.5"], "--recompute must be a number of runs, or all; got"],
  [["--recompute", "1", "--jobs", "0"], "--jobs must be an integer >= 1, got 0"],
  [["--jobs", "1.5"], "--jobs must be an integer >= 1, got 1.5"],
])("%j is refused", async (args, message) => {
  const { code, error } = await run(...args);
  expect(error).toContain(message);
  expect(code).toBe(2);
});
