import { InputError } from "../../../core/index.js";
import type { Model } from "../../../model/index.js";
import type { LoadedPairs } from "../loaded-data.js";
import type { ParameterBlock } from "../parameters.js";
import type { Runtime } from "../runtime.js";
import type { Network } from "./network.js";
import { PalANetwork } from "./pal-a.js";
import { isQuadratic, QuadraticPalANetwork } from "./pal-a-linear.js";
import { PalBNetwork } from "./pal-b.js";
import { RewardNetwork } from "./reward.js";

export type { Network, UserRows } from "./network.js";

/** Builds the arithmetic of a model for batches of up to `capacity` of these pairs. */
export function createNetwork(
  runtime: Runtime,
  parameters: ParameterBlock,
  use: { readonly model: Model; readonly pairs: LoadedPairs; readonly capacity: number },
): Network {
  const { model, pairs, capacity } = use;
  const { contexts } = pairs;
  switch (model.kind) {
    case "pal-a":
      if (isQuadratic(model, pairs))
        return new QuadraticPalANetwork(runtime, parameters, { model, pairs, capacity });
      return new PalANetwork(runtime, parameters, { model, pairs, capacity });
    case "pal-b":
      if (contexts === undefined) throw new InputError("PalB: the data has no context column");
      return new PalBNetwork(runtime, parameters, {
        projector: model.projector,
        k: model.k,
        pairs,
        contexts,
        capacity,
      });
    case "bradley-terry":
      if (contexts === undefined) return new RewardNetwork(runtime, parameters, { model, pairs, capacity });
      return new PalBNetwork(runtime, parameters, {
        projector: model.projector,
        k: 1,
        pairs,
        contexts,
        capacity,
      });
  }
}
