import { expect, test } from "vitest";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob } from "../index.js";

const SMALL = {
  setting: "partition",
  kStar: 2,
  k: 2,
  dimension: 4,
  usersPerPrototype: 10,
  comparisonsPerUser: 40,
  epochs: 80,
  batchSize: 64,
};

test("new users are placed by every method, and the others carry their difference to exact", async () => {
  const config = experimentNamed("simulation").resolve({
    ...SMALL,
    newUsersPerPrototype: 4,
    newComparisonsPerUser: [5, 20],
    adaptMethods: ["exact", "paper recipe", "gradient to convergence"],
  });
  const context = { engine: await loadEngine() };
  const { rows } = await runJob({ experiment: "simulation", config, seed: 1 }, context);
  const unseen = rows.filter((row) => row.split === "unseen");
  expect(unseen.map((row) => [row.newComparisonsPerUser, row.method])).toEqual(
    [5, 20].flatMap((n) => ["exact", "paper recipe", "gradient to convergence"].map((method) => [n, method])),
  );
  const [exact, recipe] = unseen;
  expect(recipe.paired).toMatchObject({ against: "exact", n: 8 });
  // every user has as many test comparisons, so the mean of differences is the difference of means
  expect(recipe.paired?.difference).toBeCloseTo(exact.accuracy - recipe.accuracy, 5);
  expect(exact.paired).toBeUndefined();
  // 400 test comparisons: a coin gives 0.5 with deviation 0.025
  expect(unseen[3].accuracy).toBeGreaterThan(0.7);
});

test("an unknown method, an empty list and a prior below 1 are refused before anything runs", () => {
  const { resolve } = experimentNamed("simulation");
  expect(() => resolve({ ...SMALL, adaptMethods: ["guess"] })).toThrow(
    'simulation: adaptMethods must be one of "exact", "paper recipe", "gradient to convergence", got "guess"',
  );
  expect(() => resolve({ ...SMALL, adaptMethods: [] })).toThrow(
    "adaptMethods must be a list of at least one method",
  );
  expect(() => resolve({ ...SMALL, adaptConcentration: 0.5 })).toThrow(
    "adaptConcentration must be a number >= 1, got 0.5",
  );
});

test("pick-a-filter: two prototypes serve both groups, one serves neither beyond the content", async () => {
  const context = { engine: await loadEngine() };
  const small = {
    beta: 1,
    users: 20,
    comparisonsPerUser: 60,
    validationPerUser: 10,
    testPerUser: 40,
    latentDimension: 4,
    epochs: 60,
    batchSize: 64,
  };
  for (const seed of [1, 2, 3, 4, 5]) {
    const [one, two] = await Promise.all(
      [1, 2].map(async (k) => {
        const config = experimentNamed("pick-a-filter").resolve({ ...small, k });
        return (await runJob({ experiment: "pick-a-filter", config, seed }, context)).rows;
      }),
    );
    expect(one.map((row) => row.group)).toEqual(["all", "G1: prefers blue", "G2: prefers red"]);
    expect(two[1].accuracy, `seed ${seed}`).toBeGreaterThan(0.95);
    expect(two[2].accuracy, `seed ${seed}`).toBeGreaterThan(0.95);
    expect(one[0].accuracy, `seed ${seed}`).toBeLessThan(0.85);
  }
});
