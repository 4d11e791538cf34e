import { stableJson } from "../core/index.js";
import { NAMES } from "../model/index.js";
import type { FittedModel } from "./fitted-model.js";
import { encodeTensors, type Tensor } from "./safetensors.js";

export const FORMAT = "pal-lab 1";
/** In the authors' code every parameter lies in a Lightning module. */
export const PREFIX = "prefLearner.";

/**
 * A fitted model as a safetensors file. Parameters are named and shaped as in the authors' PyTorch code: `prefLearner.item_learner.projector.…`,
 * `prefLearner.user_learner.P` [K, D], one `prefLearner.user_learner.W.<user>` [K] for each user. Metadata: `format`, `model` (configuration),
 * `users`, `sizes` and, where items or contexts are learned, their ids (all JSON).
 */
export function encodeModel(fitted: FittedModel): Uint8Array {
  const specs = fitted.model.parameters(fitted.sizes);
  const tensors = new Map<string, Tensor>();
  for (const { name, shape } of specs) {
    const values = fitted.parameters.get(name) ?? new Float32Array(0);
    if (name !== NAMES.weights) tensors.set(PREFIX + name, { shape, values });
    else {
      fitted.users.forEach((user, i) => {
        tensors.set(`${PREFIX}${name}.${user}`, {
          shape: [fitted.k],
          values: values.slice(i * fitted.k, (i + 1) * fitted.k),
        });
      });
    }
  }
  const { learnedItems, learnedContexts } = fitted;
  const metadata = {
    format: FORMAT,
    model: stableJson(fitted.model.config),
    users: JSON.stringify(fitted.users),
    sizes: stableJson(fitted.sizes),
    ...(learnedItems === undefined ? {} : { learnedItems: JSON.stringify(learnedItems) }),
    ...(learnedContexts === undefined ? {} : { learnedContexts: JSON.stringify(learnedContexts) }),
  };
  return encodeTensors({ tensors, metadata });
}
