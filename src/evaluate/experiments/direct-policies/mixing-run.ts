import {
  checkNumber,
  exp,
  log,
  randomStream,
  type RandomStream,
  type RecordRow,
} from "../../../core/index.js";
import {
  mixPolicies,
  mpoWeights,
  mpoWeightsBySampling,
  softmax,
  type Objectives,
} from "../../../policies/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface MixingConfig {
  readonly prompts: number;
  readonly actions: number;
  /** Correlation of the first two objectives. */
  readonly correlation: number;
  readonly beta: number;
  readonly samples: number;
  readonly steps: number;
}

const OBJECTIVES = 3;

/** A contextual bandit with three objectives, two of them opposed: one policy for all by mixing those of each. */
export const mixingExperiment: Experiment = {
  defaults: { prompts: 20, actions: 30, correlation: -0.6, beta: 0.1, samples: 64, steps: 3000 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("mixing", mixingExperiment.defaults, config);
    checkCounts("mixing", resolved, ["prompts", "samples", "steps"], 1);
    checkCounts("mixing", resolved, ["actions"], 2);
    checkNumber("mixing: correlation", resolved.correlation as number, { min: -1, max: 1 });
    checkNumber("mixing: beta", resolved.beta as number, { above: 0 });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  run(raw: RunConfig, seed: number): Promise<RunResult> {
    const config = mixingExperiment.resolve(raw) as unknown as MixingConfig;
    const { actions, beta, samples, steps } = config;
    const rng = randomStream(seed).split("mixing");
    const rewards = drawRewards(config, rng.split("rewards"));
    const even = new Float64Array(rewards[0].length).fill(1 / actions);
    const policies = rewards.map((reward) => best(reward, actions, beta));
    const objectives: Objectives = { actions, reference: even, policies };
    const exact = mpoWeights(objectives);
    const sampled = mpoWeightsBySampling(objectives, { rng: rng.split("draws"), samples, steps });
    const thirds = policies.map(() => 1 / OBJECTIVES);
    const linear = even.map((_, i) => policies.reduce((sum, policy) => sum + policy[i] / OBJECTIVES, 0));
    const rowOf = (method: string, policy: ArrayLike<number>, weights?: ArrayLike<number>): RecordRow => {
      const worth = policies.map((own) => normalised(policy, own, objectives, beta));
      const measures: Record<string, number> = { worst: Math.min(...worth) };
      worth.forEach((value, k) => (measures[`objective ${k + 1}`] = value));
      if (weights !== undefined) Array.from(weights).forEach((w, k) => (measures[`weight ${k + 1}`] = w));
      const accuracy = Math.min(...rewards.map((reward) => winRate(policy, reward, actions)));
      return { seed, split: "seen", method, accuracy, beta, measures, ceilings: { chance: 0.5 } };
    };
    const rows = [
      rowOf("MPO, exact weights", mixPolicies(objectives, exact), exact),
      rowOf("MPO, mirror descent", mixPolicies(objectives, sampled), sampled),
      rowOf("equal weights", mixPolicies(objectives, thirds), thirds),
      rowOf("linear mixture", linear),
      ...policies.map((policy, k) => rowOf(`policy ${k + 1} alone`, policy)),
    ];
    return Promise.resolve({ rows, data: [] });
  },
};

/** Normal rewards of each objective, [X, A]; the first two with the given correlation. */
function drawRewards({ prompts, actions, correlation }: MixingConfig, rng: RandomStream): Float64Array[] {
  const size = prompts * actions;
  const [first, other, third] = ["first", "second", "third"].map((name) => {
    const stream = rng.split(name);
    return Float64Array.from({ length: size }, () => stream.normal());
  });
  const rest = Math.sqrt(1 - correlation ** 2);
  return [first, first.map((value, i) => correlation * value + rest * other[i]), third];
}

/** The best policy of a reward at a strength of the reference, where that is even. */
function best(reward: Float64Array, actions: number, beta: number): Float64Array {
  const policy = reward.map((value) => value / beta);
  for (let from = 0; from < policy.length; from += actions)
    policy.set(softmax(policy.subarray(from, from + actions)), from);
  return policy;
}

/** The mean of beta ln(own / reference) under a policy: an objective's reward, less what its own best policy is worth. */
function normalised(
  policy: ArrayLike<number>,
  own: ArrayLike<number>,
  { actions, reference }: Objectives,
  beta: number,
): number {
  let sum = 0;
  for (let i = 0; i < policy.length; i++) sum += policy[i] * beta * (log(own[i]) - log(reference[i]));
  return (sum * actions) / policy.length;
}

/** How likely a policy's action is preferred to one drawn evenly, by Bradley-Terry under a reward. */
function winRate(policy: ArrayLike<number>, reward: Float64Array, actions: number): number {
  let sum = 0;
  for (let i = 0; i < reward.length; i++) {
    const from = i - (i % actions);
    let wins = 0;
    for (let b = from; b < from + actions; b++) wins += 1 / (1 + exp(reward[b] - reward[i])) / actions;
    sum += policy[i] * wins;
  }
  return (sum * actions) / reward.length;
}
