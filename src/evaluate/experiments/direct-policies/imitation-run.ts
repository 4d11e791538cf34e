import { checkNumber, randomStream, type RecordRow } from "../../../core/index.js";
import { fitPairs, type PairLossName } from "../../../policies/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { drawBandit, drawPairs, judge } from "./bandit.js";

/** Losses, by the names that figures have for them. */
const LOSSES: readonly { readonly name: string; readonly loss: PairLossName; readonly beta?: number }[] = [
  { name: "DPO, beta 0.1", loss: "DPO", beta: 0.1 },
  { name: "DPO, beta 1", loss: "DPO", beta: 1 },
  { name: "LSIF", loss: "LSIF" },
  { name: "UKL", loss: "UKL" },
  { name: "BCE", loss: "BCE" },
];

interface BanditConfig {
  readonly arms: number;
  readonly pairs: number;
  readonly steps: number;
  readonly rate: number;
}

/** A bandit with known utilities: what each loss of pairs does to the likelihood of what was chosen and rejected. */
export const imitationExperiment: Experiment = {
  defaults: { arms: 20, pairs: 4000, steps: 4000, rate: 0.05 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("imitation", imitationExperiment.defaults, config);
    checkCounts("imitation", resolved, ["arms"], 2);
    checkCounts("imitation", resolved, ["pairs", "steps"], 1);
    checkNumber("imitation: rate", resolved.rate as number, { above: 0 });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  run(raw: RunConfig, seed: number): Promise<RunResult> {
    const { arms, pairs, steps, rate } = imitationExperiment.resolve(raw) as unknown as BanditConfig;
    const rng = randomStream(seed).split("imitation");
    const bandit = drawBandit(arms, rng.split("arms"));
    const drawn = drawPairs(bandit, pairs, rng.split("pairs"));
    const before = judge(bandit, bandit.reference);
    const rows = LOSSES.map(({ name, loss, beta }): RecordRow => {
      const policy = fitPairs(bandit.reference, drawn, {
        loss,
        steps,
        rate,
        ...(beta === undefined ? {} : { beta }),
      });
      const { accuracy, ...after } = judge(bandit, policy);
      const measures = { ...after, chosenBefore: before.chosen, rejectedBefore: before.rejected };
      return { seed, split: "seen", method: name, accuracy, measures, ceilings: { chance: 0.5 } };
    });
    return Promise.resolve({ rows, data: [] });
  },
};
