import { checkInteger, type RecordRow } from "../../../core/index.js";
import { COMPARED } from "../../../families/index.js";
import { CHANCE } from "../../ceilings.js";
import { compare, WORLD_NAMES, type Comparison } from "../../compare/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkNumbers, resolveConfig } from "../parts/resolve.js";
import { short } from "../parts/short.js";
import { checkMatrixConfig, type MatrixConfig } from "./config.js";
import { matrixWorld } from "./world.js";

interface FewShotConfig extends MatrixConfig {
  /** Numbers of answers that new users give. */
  readonly given: readonly number[];
}

const WORLDS = WORLD_NAMES.map(([name]) => name);

/** New users by how many answers they gave: all families on one division of a world whose truth is known, beside exact Bayes of the same answers. */
export const fewShotExperiment: Experiment = {
  defaults: {
    world: undefined,
    families: [...COMPARED],
    users: 120,
    answers: 45,
    features: 8,
    given: [0, 1, 2, 5, 10, 20],
    visits: 60_000,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("few-shot", fewShotExperiment.defaults, config);
    checkMatrixConfig("few-shot", WORLDS, resolved);
    for (const count of checkNumbers("few-shot", resolved, "given"))
      checkInteger("few-shot: given", count, { min: 0 });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number): Promise<RunResult> {
    const config = fewShotExperiment.resolve(raw) as unknown as FewShotConfig;
    const { world, families, users, answers, features, given, visits } = config;
    const { data, truth, files } = await matrixWorld(world, seed, { users, answers, set: "own" });
    const comparison = await compare(data, {
      ...{ families, seeds: 1, seed, given, visits, limits: { users, answers, features } },
      ...(truth === undefined ? {} : { truth }),
    });
    return { rows: rowsOf(comparison, world, seed), data: files };
  },
};

/** A row for each family that knows users and each number of answers, and what can be reached there. */
function rowsOf({ rows }: Comparison, world: string, seed: number): RecordRow[] {
  const fresh = rows.filter(({ users, status }) => users === "new" && status === "ran");
  const at = (id: string, answers: number | undefined) =>
    fresh.find((row) => row.id === id && row.answers === answers);
  return fresh.flatMap(({ role, knowsUsers, id, name, answers, accuracy, nats }): RecordRow[] => {
    if (role !== "family" || !knowsUsers || answers === undefined) return [];
    const [blind, bayes] = [at("blind-truth", answers), at("bayes", answers)];
    return [
      {
        ...{ seed, split: "unseen", method: name, newComparisonsPerUser: answers },
        accuracy: accuracy?.mean ?? NaN,
        settings: { world, family: id },
        measures: short({ nats: nats?.mean, bayesNats: bayes?.nats?.mean }),
        ceilings: {
          chance: CHANCE,
          ...short({ blind: blind?.accuracy?.mean, bayes: bayes?.accuracy?.mean }),
        },
      },
    ];
  });
}
