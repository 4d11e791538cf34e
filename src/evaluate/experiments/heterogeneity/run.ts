import { checkNumber, type RecordRow } from "../../../core/index.js";
import { simulateIdealPoints } from "../../../data/index.js";
import { testHeterogeneity } from "../../heterogeneity/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface HeterogeneityConfig {
  readonly kStar: number;
  readonly users: number;
  readonly comparisonsPerUser: number;
  readonly noiseSlope: number;
  readonly dimension: number;
  readonly permutations: number;
  readonly kMax: number;
  readonly folds: number;
}

const COUNTS = ["kStar", "users", "comparisonsPerUser", "dimension", "permutations"] as const;

/** The test of heterogeneity on a simulated population, evenly split over K* prototypes (K* = 1: homogeneous), with noisy answers to shared pairs. */
export const heterogeneityExperiment: Experiment = {
  defaults: {
    kStar: undefined,
    users: 60,
    comparisonsPerUser: 30,
    noiseSlope: 1,
    dimension: 16,
    permutations: 19,
    kMax: 3,
    folds: 3,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("heterogeneity", heterogeneityExperiment.defaults, config);
    checkCounts("heterogeneity", resolved, COUNTS, 1);
    checkCounts("heterogeneity", resolved, ["kMax", "folds"], 2);
    checkNumber("heterogeneity: noiseSlope", resolved.noiseSlope as number, { above: 0 });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number): Promise<RunResult> {
    const config = heterogeneityExperiment.resolve(raw) as unknown as HeterogeneityConfig;
    const { kStar, users, comparisonsPerUser, noiseSlope, dimension, permutations, kMax, folds } = config;
    const data = simulateIdealPoints({
      ...{ dimension, prototypes: kStar, users, comparisonsPerUser, seed },
      ...{ setting: "partition", pairs: "shared", noise: { slope: noiseSlope } },
    });
    const test = await testHeterogeneity(data, { seed, permutations, kMax, folds });
    const row: RecordRow = {
      ...{
        setting: "partition",
        kStar,
        k: test.k,
        comparisonsPerUser,
        method: test.null,
        seed,
        split: "seen",
      },
      accuracy: test.heldOut.many.accuracy,
      pValue: test.pValue,
      gain: test.nats.mean,
    };
    return { rows: [row], data: [] };
  },
};
