import { featureDimension } from "../../data/index.js";
import { mix, type ModelSpace, type LatentTools, type RowMap } from "../latent.js";
import { NAMES, project } from "../parts/index.js";
import { itemMap, type PalASettings } from "./options.js";

/** Model A's space: items f(x), and the points f(P w), of which the corners are the prototypes. */
export function palALatent(given: PalASettings): ModelSpace {
  const f: RowMap = (ops, p, x) => project(ops, p, itemMap(given), x);
  const isLearned = (tools: LatentTools): boolean => tools.has(NAMES.itemTable);
  const points = (tools: LatentTools): Float32Array => tools.parameter(NAMES.prototypes);
  const prototypes = (tools: LatentTools): Float32Array => {
    const found = points(tools);
    if (given.userPoint === "Pw" || isLearned(tools)) return found.slice();
    return tools.apply(f, found, found.length / given.k);
  };
  return {
    dimension: given.latentDimension,
    geometry: "points",
    joinsContexts: true,
    inContexts: () => false,
    items(tools, table) {
      if (table.features === undefined) return tools.learned("items", NAMES.itemTable, table);
      return tools.apply(f, table.features, featureDimension(table));
    },
    prototypes,
    point(tools, state) {
      if (given.userPoint !== "f(Pw)" || isLearned(tools)) return mix(prototypes(tools), state);
      const mixed = mix(points(tools), state);
      return tools.apply(f, mixed, mixed.length);
    },
    reward: () => (z, point) => {
      const squared = z.reduce((sum, value, j) => sum + (value - point[j]) ** 2, 0);
      return given.distance === "plain" ? -Math.sqrt(squared) : -squared;
    },
  };
}
