import { checkNumber, mean, randomStream, type RecordRow } from "../../../core/index.js";
import { FILTER_GROUPS, simulatePickAFilter, splitByComparison } from "../../../data/index.js";
import { PalB } from "../../../families/index.js";
import { fit } from "../../../train/index.js";
import { accuracySeen } from "../../accuracy.js";
import { CHANCE } from "../../ceilings.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { simulatedReference } from "../parts/references.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface PickAFilterConfig {
  readonly beta: number;
  readonly k: number;
  readonly users: number;
  readonly comparisonsPerUser: number;
  readonly validationPerUser: number;
  readonly testPerUser: number;
  readonly latentDimension: number;
  readonly architecture: string;
  readonly noiseSlope: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly rate: number;
}

const COUNTS = [
  "k",
  "users",
  "comparisonsPerUser",
  "validationPerUser",
  "testPerUser",
  "latentDimension",
  "epochs",
  "batchSize",
] as const;

/** Two groups that like opposite colours in a fraction beta of their comparisons: PAL-B beside itself with one prototype. */
export const pickAFilterExperiment: Experiment = {
  defaults: {
    beta: undefined,
    k: undefined,
    users: 100,
    comparisonsPerUser: 150,
    validationPerUser: 50,
    testPerUser: 50,
    latentDimension: 16,
    architecture: "mlp0-linear-dropout0",
    noiseSlope: 0.4,
    epochs: 40,
    batchSize: 256,
    rate: 5e-3,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("pick-a-filter", pickAFilterExperiment.defaults, config);
    checkCounts("pick-a-filter", resolved, COUNTS, 1);
    checkNumber("pick-a-filter: beta", resolved.beta as number, { min: 0, max: 1 });
    checkNumber("pick-a-filter: rate", resolved.rate as number, { above: 0 });
    modelOf(resolved as unknown as PickAFilterConfig);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = pickAFilterExperiment.resolve(raw) as unknown as PickAFilterConfig;
    const { beta, k, users, comparisonsPerUser, validationPerUser, testPerUser, noiseSlope } = config;
    const { data, contentProbability } = simulatePickAFilter({
      users,
      comparisonsPerUser: comparisonsPerUser + validationPerUser + testPerUser,
      beta,
      noiseSlope,
      seed,
    });
    const held = { validation: validationPerUser, test: testPerUser };
    const { train, validation, test } = splitByComparison(data, held, randomStream(seed).split("split"));
    const rate = { rate: config.rate };
    const fitted = await fit(modelOf(config), train, {
      ...{ engine, seed, epochs: config.epochs, batchSize: config.batchSize },
      learningRates: { projector: rate, weights: { rate: 2e-2 } },
    });
    const blind = mean(contentProbability.map((p) => Math.max(p, 1 - p)));
    const measured = accuracySeen(fitted, test);
    const row = (accuracy: number, group: string): RecordRow => ({
      ...{
        beta,
        k,
        group,
        comparisonsPerUser,
        latentDimension: config.latentDimension,
        seed,
        split: "seen",
        accuracy,
      },
      method: k === 1 ? "homogeneous (K = 1)" : `PAL-B (K = ${k})`,
      ceilings: { chance: CHANCE, blind, oracle: beta + (1 - beta) * blind },
    });
    const groups = FILTER_GROUPS.map((group) => {
      return row(mean(measured.byUser.filter((_, user) => data.groups?.[user] === group)), group);
    });
    const all = { ...row(measured.accuracy, "all"), validation: accuracySeen(fitted, validation).accuracy };
    return {
      rows: [all, ...groups],
      data: [simulatedReference(data.source)],
    };
  },
};

function modelOf({ k, latentDimension, architecture }: PickAFilterConfig): PalB {
  return new PalB({ k, latentDimension, architecture });
}
