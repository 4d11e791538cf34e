import type { Node } from "../node.js";
import * as primitives from "../primitives/index.js";

/** x and W of a linear layer x Wᵀ (+ bias). */
export function layerOf(node: Node): { readonly x: Node; readonly weight: Node } | undefined {
  const product = node.primitive === primitives.bias ? node.inputs[0] : node;
  if (product.primitive !== primitives.matmulTransposed) return undefined;
  const [x, weight] = product.inputs;
  return { x, weight };
}
