import { describe, expect, test } from "vitest";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob, type RunConfig } from "../index.js";

const TINY: RunConfig = {
  kStar: 2,
  k: 2,
  setting: "partition",
  dimension: 3,
  usersPerPrototype: 10,
  comparisonsPerUser: 40,
  validationPerUser: 20,
  testPerUser: 20,
  epochs: 100,
  batchSize: 64,
};

async function run(change: RunConfig, seed = 1) {
  const config = experimentNamed("simulation").resolve({ ...TINY, ...change });
  return runJob({ experiment: "simulation", config, seed }, { engine: await loadEngine() });
}

describe("simulation", () => {
  test("a run gives a row with its setting, its ceilings and its data", async () => {
    const { rows, data } = await run({});
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      setting: "partition",
      kStar: 2,
      k: 2,
      comparisonsPerUser: 40,
      seed: 1,
      split: "seen",
    });
    expect(rows[0].ceilings).toMatchObject({ chance: 0.5, oracle: 1 });
    expect(data).toHaveLength(1);
    expect(data[0].sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("K = K* beats what no model with one reward can, over 5 seeds on average", async () => {
    let margin = 0;
    for (const seed of [1, 2, 3, 4, 5]) {
      const { accuracy, ceilings, validation } = (await run({}, seed)).rows[0];
      expect(accuracy, `seed ${seed}`).toBeGreaterThan(0.7);
      expect(Math.abs((validation ?? 0) - accuracy), `seed ${seed}`).toBeLessThan(0.12);
      margin += (accuracy - (ceilings?.blind ?? 1)) / 5;
    }
    expect(margin).toBeGreaterThan(0.02);
  });

  test("the same seed gives the same row, K or more new users do not change the data of a seed", async () => {
    const [first, again, other] = [
      await run({ epochs: 3 }),
      await run({ epochs: 3 }),
      await run({ epochs: 3 }, 2),
    ];
    expect(again).toEqual(first);
    expect(other.rows[0].accuracy).not.toBe(first.rows[0].accuracy);
    const { rows, data } = await run({
      epochs: 3,
      k: 1,
      newUsersPerPrototype: 3,
      newComparisonsPerUser: [5],
    });
    expect(data).toEqual(first.data);
    expect(rows[0].ceilings).toEqual(first.rows[0].ceilings);
  });

  test("new users: a row for each number of comparisons, more helping", async () => {
    const { rows } = await run({ newUsersPerPrototype: 10, newComparisonsPerUser: [1, 40] });
    expect(rows.map(({ split, newComparisonsPerUser }) => [split, newComparisonsPerUser])).toEqual([
      ["seen", undefined],
      ["unseen", 1],
      ["unseen", 40],
    ]);
    expect(rows[2].accuracy).toBeGreaterThan(rows[1].accuracy);
    expect(rows[2].accuracy).toBeGreaterThan(0.75);
  });
});

describe("bad configurations are refused before anything runs", () => {
  test.each<[string, RunConfig, string]>([
    ["simulation", { k: 2 }, "simulation: kStar must be given"],
    ["simulation", { ...TINY, k: 0 }, "simulation: k must be an integer >= 1, got 0"],
    ["simulation", { ...TINY, k: "2" }, 'simulation: k must be an integer >= 1, got "2"'],
    ["simulation", { ...TINY, K: 2 }, 'simulation: unknown option "K"; known: "setting", "kStar", "k"'],
    [
      "simulation",
      { ...TINY, setting: "mixed" },
      'simulation: setting must be one of "mixture", "partition", "gaussian", got "mixed"',
    ],
    ["simulation", { ...TINY, userPoint: "P" }, 'PalA: userPoint must be one of "f(Pw)"'],
    ["simulation", { ...TINY, loss: "l2" }, 'PalA: loss must be one of "hinge", "logistic", got "l2"'],
    ["simulation", { ...TINY, concentration: 0 }, "simulation: concentration must be a number > 0, got 0"],
    [
      "simulation",
      { ...TINY, newUsersPerPrototype: 5 },
      'simulation: "newUsersPerPrototype" needs a number of comparisons in "newComparisonsPerUser", got none',
    ],
    [
      "simulation",
      { ...TINY, newComparisonsPerUser: [0] },
      "simulation: newComparisonsPerUser must be an integer >= 1, got 0",
    ],
    [
      "simulation",
      { ...TINY, newComparisonsPerUser: 5 },
      "simulation: newComparisonsPerUser must be a list of integers, got 5",
    ],
    ["persona", { kStar: 3 }, "persona: k must be given"],
    ["persona", { kStar: 7, k: 1 }, "persona: kStar = 7 personas cannot be drawn from 6"],
    [
      "persona",
      { kStar: 1, k: 1, personas: ["interest-in-nothing"] },
      'persona: unknown persona "interest-in-nothing"; known: "',
    ],
    [
      "persona",
      { kStar: 1, k: 1, personas: "interest-in-art" },
      'persona: personas must be a list of names, got "interest-in-art"',
    ],
    [
      "persona",
      { kStar: 1, k: 1, prompts: "all" },
      'persona: prompts must be one of "uniform", "balanced", got "all"',
    ],
    [
      "persona",
      { kStar: 1, k: 1, set: "mine" },
      'persona: set must be one of "published", "own", got "mine"',
    ],
    ["persona", { kStar: 1, k: 1, mapRate: 0 }, "persona: mapRate must be a number > 0, got 0"],
    ["persona", { kStar: 1, k: 1, architecture: "mlp9" }, "PalB: architecture must read"],
    [
      "vpl",
      {},
      'experiment must be one of "simulation", "persona", "pick-a-filter", "heterogeneity", "choose-k", "polis", "score-test", "latent-user", "active-questions", "posterior-calibration" and ',
    ],
  ])("%s %j", (experiment, config, message) => {
    expect(() => experimentNamed(experiment).resolve(config)).toThrow(message);
  });

  test("what is left out has defaults", () => {
    expect(experimentNamed("simulation").resolve({ kStar: 3, k: 2 })).toMatchObject({
      k: 2,
      dimension: 16,
      epochs: 300,
    });
    expect(experimentNamed("persona").resolve({ kStar: 3, k: 2 })).toMatchObject({
      testPerUser: 0,
      prompts: "uniform",
    });
  });
});
