import { checkOneOf, type RecordRow } from "../../../core/index.js";
import { SETTINGS, simulateIdealPoints, type Setting } from "../../../data/index.js";
import { chooseK, engineLearner } from "../../heterogeneity/index.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { simulatedReference } from "../parts/references.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface ChooseKConfig {
  readonly kStar: number;
  readonly setting: Setting;
  readonly usersPerPrototype: number;
  readonly comparisonsPerUser: number;
  readonly dimension: number;
  readonly kMax: number;
  readonly folds: number;
  readonly epochs: number;
}

const COUNTS = ["kStar", "usersPerPrototype", "comparisonsPerUser", "dimension", "kMax", "epochs"] as const;

/** The K that chooseK finds in a simulated population of K* prototypes: items with features, PAL-A trained by the engine. */
export const chooseKExperiment: Experiment = {
  defaults: {
    kStar: undefined,
    setting: undefined,
    usersPerPrototype: 50,
    comparisonsPerUser: 100,
    dimension: 16,
    kMax: 5,
    folds: 4,
    epochs: 60,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("choose-k", chooseKExperiment.defaults, config);
    checkCounts("choose-k", resolved, COUNTS, 1);
    checkCounts("choose-k", resolved, ["folds"], 2);
    checkOneOf("choose-k: setting", resolved.setting as string, SETTINGS);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = chooseKExperiment.resolve(raw) as unknown as ChooseKConfig;
    const { kStar, setting, usersPerPrototype, comparisonsPerUser, dimension, kMax, folds, epochs } = config;
    const data = simulateIdealPoints({
      ...{
        dimension,
        prototypes: kStar,
        users: usersPerPrototype * kStar,
        comparisonsPerUser,
      },
      ...{ setting, seed },
    });
    const learner = engineLearner(data, { engine, epochs });
    const { k, candidates } = await chooseK(data, { seed, kMax, folds, repeats: 1, learner });
    const row: RecordRow = {
      ...{ setting: setting, kStar, k, comparisonsPerUser, seed, split: "seen" },
      accuracy: candidates[k - 1].accuracy.mean,
      gain: candidates[k - 1].nats.mean - candidates[0].nats.mean,
    };
    return {
      rows: [row],
      data: [simulatedReference(data.source)],
    };
  },
};
