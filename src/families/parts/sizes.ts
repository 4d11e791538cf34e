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
