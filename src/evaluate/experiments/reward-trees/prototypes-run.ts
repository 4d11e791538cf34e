import { randomStream, type RecordRow } from "../../../core/index.js";
import { CART_POLE_VARIABLES } from "../../../data/worlds/index.js";
import { RewardTree, treeRewards } from "../../../families/index.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { answered, cartPairs, CARES, ranksRightly } from "./cart-answers.js";
import { fitTrees, TRAINING_KEYS, type TreeTraining } from "./fit-trees.js";
import { treeMeasures } from "./tree-words.js";

interface PrototypesConfig extends TreeTraining {
  readonly users: number;
  readonly answersPerUser: number;
  /** States in a snippet. */
  readonly states: number;
  readonly depth: number;
}

/** Groups, and the variable that each cares for. */
const GROUPS = [
  { name: "pole", care: CARES.pole, variable: "pole angle" },
  { name: "track", care: CARES.track, variable: "cart position" },
] as const;

/** Half of the users care for the pole, half for the track: one tree for all, and a tree for each of two prototypes. */
export const prototypeTreesExperiment: Experiment = {
  defaults: { users: 24, answersPerUser: 100, states: 20, depth: 2, epochs: 40, batchSize: 50, restarts: 4 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("prototype-trees", prototypeTreesExperiment.defaults, config);
    checkCounts("prototype-trees", resolved, ["users"], 2);
    checkCounts("prototype-trees", resolved, ["answersPerUser", "states", ...TRAINING_KEYS], 1);
    new RewardTree({ k: 2, depth: resolved.depth as number });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = prototypeTreesExperiment.resolve(raw) as unknown as PrototypesConfig;
    const { users, answersPerUser, states, depth } = config;
    const rng = randomStream(seed).split("prototype-trees");
    const cart = cartPairs({ pairs: users * answersPerUser, states }, rng.split("snippets"));
    const held = cartPairs({ pairs: 1000, states }, rng.split("held out"), cart.units);
    const groupOf = (user: number): number => user % GROUPS.length;
    const people = { users, cares: (user: number) => GROUPS[groupOf(user)].care };
    const data = answered(cart, people, rng.split("answers"));
    const rows: RecordRow[] = [];
    for (const k of [1, 2]) {
      const model = new RewardTree({ k, depth, states });
      const { fitted, trees } = await fitTrees(model, data, { ...config, engine, seed });
      const rewards = trees.map((tree) => treeRewards(tree, held.scaled));
      GROUPS.forEach(({ name, care, variable }, group) => {
        const weights = meanWeights(fitted.allWeights, k, (user) => groupOf(user) === group);
        const heaviest = weights.indexOf(Math.max(...weights));
        const mixed = rewards[0].map((_, i) => weights.reduce((sum, w, j) => sum + w * rewards[j][i], 0));
        rows.push({
          ...{
            seed,
            split: "seen",
            k,
            group: name,
            method: k === 1 ? "one tree" : "a tree for each prototype",
          },
          accuracy: ranksRightly(held, held.returns(care), mixed),
          measures: {
            ...treeMeasures(trees[heaviest], held.scaled),
            ...{
              prototype: heaviest,
              weight: weights[heaviest],
              wanted: CART_POLE_VARIABLES.indexOf(variable),
            },
          },
          ceilings: { chance: 0.5 },
        });
      });
    }
    return { rows, data: [] };
  },
};

/** The mean weights of some users, [K]. */
function meanWeights(all: Float32Array, k: number, isOne: (user: number) => boolean): number[] {
  const rows = Array.from({ length: all.length / k }, (_, user) => user).filter(isOne);
  return Array.from({ length: k }, (_, j) =>
    rows.reduce((sum, user) => sum + all[user * k + j] / rows.length, 0),
  );
}
