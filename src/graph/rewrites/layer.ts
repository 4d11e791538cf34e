import type { Node, RawPairs } from "../node.js";
import * as primitives from "../primitives/index.js";

/** x and W of a linear layer x Wᵀ (+ bias). */
export function layerOf(node: Node): { readonly x: Node; readonly weight: Node } | undefined {
  const product = node.primitive === primitives.bias ? node.inputs[0] : node;
  if (product.primitive !== primitives.matmulTransposed) return undefined;
  const [x, weight] = product.inputs;
  return { x, weight };
}

/** The table that a batch's items were gathered from, and each comparison's rows in it. */
export function rawPairsOf(x: Node): (RawPairs & { readonly table: Node }) | undefined {
  if (x.primitive !== primitives.rows) return undefined;
  const [table] = x.inputs;
  const pairs = table.source?.pairs;
  return pairs === undefined ? undefined : { ...pairs, table };
}
