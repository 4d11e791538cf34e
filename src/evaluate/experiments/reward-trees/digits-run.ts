import { exp, randomStream, type RandomStream, type RecordRow } from "../../../core/index.js";
import type { PreferenceData } from "../../../data/index.js";
import { digitGrid, snippetItems } from "../../../data/worlds/index.js";
import { RewardTree, treeRewards, type Tree, type TreeOutput } from "../../../families/index.js";
import { greedyPolicy, policyReturn, randomWalk } from "../../../policies/index.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { fitTrees, TRAINING_KEYS, type TreeTraining } from "./fit-trees.js";

interface DigitsConfig extends TreeTraining {
  readonly digits: number;
  readonly depth: number;
  readonly pairs: number;
  /** States in a snippet. */
  readonly states: number;
}

/** The discount of the paper's grids, and how many fresh grids judge a policy. */
const [GAMMA, JUDGED] = [0.9, 20];

/** Grids of digits, where a state is worth its digit: trees learned from answers about random walks, and what policies for them earn on fresh grids. */
export const digitTreesExperiment: Experiment = {
  defaults: { digits: 10, depth: 4, pairs: 1000, states: 5, epochs: 60, batchSize: 50, restarts: 1 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("digit-trees", digitTreesExperiment.defaults, config);
    checkCounts("digit-trees", resolved, ["pairs", "states", ...TRAINING_KEYS], 1);
    checkCounts("digit-trees", resolved, ["digits"], 2);
    digitGrid({ rng: randomStream(0), digits: resolved.digits as number });
    new RewardTree({ k: 1, depth: resolved.depth as number });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = digitTreesExperiment.resolve(raw) as unknown as DigitsConfig;
    const { digits, depth, states } = config;
    const rng = randomStream(seed).split("digit-trees");
    const data = walks(config, rng.split("walks"));
    const rows: RecordRow[] = [];
    for (const leaves of ["IL", "CRL"] as const) {
      const range = { lowest: 0, highest: digits - 1, levels: digits };
      const model = new RewardTree({ ...{ k: 1, depth, states, leaves }, ...range });
      const [tree] = (await fitTrees(model, data, { ...config, engine, seed })).trees;
      for (const output of ["soft", "hard"] as const) {
        const byDigit = digitRewards(tree, digits, output);
        rows.push({
          ...{ seed, split: "seen", method: `${leaves}, ${output}`, k: digits },
          accuracy: ordered(byDigit),
          measures: { share: shareOfBest(byDigit, rng.split("judged")) },
          series: { rewards: Array.from(byDigit, (value) => Number(value.toFixed(3))) },
          ceilings: { chance: 0.5 },
        });
      }
    }
    return { rows, data: [] };
  },
};

/** Pairs of random walks, each on a grid of its own, answered by Bradley-Terry of their sums of digits. */
function walks({ digits, pairs, states }: DigitsConfig, rng: RandomStream): PreferenceData {
  const [grids, moves, answers] = ["grids", "moves", "answers"].map((name) => rng.split(name));
  const sums = new Float64Array(2 * pairs);
  const snippets = Array.from(sums, (_, i) => {
    const grid = digitGrid({ rng: grids, digits });
    const { state } = randomWalk(grid, { walks: 1, steps: states, rng: moves });
    state.forEach((cell) => (sums[i] += grid.digit[cell]));
    return Array.from(state).flatMap((cell) => [
      ...grid.features.subarray(cell * digits, (cell + 1) * digits),
    ]);
  });
  const left = Int32Array.from({ length: pairs }, (_, i) => 2 * i);
  return {
    ...{ users: ["one"], items: snippetItems(snippets, states), user: new Int32Array(pairs), left },
    right: left.map((item) => item + 1),
    label: Int8Array.from(left, (i) => (answers.uniform() < 1 / (1 + exp(sums[i] - sums[i + 1])) ? 1 : -1)),
    source: { name: "walks over digits", license: "", sha256: "" },
  };
}

/** What each digit is worth to a tree. */
function digitRewards(tree: Tree, digits: number, output: TreeOutput): Float64Array {
  const each = Float64Array.from({ length: digits * digits }, (_, i) => (i % (digits + 1) === 0 ? 1 : 0));
  return treeRewards(tree, each, output);
}

/** How many pairs of digits a reward ranks rightly; ties count half. */
function ordered(rewards: Float64Array): number {
  let [right, all] = [0, 0];
  rewards.forEach((larger, a) =>
    rewards.subarray(0, a).forEach((smaller) => {
      all++;
      right += larger === smaller ? 0.5 : larger > smaller ? 1 : 0;
    }),
  );
  return right / all;
}

/** What the best policy for a reward earns of the digits, as a part of what the best policy for the digits earns. */
function shareOfBest(rewards: Float64Array, rng: RandomStream): number {
  let [own, best] = [0, 0];
  for (let i = 0; i < JUDGED; i++) {
    const grid = digitGrid({ rng, digits: rewards.length });
    const digit = Float64Array.from(grid.digit);
    const earned = (reward: Float64Array): number =>
      policyReturn(grid, greedyPolicy(grid, reward, { gamma: GAMMA }), digit, { gamma: GAMMA });
    own += earned(digit.map((value) => rewards[value]));
    best += earned(digit);
  }
  return own / best;
}
