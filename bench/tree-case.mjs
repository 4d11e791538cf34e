// Reward trees: a step sees 64 pairs of snippets of 20 states, under two trees of depth 2.
import { families } from "../dist/index.js";
import { freshPairs } from "./fresh-pairs.mjs";
import { treeOperations, usersOfBatch } from "./operations.mjs";

const [USERS, BATCH, STATES, VARIABLES, K, DEPTH] = [24, 64, 20, 4, 2, 2];

/** Every pair has two snippets of its own. */
export const TREE_CASE = {
  id: "reward-tree-20x4-k2-b64",
  batch: BATCH,
  batches: 16,
  model: new families.RewardTree({ k: K, depth: DEPTH, states: STATES }),
  data: (batches) =>
    freshPairs(BATCH * batches, {
      users: USERS,
      userOf: (row) => row % USERS,
      features: (rng, count) => rng.split("states").normals(count * STATES * VARIABLES),
    }),
  operations: treeOperations({
    ...{ snippets: 2 * BATCH, states: STATES, d: VARIABLES, k: K, depth: DEPTH },
    users: usersOfBatch(USERS, BATCH),
    weights: USERS * K,
  }),
  product: { m: 2 * BATCH * STATES, n: K * (2 ** DEPTH - 1), k: VARIABLES },
  /** Written in none of the peers that it lacks. */
  without: ["jax-js"],
};
