import { InputError } from "../../core/index.js";
import { featureDimension } from "../../data/index.js";
import { modelClass, type Family, type ScoreInputs } from "../family.js";
import type { ModelSpace } from "../latent.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { rewardSpace } from "../parts/index.js";
import { simplex, simplexParameter } from "../users/index.js";
import { balanceOf } from "./balance.js";
import { returnsOf } from "./forward.js";
import { checkRewards, options, TREES, type Settings } from "./options.js";

export type { RewardTreeOptions } from "./options.js";

const rewardTree: Family<typeof options> = {
  kind: "reward-tree",
  name: "RewardTree",
  title: "Reward trees",
  about:
    "a reward is a small tree of decisions that can be read, one for each prototype; items may be snippets of states, worth the sum of these",
  source: "Kalra and Brown 2024 (reward DDTs), arXiv 2306.13004; the mixture of trees is ours",
  guide: {
    assumes: "everybody mixes a few rewards, each a tree of at most 15 decisions",
    needs: "comparisons of items with features, or of snippets of states",
    cost: "low",
  },
  isApart: true,
  options,
  tried: () => [2, 3].map((depth) => ({ k: 2, depth })),
  user: ({ k }) => simplex(k, { isLinear: true }),
  parameters,
  score,
  penalty,
  penaltyTerm: ({ balance }) => `the balance of decisions (balance ${balance})`,
  latent,
};

/**
 * Differentiable decision trees as rewards: a node goes to its first child with chance sigma(beta (<w, s> + b)) in state s, a leaf has a reward, and a
 * state's is the sum over leaves weighed by their chances. IL leaves lie between two rewards, CRL leaves have a chance for each of several. A snippet is
 * worth the sum over its states, and user i mixes the K trees by weights w_i on the simplex: score = sum_k w_ik (return_k of right - return_k of left).
 * {@link readTrees} reads what was learned. Betas are trained here; the released optimiser never gets them.
 * @source arXiv 2306.13004; K trees are ours
 * @throws InputError (depth outside 1-4, K < 1, unknown option)
 */
export class RewardTree extends modelClass(rewardTree) {}

function parameters(given: Settings, { items, contexts, users }: DataSizes): ParameterSpec[] {
  checkRewards(given);
  const { k, depth, leaves, levels, states } = given;
  if (items.features === 0)
    throw new InputError(
      "RewardTree: items must have features, as decisions are made by them; use LoRe for items that are ids alone",
    );
  if (states > 1 && contexts !== undefined)
    throw new InputError("RewardTree: snippets of states can have no contexts; leave them out");
  if (items.features % states !== 0)
    throw new InputError(
      `RewardTree: items must have as many features for each of ${states} states, got ${items.features} in all`,
    );
  const features = items.features / states + (contexts?.features ?? 0);
  const [nodes, ends] = [k * (2 ** depth - 1), k * 2 ** depth];
  const group = "trees";
  const from = (kind: "normal", deviation: number) => ({ kind, deviation });
  return [
    { name: TREES.weight, shape: [nodes, features], group, init: from("normal", 1 / Math.sqrt(features)) },
    { name: TREES.bias, shape: [nodes], group, init: from("normal", 0.1) },
    { name: TREES.beta, shape: [nodes], group, init: { kind: "constant", value: 1 } },
    { name: TREES.leaves, shape: [ends, leaves === "IL" ? 1 : levels], group, init: from("normal", 1) },
    simplexParameter(users, k),
  ];
}

/** Items, with the features of their context behind their own where they have one. */
function itemsOf<T, I>({ pairs }: ScoreInputs<T, I>) {
  const { features, ...items } = pairs.contexts === undefined ? pairs.items : pairs.itemsInContext;
  if (features === undefined) throw new InputError("RewardTree: items must have features");
  return { ...items, features };
}

function score<T, I>(inputs: ScoreInputs<T, I>, settings: Settings): T {
  const { ops, p, pairs, state } = inputs;
  const items = itemsOf(inputs);
  const w = state();
  return ops.innerScore(returnsOf({ ops, p, settings }, items.features), w, {
    ...items,
    user: pairs.users.of,
  });
}

function penalty<T, I>(inputs: ScoreInputs<T, I>, settings: Settings): T | undefined {
  if (settings.balance === 0) return undefined;
  const { features, ...places } = itemsOf(inputs);
  return balanceOf({ ...inputs, settings }, features, places);
}

function latent(settings: Settings): ModelSpace {
  return rewardSpace(settings.k, (tools, table) =>
    tools.apply(
      (ops, p, x) => returnsOf({ ops, p, settings }, x),
      table.features ?? new Float32Array(),
      featureDimension(table),
    ),
  );
}
