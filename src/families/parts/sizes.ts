import { featureDimension, type Pairs } from "../../data/index.js";
import type { DataSizes } from "../parameters.js";

/** The sizes that give a model its parameter shapes. */
export function dataSizes(pairs: Pick<Pairs, "items" | "contexts">, users: number): DataSizes {
  const { items, contexts } = pairs;
  return {
    users,
    items: { rows: items.ids.length, features: featureDimension(items) },
    ...(contexts === undefined
      ? {}
      : { contexts: { rows: contexts.ids.length, features: featureDimension(contexts) } }),
  };
}

/** A dimension for items to lie in where nobody says one: that of their features and their contexts', 8 at most; 4 where they are learned. */
export function latentSize({ items, contexts }: DataSizes): number {
  const features = items.features + (contexts?.features ?? 0);
  return features === 0 ? 4 : Math.min(8, features);
}
