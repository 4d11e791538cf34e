// GPO at the size of its authors' experiments: a step reads 16 answers of each of 32 users, two tokens each, and predicts 8 others.
import { families } from "../dist/index.js";
import { freshPairs } from "./fresh-pairs.mjs";
import { gpoOperations } from "./operations.mjs";

const [USERS, CONTEXT, TARGETS, FEATURES] = [32, 16, 8, 16];
const SIZE = { latentDimension: 128, layers: 6, heads: 4 };
const EACH = CONTEXT + TARGETS;

/** Every pass cuts a user's 24 answers into three blocks of 8, each predicted from the other 16: three steps of 32 blocks. */
export const GPO_CASE = {
  id: "gpo-d128",
  batch: USERS * TARGETS,
  batches: EACH / TARGETS,
  model: new families.Gpo({ ...SIZE, contextSize: CONTEXT, targetSize: TARGETS }),
  data: () =>
    freshPairs(USERS * EACH, {
      users: USERS,
      userOf: (row) => Math.floor(row / EACH),
      features: (rng, count) => rng.split("items").normals(count * FEATURES),
    }),
  operations: gpoOperations({
    ...{ sets: USERS, context: 2 * CONTEXT, targets: 2 * TARGETS, features: FEATURES },
    ...{ width: SIZE.latentDimension, layers: SIZE.layers },
  }),
  product: { m: USERS * 2 * EACH, n: SIZE.latentDimension, k: SIZE.latentDimension },
  /** jax-js has no peer of it; in plain JavaScript a step takes minutes and gigabytes. */
  without: ["jax-js", "tfjs-cpu"],
  said: "same loss and lengths of gradients",
  /** Engines cut blocks by draws of their own: what they must agree on is the loss of given blocks, and how long every gradient is. */
  fixed: () => ({
    targets: Int32Array.from({ length: USERS * TARGETS }, (_, i) => {
      return Math.floor(i / TARGETS) * EACH + CONTEXT + (i % TARGETS);
    }),
  }),
  features: FEATURES,
  peer: { layers: SIZE.layers, heads: SIZE.heads },
};
