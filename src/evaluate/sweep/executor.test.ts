import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Job, RunConfig } from "../experiments/index.js";
import { execute, type ExecuteOptions } from "./executor.js";

const script = new URL("./fixtures/mortal-worker.mjs", import.meta.url);
let folder: string;
let deaths: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pal-lab-executor-"));
  deaths = join(folder, "deaths");
  writeFileSync(deaths, "");
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(configs: readonly RunConfig[], options: Partial<ExecuteOptions> = {}) {
  const jobs = configs.map((config, seed): Job => ({ experiment: "simulation", config, seed }));
  const done: number[] = [];
  const onResult = (index: number): Promise<void> => {
    done.push(index);
    return Promise.resolve();
  };
  const failures = await execute(jobs, { jobs: 1, script, onResult, ...options });
  return { done, failures };
}

describe("execute", () => {
  test.each(["exits", "throws"])("a thread that %s is replaced and its job done again", async (how) => {
    const { done, failures } = await run([{}, { dies: 1, how, deaths }, {}]);
    expect({ done, failures }).toEqual({ done: [0, 1, 2], failures: [] });
    expect(readFileSync(deaths, "utf8")).toBe("x");
  });

  test.each([
    ["exits", "exit code 3"],
    ["throws", "out of nowhere"],
  ])("a job whose thread %s twice is reported, and the others are done", async (how, reason) => {
    const { done, failures } = await run([{}, { dies: 9, how, deaths }, {}]);
    expect(done).toEqual([0, 2]);
    expect(failures).toEqual([{ index: 1, reason: `killed its worker thread twice (${reason})` }]);
    expect(readFileSync(deaths, "utf8")).toBe("xx");
  });

  test("a thread that dies between two jobs costs none of them", async () => {
    expect(await run([{ diesAfter: true }, {}, { diesAfter: true }, {}])).toEqual({
      done: [0, 1, 2, 3],
      failures: [],
    });
  });

  test("jobs that fail are reported in their order and not tried again", async () => {
    const { done, failures } = await run([{ fails: true }, {}, { fails: true }], { jobs: 2 });
    expect(done).toEqual([1]);
    expect(failures).toEqual([0, 2].map((index) => ({ index, reason: "failed: bad luck" })));
  });

  test("where a result cannot be kept nothing more is started", async () => {
    const seen: number[] = [];
    const onResult = (index: number): Promise<void> => {
      seen.push(index);
      return Promise.reject(new Error("no room"));
    };
    await expect(run([{}, {}, {}, {}], { onResult })).rejects.toThrow("no room");
    expect(seen).toEqual([0]);
  });

  test("a signal stops it; no job starts after it", async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const onResult = (index: number): Promise<void> => {
      seen.push(index);
      if (index === 1) stop.abort();
      return Promise.resolve();
    };
    const stopped = run([{}, {}, {}, {}], { onResult, signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ name: "InterruptedError" });
    expect(seen).toEqual([0, 1]);
  });
});
