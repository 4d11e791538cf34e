import { InputError } from "../../core/index.js";
import { featureDimension, type FeatureTable } from "../../data/index.js";
import { inner, mix, type ModelSpace, type LatentTools, type RowMap } from "../latent.js";
import type { Projector } from "./architecture.js";
import { project, type Encoding } from "./encode.js";
import { NAMES } from "./names.js";

/** g_k of contexts. */
export function contextMap(k: number, projector: Projector): Encoding {
  return { prefix: NAMES.prototypeMap(k), table: NAMES.contextTable(k), projector };
}

/** Vectors of the rows of a table under a map: computed from their features, or found by their ids where they are learned. */
export function vectors(
  tools: LatentTools,
  map: Encoding,
  name: "items" | "contexts",
  table: FeatureTable,
): Float32Array {
  if (table.features === undefined) return tools.learned(name, map.table, table);
  const f: RowMap = (ops, p, x) => project(ops, p, map, x);
  return tools.apply(f, table.features, featureDimension(table));
}

/**
 * The space of families in which a reward is an inner product of an item and a direction that depends on the context, mixed over K prototypes.
 * @param use `reward` of an item at a direction, default their inner product
 */
export function directionSpace(use: {
  readonly name: string;
  readonly dimension: number;
  readonly k: number;
  readonly projector: Projector;
  readonly reward?: ModelSpace["reward"];
}): Required<ModelSpace> {
  const { name, dimension, k, projector, reward = () => inner } = use;
  const prototypes = (tools: LatentTools, contexts?: FeatureTable): Float32Array => {
    if (contexts === undefined) {
      throw new InputError(
        `prototypes: the prototypes of ${name} are functions of the context; pass the contexts to see them at`,
      );
    }
    const maps = Array.from({ length: k }, (_, index) =>
      vectors(tools, contextMap(index, projector), "contexts", contexts),
    );
    return Float32Array.from(maps.flatMap((map) => [...map]));
  };
  return {
    dimension,
    geometry: "directions",
    joinsContexts: false,
    inContexts: () => true,
    items: (tools, table) =>
      vectors(tools, { prefix: NAMES.items, table: NAMES.itemTable, projector }, "items", table),
    prototypes,
    point: (tools, state, contexts) => mix(prototypes(tools, contexts), state),
    reward,
  };
}
