import { expect, test } from "vitest";
import { sweepJobs, type SweepConfig } from "./config.js";

const CONFIG: SweepConfig = {
  experiment: "simulation",
  base: { setting: "partition" },
  grid: { kStar: [2, 3], k: [1, 2] },
  seeds: [5, 4],
};

test("jobs come in the grid's order, seeds innermost, with all defaults", () => {
  const jobs = sweepJobs(CONFIG);
  expect(jobs.map(({ config, seed }) => [config.kStar, config.k, seed])).toEqual([
    [2, 1, 5],
    [2, 1, 4],
    [2, 2, 5],
    [2, 2, 4],
    [3, 1, 5],
    [3, 1, 4],
    [3, 2, 5],
    [3, 2, 4],
  ]);
  for (const { config, experiment } of jobs) {
    expect(experiment).toBe("simulation");
    expect(config).toMatchObject({ setting: "partition", dimension: 16, epochs: 300 });
  }
  expect(JSON.parse(JSON.stringify(jobs))).toEqual(jobs);
});

test.each<[Partial<SweepConfig>, string]>([
  [{ grids: {} } as never, 'sweep: unknown option "grids"; known: "experiment", "base", "grid", "seeds"'],
  [{ gird: {} } as never, 'did you mean "grid"?'],
  [{ grid: { ...CONFIG.grid, k: [1, 2, 1] } }, "sweep: grid.k must hold different values, got 1 twice"],
  [
    { experiment: "vpl" as never },
    'sweep: experiment must be one of "simulation", "persona", "pick-a-filter", "heterogeneity", "choose-k", "polis", "score-test", "latent-user", "active-questions", "posterior-calibration" and ',
  ],
  [{ seeds: [] }, "sweep: seeds must be a list of at least one integer"],
  [{ seeds: 3 as never }, "sweep: seeds must be a list of at least one integer, got 3"],
  [{ seeds: [1, 1.5] }, "sweep: seeds must be an integer, got 1.5"],
  [{ seeds: [1, 2, 1] }, "sweep: seeds must differ (runs of one seed are the same run), got 1 twice"],
  [{ grid: { ...CONFIG.grid, k: [] } }, "sweep: grid.k must be a list of at least one value, got []"],
  [{ grid: { ...CONFIG.grid, k: 2 as never } }, "sweep: grid.k must be a list of at least one value, got 2"],
  [{ grid: undefined as never }, "sweep: grid must be an object of lists, got undefined"],
  [{ grid: [2, 3] as never }, "sweep: grid must be an object of lists, got 2,3"],
  [{ base: 3 as never }, "sweep: base must be an object, got 3"],
  [{ base: { k: 2 } }, "sweep: k stands in base and in grid; it must stand in one"],
  [{ grid: { ...CONFIG.grid, k: [1, 0] } }, "simulation: k must be an integer >= 1, got 0"],
  [{ grid: { ...CONFIG.grid, k: [1.5] } }, "simulation: k must be an integer >= 1, got 1.5"],
  [{ grid: { ...CONFIG.grid, kk: [1] } }, 'simulation: unknown option "kk"'],
  [{ base: { epoch: 3 } }, 'simulation: unknown option "epoch"'],
  [{ base: { epoch: 3 } }, 'did you mean "epochs"?'],
  [{ base: { epochs: "3" } }, 'simulation: epochs must be an integer >= 1, got "3"'],
  [{ seeds: ["1"] as never }, 'sweep: seeds must be an integer, got "1"'],
  [{ grid: { k: [1] } }, "simulation: kStar must be given"],
  [{ experiment: "persona", base: { encoder: "bert" } }, 'persona: encoder must be "use-lite", "hash" or'],
])("bad sweep %j", (change, message) => {
  expect(() => sweepJobs({ ...CONFIG, ...change })).toThrow(message);
});

test.each([null, [CONFIG], 3, "k"])("%j is no configuration", (config) => {
  expect(() => sweepJobs(config as never)).toThrow("sweep: a configuration must be an object, got ");
});
