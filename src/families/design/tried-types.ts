import type { DataSizes } from "../parameters.js";
import { aboutContexts } from "./about-contexts.js";

/** Features of items up to which squares and products are added, so that people can have ideal points. */
const MOST_SQUARED = 8;

/** What validation chooses from of a family with K types: each K, with squares and products of features where these are few. */
export function triedTypes(
  sizes: DataSizes,
  ks: readonly number[],
): { k: number; utility: "linear" | "quadratic" }[] {
  const { features } = sizes.items;
  const isQuadratic = features > 0 && features <= MOST_SQUARED && !aboutContexts(sizes);
  return ks.map((k) => ({ k, utility: isQuadratic ? "quadratic" : "linear" }));
}
