import { randomStream, type RecordRow } from "../../../core/index.js";
import { CART_POLE_LIMITS, cartPoleReward } from "../../../data/worlds/index.js";
import { RewardTree, treeRewards, type Tree, type TreeOutput } from "../../../families/index.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { answered, cartPairs, CARES, inUnits, ranksRightly, type Care } from "./cart-answers.js";
import { bestPolicy, judgedReturn, type DriveConfig, type LinearPolicy } from "./drive.js";
import { fitTrees, TRAINING_KEYS, type TreeTraining } from "./fit-trees.js";
import { treeMeasures, treePicture } from "./tree-words.js";

interface CartPoleConfig extends DriveConfig, TreeTraining {
  readonly pairs: number;
  /** States in a snippet. */
  readonly states: number;
  readonly depth: number;
  /** Of {@link RewardTree}: a root that sends all states one way says nothing. */
  readonly balance: number;
}

const BOTH = [CART_POLE_LIMITS.position, CART_POLE_LIMITS.angle];

/** What the answers are about, and what of the tree the policy is made for; the first is the truth itself. */
const TREES: readonly {
  readonly method: string;
  readonly care: Care;
  /** What the answers reward: metres from the middle, and radians from upright where these count. */
  readonly limits: readonly number[];
  readonly output: TreeOutput;
}[] = [
  { method: "tree, soft", care: CARES.both, limits: BOTH, output: "soft" },
  { method: "tree, hard", care: CARES.both, limits: BOTH, output: "hard" },
  { method: "track alone, soft", care: CARES.track, limits: BOTH.slice(0, 1), output: "soft" },
];

/** A cart with a pole: trees learned from answers about snippets, by people who care for both limits, or for the track alone; and what policies for them earn. */
export const cartPoleTreesExperiment: Experiment = {
  defaults: {
    ...{ pairs: 2000, states: 20, depth: 2, balance: 0.05, epochs: 30, batchSize: 50, restarts: 4 },
    ...{ steps: 200, starts: 8, rounds: 8, candidates: 30 },
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("cart-pole-trees", cartPoleTreesExperiment.defaults, config);
    checkCounts("cart-pole-trees", resolved, ["pairs", "states", ...TRAINING_KEYS], 1);
    checkCounts("cart-pole-trees", resolved, ["steps", "starts", "rounds"], 1);
    checkCounts("cart-pole-trees", resolved, ["candidates"], 2);
    new RewardTree({ k: 1, depth: resolved.depth as number, balance: resolved.balance as number });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = cartPoleTreesExperiment.resolve(raw) as unknown as CartPoleConfig;
    const { depth, balance, states, steps } = config;
    const rng = randomStream(seed).split("cart-pole-trees");
    const cart = cartPairs(config, rng.split("snippets"));
    const held = cartPairs({ pairs: 1000, states }, rng.split("held out"), cart.units);
    const truth = held.returns(cartPoleReward);
    const trees = new Map<Care, Tree>();
    for (const { care } of TREES) {
      if (trees.has(care)) continue;
      const data = answered(cart, { users: 1, cares: () => care }, rng.split("answers"));
      const model = new RewardTree({ k: 1, depth, balance, states });
      const { trees: found } = await fitTrees(model, data, { ...config, engine, seed });
      trees.set(care, found[0]);
    }
    const returnOf = (policy?: LinearPolicy): number =>
      judgedReturn(policy, cartPoleReward, { steps, rng: rng.split("judged") });
    const search = { ...config, rng: rng.split("policy") };
    const own = returnOf(bestPolicy((all) => byState(all, cartPoleReward), cart.units, search));
    const rowOf = (
      method: string,
      accuracy: number,
      earned: number,
      more: Partial<RecordRow> = {},
    ): RecordRow => ({
      ...{ seed, split: "seen", method, accuracy, ceilings: { chance: 0.5 }, ...more },
      measures: { return: earned, share: earned / own, ...more.measures },
    });
    const learned = TREES.map(({ method, care, limits, output }): RecordRow => {
      const tree = trees.get(care) as Tree;
      const rewards = (all: Float64Array): Float64Array =>
        treeRewards(tree, inUnits(all, cart.units), output);
      const accuracy = ranksRightly(held, truth, treeRewards(tree, held.scaled, output));
      return rowOf(method, accuracy, returnOf(bestPolicy(rewards, cart.units, search)), {
        measures: treeMeasures(tree, held.scaled),
        ...(output === "soft" ? { series: { ...treePicture(tree, cart.units), limits } } : {}),
      });
    });
    const rows = [rowOf("true reward", 1, own), ...learned, rowOf("random pushes", 0.5, returnOf())];
    return { rows, data: [] };
  },
};

function byState(states: Float64Array, care: Care): Float64Array {
  return Float64Array.from({ length: states.length / 4 }, (_, i) => care(states.subarray(4 * i, 4 * i + 4)));
}
