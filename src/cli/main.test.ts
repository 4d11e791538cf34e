import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCommand, type Ran } from "./fixtures/run-command.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): Promise<Ran> {
  return runCommand([...args]);
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("wrong usage ends with 2 and says what would be right", () => {
  test.each([
    [["nonsense"], 'unknown command "nonsense"'],
    [["explor"], 'unknown command "explor"; did you mean "explore"?'],
    [["models", "--jsn"], "there is no option --jsn; did you mean --json?"],
    [["models", "--zzzzzzzzz"], "there is no option --zzzzzzzzz\n"],
    [
      ["explore", "a.csv", "--seed", "-1"],
      '--seed needs a value, got "-1"; one that begins with a dash is written --seed=-1',
    ],
    [["explore", "a.csv", "--out"], "--out needs a value\n"],
    [["models", "--json=yes"], "--json takes no value\n"],
    [["notebook", "run", "-p", "-3"], 'got "-3"; one that begins with a dash is written --'],
    [["explore", "a.csv", "--jobs", "0"], "--jobs must be an integer >= 1, got 0"],
    [["doctor", "now"], 'takes no arguments, got "now"'],
    [["claims", "now"], 'takes no arguments, got "now"'],
    [["data", "simulate", "--out", "sim", "--setting", "mix"], '--setting must be one of "mixture"'],
    [
      ["train", "a.csv", "--model", "pal-a", "--out", "src"],
      "--out must be a file such as src/model.safetensors, got the folder src",
    ],
    [
      ["notebook", "walk"],
      'expected one of "run", "check", "lint", "strip", "diff", "params", "new", got "walk"',
    ],
    [["notebook", "run"], "names no notebook"],
    [["notebook", "run", "a.ipynb", "--profile", "slow"], '--profile must be fast or full, got "slow"'],
    [["notebook", "run", "a.ipynb", "-p", "SEED"], '-p must be NAME=JSON, got "SEED"'],
    [["notebook", "run", "a.ipynb", "-p", "SEED=x"], "-p SEED is not JSON"],
    [["notebook", "run", "a.ipynb", "--timeout", "soon"], '--timeout must be a number, got "soon"'],
    [["sweep"], "needs one CONFIG.json"],
    [["data", "describe", "weather"], 'there is no file or folder "weather"'],
    [["start", "99"], 'no notebook begins with "99"'],
  ])("%j", async (args, message) => {
    const { code, error } = await run(...args);
    expect(error).toContain(message);
    expect(code).toBe(2);
  });

  test("a sweep configuration with a bad value, before anything runs", async () => {
    const config = { experiment: "simulation", grid: { kStar: [2], k: [0] }, seeds: [1] };
    const { code, error } = await run("sweep", file("bad.json", JSON.stringify(config)));
    expect(error).toContain("simulation: k must be an integer >= 1, got 0");
    expect(code).toBe(2);
  });

  test.each([
    ["null", "a configuration must be an object, got null"],
    ['{ "experiment": "simulation", "grid": {}, "seeds": [1] }', "grid must vary at least one setting"],
    ['{ "experiment": "simulation", "gird": {}, "seeds": [1] }', 'did you mean "grid"?'],
    ["{", "sweep.json is not JSON"],
  ])("the sweep configuration %s", async (text, message) => {
    const { code, error } = await run("sweep", file("sweep.json", text));
    expect(error).toContain(message);
    expect(code).toBe(2);
  });

  test("a sweep configuration that is not there", async () => {
    const { code, error } = await run("sweep", join(folder, "nowhere.json"));
    expect(error).toContain("nowhere.json");
    expect(code).toBe(2);
  });
});

test("a notebook that is not JSON ends with 2 and names the file", async () => {
  const { code, error } = await run("notebook", "run", file("broken.ipynb", "{"));
  expect(error).toContain("broken.ipynb");
  expect(code).toBe(2);
});

test("help and version go to standard output and end with 0", async () => {
  expect(await run("--help")).toMatchObject({
    code: 0,
    error: "",
    out: expect.stringContaining("usage: pal-lab"),
  });
  expect(await run("sweep", "--help")).toMatchObject({
    code: 0,
    out: expect.stringContaining("CONFIG.json"),
  });
  expect((await run("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("data describe names every open choice as a key that the experiment has", async () => {
  const { code, out } = await run("data", "describe", "--json");
  expect(code).toBe(0);
  const choices = JSON.parse(out) as { experiment: string; key: string; ours: unknown }[];
  expect(choices.length).toBeGreaterThan(20);
  expect(choices.filter(({ ours }) => ours === null)).toEqual([]);
});
