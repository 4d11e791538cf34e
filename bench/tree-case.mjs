// Reward trees: a step sees 64 pairs of snippets of 20 states, under two trees of depth 2.
import { families, randomStream } from "../dist/index.js";
import { treeOperations, usersOfBatch } from "./operations.mjs";

const [USERS, BATCH, STATES, VARIABLES, K, DEPTH] = [24, 64, 20, 4, 2, 2];

/** Every pair has two snippets of its own. */
export const TREE_CASE = {
  id: "reward-tree-20x4-k2-b64",
  batch: BATCH,
  batches: 16,
  model: new families.RewardTree({ k: K, depth: DEPTH, states: STATES }),
  data: (batches) => answers(BATCH * batches),
  operations: treeOperations({
    ...{ snippets: 2 * BATCH, states: STATES, d: VARIABLES, k: K, depth: DEPTH },
    users: usersOfBatch(USERS, BATCH),
    weights: USERS * K,
  }),
  product: { m: 2 * BATCH * STATES, n: K * (2 ** DEPTH - 1), k: VARIABLES },
  /** Written in none of the peers that it lacks. */
  without: ["jax-js"],
};

/** Random states, and answers at random. */
function answers(rows) {
  const rng = randomStream(1);
  const draw = rng.split("labels");
  const left = Int32Array.from({ length: rows }, (_, row) => 2 * row);
  return {
    users: Array.from({ length: USERS }, (_, i) => `user-${i}`),
    items: {
      ids: Array.from({ length: 2 * rows }, (_, i) => `snippet-${i}`),
      features: rng.split("states").normals(2 * rows * STATES * VARIABLES),
    },
    user: left.map((_, row) => row % USERS),
    left,
    right: left.map((item) => item + 1),
    label: Int8Array.from({ length: rows }, () => (draw.uniform() < 0.5 ? -1 : 1)),
    source: { name: "benchmark", license: "CC0-1.0", sha256: "" },
  };
}
