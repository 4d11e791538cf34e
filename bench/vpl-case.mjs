// VPL: a step finds 256 users from 8 answers each and predicts 8 others, with three layers of 64 for answers and three for rewards.
import { families, randomStream } from "../dist/index.js";
import { freshPairs } from "./fresh-pairs.mjs";
import { vplOperations } from "./operations.mjs";

const [USERS, CONTEXT, TARGETS, WIDTH, DEPTH, LATENT] = [256, 8, 8, 64, 3, 2];
const EACH = CONTEXT + TARGETS;

/** Every pass cuts a user's 16 answers into two blocks of 8, each predicted from the other: two steps of 256 blocks. */
export const VPL_CASE = {
  id: "vpl-256x16-w64",
  batch: USERS * TARGETS,
  batches: 2,
  model: new families.Vpl({
    ...{ latentDimension: LATENT, prior: "learned", klSchedule: "constant", contextDraw: "all" },
    ...{ encoderWidth: WIDTH, encoderDepth: DEPTH, decoderWidth: WIDTH, decoderDepth: DEPTH },
    ...{ contextSize: CONTEXT, targetSize: TARGETS },
  }),
  data: () =>
    freshPairs(USERS * EACH, {
      users: USERS,
      userOf: (row) => Math.floor(row / EACH),
      features: (rng, count) => Float32Array.from({ length: count }, () => rng.uniform()),
    }),
  operations: vplOperations({
    ...{ sets: USERS, context: CONTEXT, targets: TARGETS, width: WIDTH, depth: DEPTH, latent: LATENT },
  }),
  peer: { depth: DEPTH, latent: LATENT, klWeight: 1 },
  product: { m: 2 * USERS * TARGETS, n: WIDTH, k: WIDTH },
  /** Written in none of the peers that it lacks. */
  without: ["jax-js"],
  said: "same loss and lengths of gradients",
  /** Draws differ between engines: what they must agree on is the loss at given draws, and how long every gradient is. */
  fixed: () => ({
    targets: Int32Array.from({ length: USERS * TARGETS }, (_, i) => {
      return Math.floor(i / TARGETS) * EACH + CONTEXT + (i % TARGETS);
    }),
    noise: randomStream(2).normals(USERS * LATENT),
  }),
};

/** Loss and lengths of gradients at {@link VPL_CASE}.fixed, of one of our engines. */
export function fixedLosses(engine, { model, fixed }, { data, start }) {
  const { loss, gradients } = engine.lossAndGradients(model, start, data, fixed());
  const lengths = [...gradients].filter(([parameter]) => !parameter.startsWith("user_learner."));
  return [loss, ...lengths.map(([, values]) => Math.hypot(...values))];
}
