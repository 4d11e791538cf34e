import { inner, type ModelSpace } from "../latent.js";

/**
 * The space of families in which a user mixes K rewards: items lie at their rewards, a reward's own direction is a unit vector, and a user's direction
 * their weights.
 */
export function rewardSpace(k: number, items: ModelSpace["items"]): ModelSpace {
  return {
    ...{ dimension: k, geometry: "directions", joinsContexts: true, inContexts: () => false, items },
    prototypes: () => Float32Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0)),
    point: (_, state) => state.slice(),
    reward: () => inner,
  };
}
