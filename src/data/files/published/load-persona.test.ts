import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkPreferenceData, featureDimension } from "../../preference-data.js";
import { loadPersona, type LoadPersonaOptions } from "./load-persona.js";

let options: LoadPersonaOptions;

beforeAll(async () => {
  options = {
    personas: ["interest-in-art", "interest-in-math", "interest-in-sports"],
    usersPerGroup: 3,
    comparisonsPerUser: 30,
    prompts: "uniform",
    seed: 1,
    set: "own",
    encoder: "hash",
    cacheFolder: await mkdtemp(join(tmpdir(), "pal-lab-")),
  };
});

afterAll(async () => {
  await rm(options.cacheFolder ?? "", { recursive: true });
});

test("gives users, statements with features, and the source of our own set", async () => {
  const loaded = await loadPersona({ ...options, unseenUsersPerGroup: 1 });
  checkPreferenceData("test", loaded.train);
  expect(loaded.train.label.length).toBe(9 * 30);
  expect(loaded.train.contexts).toBe(loaded.test.contexts);
  expect(loaded.train.contexts?.ids).toHaveLength(90);
  expect(featureDimension(loaded.train.contexts)).toBe(64);
  expect(loaded.unseen?.adapt.users).toEqual([0, 1, 2].map((i) => `${options.personas[i]}/new-0`));
  expect(loaded.origin).toBe("own");
  expect(loaded.train.source).toEqual(loaded.source);
  expect(loaded.blindCeiling).toBeCloseTo(2 / 3, 12);
});

test("checks its options before it loads anything", async () => {
  await expect(loadPersona({ ...options, seed: 0.5 })).rejects.toThrow("seed must be an integer");
  await expect(loadPersona({ ...options, users: 3 } as LoadPersonaOptions)).rejects.toThrow(
    'unknown option "users"',
  );
  await expect(loadPersona({ ...options, personas: ["interest-in-chess"] })).rejects.toThrow("no persona");
});
