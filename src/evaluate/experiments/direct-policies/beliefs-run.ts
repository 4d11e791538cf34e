import {
  checkNumber,
  exp,
  InputError,
  randomStream,
  type RandomStream,
  type RecordRow,
} from "../../../core/index.js";
import { fitGdpo, fitPairs, jensenShannon, type ActionPairs } from "../../../policies/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkCounts, checkNumbers, resolveConfig } from "../parts/resolve.js";
import { drawByShare } from "./draw-by-share.js";

interface BeliefsConfig {
  /** The group's shares of the beliefs. */
  readonly target: readonly number[];
  readonly responses: number;
  readonly pairs: number;
  readonly beta: number;
  readonly steps: number;
  readonly rate: number;
}

/** DPO's second strength, by which the majority takes less. */
const STRONGER = 0.5;

/** A group whose members hold different beliefs: which of them a policy speaks for, by DPO and by GDPO. */
export const beliefsExperiment: Experiment = {
  defaults: { target: [0.5, 0.3, 0.15, 0.05], responses: 6, pairs: 6000, beta: 0.1, steps: 2000, rate: 0.05 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("beliefs", beliefsExperiment.defaults, config);
    checkCounts("beliefs", resolved, ["responses", "pairs", "steps"], 1);
    for (const key of ["beta", "rate"]) checkNumber(`beliefs: ${key}`, resolved[key] as number, { above: 0 });
    const target = checkNumbers("beliefs", resolved, "target");
    target.forEach((share) => checkNumber("beliefs: target", share, { min: 0, max: 1 }));
    const total = target.reduce((sum, share) => sum + share, 0);
    if (target.length < 2 || Math.abs(total - 1) > 1e-9)
      throw new InputError(
        `beliefs: target must be at least 2 shares that add up to 1, got ${target.join(", ")}`,
      );
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  run(raw: RunConfig, seed: number): Promise<RunResult> {
    const config = beliefsExperiment.resolve(raw) as unknown as BeliefsConfig;
    const { target, responses, beta, steps, rate } = config;
    const arms = target.length * responses;
    const beliefOf = Int32Array.from({ length: arms }, (_, a) => Math.floor(a / responses));
    const reference = new Float64Array(arms).fill(-Math.log(arms));
    const pairs = drawPairs(config, randomStream(seed).split("beliefs"));
    const shares = target.map(() => 0);
    Array.from(pairs.chosen).forEach((a) => (shares[beliefOf[a]] += 1 / pairs.chosen.length));
    const rowOf = (method: string, spoken: number[], consistency?: number): RecordRow => ({
      ...{ seed, split: "seen", method },
      // how many of the group find their belief spoken for
      accuracy: target.reduce((sum, share, b) => sum + Math.min(share, spoken[b]), 0),
      measures: {
        distance: jensenShannon(spoken, target),
        // DPO names no belief
        ...(consistency !== undefined && { consistency }),
      },
      series: { spoken, target },
    });
    const rows = [beta, STRONGER].map((strength) => {
      const policy = fitPairs(reference, pairs, { loss: "DPO", beta: strength, steps, rate }).map(exp);
      const spoken = target.map((_, b) => policy.reduce((sum, p, a) => sum + (beliefOf[a] === b ? p : 0), 0));
      return rowOf(`DPO, beta ${strength}`, spoken);
    });
    const { beliefs, responses: said } = fitGdpo({ reference, beliefOf, target: shares }, pairs, {
      beta,
      steps,
      rate,
    });
    const consistency = beliefs.reduce(
      (sum, chance, b) =>
        sum +
        chance *
          said.reduce(
            (own, p, i) => own + (Math.floor(i / arms) === b && beliefOf[i % arms] === b ? p : 0),
            0,
          ),
      0,
    );
    return Promise.resolve({ rows: [...rows, rowOf("GDPO", [...beliefs], consistency)], data: [] });
  },
};

/** Somebody of the group chooses a response of their belief over one of another belief, both at random. */
function drawPairs({ target, responses, pairs }: BeliefsConfig, rng: RandomStream): ActionPairs {
  const chosen = new Int32Array(pairs);
  const rejected = new Int32Array(pairs);
  for (let i = 0; i < pairs; i++) {
    const belief = drawByShare(target, rng);
    const other = (belief + 1 + rng.integer(target.length - 1)) % target.length;
    chosen[i] = belief * responses + rng.integer(responses);
    rejected[i] = other * responses + rng.integer(responses);
  }
  return { chosen, rejected };
}
