import { stableJson } from "../core/index.js";
import type { FittedParts } from "./fitted-parts.js";
import { encodeTensors, type Tensor } from "../formats/index.js";

export const FORMAT = "pal-lab 1";
/** In the authors' code every parameter lies in a Lightning module. */
export const PREFIX = "prefLearner.";

/**
 * A fitted model as a safetensors file. Parameters (all F32) are named and shaped as in the authors' PyTorch code, below `prefLearner.`;
 * D: features of an item (Model A: with those of its context), E: of a context, d: latent dimension.
 *
 * - `item_learner.projector.mlp.layers.<0|3|6>.weight` [out, in], `.bias` [out]: f. Without features: `item_learner.table` [items, d].
 * - `user_learner.P` [K, D], or [K, d] where the user's point is `Pw` or items are learned: the prototypes of Model A.
 * - `user_learner.projectors.<k>.mlp.layers.<n>.weight` [out, E or d], `.bias`: g_k of Model B. Without features: `user_learner.tables.<k>` [contexts, d].
 * - `user_learner.W.<user>` [K]: free weights, of which the softmax is on the simplex.
 * - `user_learner.posterior.<user>` [2 d]: of VPL, means and log variances of z, found from the user's answers.
 * - `user_learner.found.<user>` [S]: of GPO and P-TTT, what is kept of the user's answers.
 * - `logit_scale` []: logarithm of the cosine's scale.
 *
 * Metadata: `format`, `model` (configuration), `users`, `sizes` and, where items or contexts are learned, `learnedItems` and `learnedContexts`
 * (their ids), `coding` (how the answers were read) and, where items are texts, `trainedItems` (their ids); all but `format` are JSON. See docs/safetensors.md.
 */
export function encodeModel(fitted: FittedParts): Uint8Array {
  const specs = fitted.model.parameters(fitted.sizes);
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, per } of specs) {
    const values = fitted.parameters.get(name) ?? new Float32Array(0);
    if (per === undefined) tensors.set(PREFIX + name, { shape, values });
    else {
      const [, width] = shape;
      fitted.users.forEach((user, i) => {
        const own = values.slice(i * width, (i + 1) * width);
        tensors.set(`${PREFIX}${name}.${user}`, { shape: [width], values: own });
      });
    }
  }
  const { learnedItems, learnedContexts, coding, trainedItems } = fitted;
  const metadata = {
    format: FORMAT,
    model: stableJson(fitted.model.config),
    users: JSON.stringify(fitted.users),
    sizes: stableJson(fitted.sizes),
    ...(learnedItems === undefined ? {} : { learnedItems: JSON.stringify(learnedItems) }),
    ...(learnedContexts === undefined ? {} : { learnedContexts: JSON.stringify(learnedContexts) }),
    ...(coding === undefined ? {} : { coding: stableJson(coding) }),
    ...(trainedItems === undefined ? {} : { trainedItems: JSON.stringify(trainedItems) }),
  };
  return encodeTensors({ tensors, metadata });
}
