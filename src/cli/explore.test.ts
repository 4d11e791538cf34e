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
  explore: (data: unknown, options: Record<string, unknown>) => {
    Object.assign(asked, { data, options });
    return Promise.resolve({ found: 1 });
  },
}));
vi.mock("../evaluate/threads/index.js", () => ({
  threadRunner: (threads: Record<string, unknown>) => {
    asked.threads = threads;
    return "runner";
  },
}));
vi.mock("../report/index.js", () => ({
  plainAnswers: () => [{ question: "Do they differ?", answer: "Yes." }],
  writeExploration: (_: unknown, folder: string) => {
    asked.folder = folder;
    return Promise.resolve({ page: join(folder, "explore.html") });
  },
}));

const folder = mkdtempSync(join(tmpdir(), "pal-lab-explore-"));
const table = join(folder, "tea.csv");
beforeAll(() => writeFileSync(table, "user,left,right,label,kept\nann,a,b,left,0\nbob,a,b,right,1\n"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(forget);

function run(...args: string[]): Promise<Ran> {
  return runCommand(["explore", table, "--out", join(folder, "out"), ...args]);
}

test("without flags: seed 1, K and permutations as the analysis has them, a thread for each core", async () => {
  expect((await run()).code).toBe(0);
  expect(asked.options).toEqual({ seed: 1, runner: "runner", onStage: expect.any(Function) });
  expect(asked.threads.threads).toBe(availableParallelism());
  expect((asked.data as PreferenceData).users).toEqual(["ann", "bob"]);
  expect((asked.data as PreferenceData).heldOut).toBeUndefined();
});

test("each flag reaches what it is for", async () => {
  const flags = ["--seed", "7", "--k-max", "5", "--permutations", "9", "--jobs", "3", "--held-out", "kept"];
  expect((await run(...flags)).code).toBe(0);
  expect(asked.options).toMatchObject({ seed: 7, kMax: 5, permutations: 9 });
  expect(asked.threads).toMatchObject({ threads: 3, signal: expect.any(AbortSignal) });
  expect([...((asked.data as PreferenceData).heldOut ?? [])]).toEqual([0, 1]);
  expect(asked.folder).toBe(join(folder, "out"));
});

test("prints questions, answers and the page, or the findings as JSON and nothing else", async () => {
  const { out } = await run();
  expect(out).toContain(`Do they differ?\n    Yes.\n${join(folder, "out", "explore.html")}\n`);
  expect(JSON.parse((await run("--json")).out)).toMatchObject({ exploration: { found: 1 } });
});

test.each([
  [["--seed", "x"], '--seed must be a number, got "x"'],
  [["--k-max", "x"], '--k-max must be a number, got "x"'],
  [["more"], "needs one DATA, got 2 arguments"],
])("%j is refused before anything is computed", async (args, message) => {
  const { code, error } = await run(...args);
  expect(error).toContain(message);
  expect(code).toBe(2);
  expect(asked.options).toEqual({});
});
