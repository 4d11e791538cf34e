import { InputError } from "../../core/index.js";
import { LOSS_OPTIONS } from "../family.js";
import { count, countOr, countTo, oneOf, real, type OptionsOf, type Resolved } from "../options.js";

/** Leaves of a tree: a reward between two, or chances of several rewards. */
export const LEAVES = ["IL", "CRL"] as const;

export const options = {
  k: count("prototypes K, a tree each", { noun: "prototypes", start: 2 }),
  depth: countTo(4, 2, "decisions from the root to a leaf"),
  leaves: oneOf(
    LEAVES,
    "IL",
    "IL: a leaf lies between the lowest and the highest reward, CRL: it has a chance for each of some rewards",
  ),
  levels: countOr(2, "rewards of a CRL leaf, evenly spaced from the lowest to the highest"),
  lowest: real("lowest reward of a state", 0),
  highest: real("highest reward of a state", 1),
  states: countOr(1, "states in a snippet: an item's features are those of its states, one behind the other"),
  balance: real("weight of what keeps decisions from sending all states one way", 0, { min: 0 }),
  balanceOver: oneOf(
    ["comparison", "state"],
    "comparison",
    "balance of the mean decision over a comparison's states, or (as released) of each state's",
  ),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link RewardTree}. */
export type RewardTreeOptions = OptionsOf<typeof options>;
export type Settings = Resolved<typeof options>;

/** Where trees' parameters stand: nodes and leaves by level, those of all K trees one behind the other. */
export const TREES = {
  weight: "trees.weight",
  bias: "trees.bias",
  beta: "trees.beta",
  leaves: "trees.leaves",
} as const;

/** @throws InputError for rewards that are no range, or a leaf of one reward */
export function checkRewards({ leaves, levels, lowest, highest }: Settings): void {
  if (!(highest > lowest))
    throw new InputError(`RewardTree: highest must be above lowest, got ${lowest} to ${highest}`);
  if (leaves === "CRL" && levels < 2)
    throw new InputError(
      `RewardTree: levels must be at least 2, got ${levels}: a leaf of one reward says nothing`,
    );
}
