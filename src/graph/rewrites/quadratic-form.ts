import type { Node } from "../node.js";
import * as primitives from "../primitives/index.js";
import { make } from "../trace.js";
import { layerOf, rawPairsOf } from "./layer.js";

/**
 * |A l - A a|² - |A r - A a|² = <AᵀA (l - r), l + r - 2 a>, for points A a = A (w P) = w (A P): a bias cancels, as the weights w add up to 1. Less
 * work than projecting items and points while features are not much wider than the latent space.
 */
export function quadraticForm(score: Node): Node {
  const [z, u] = score.inputs;
  if (score.primitive !== primitives.distanceScore || score.settings[0] === true) return score;
  const items = layerOf(z);
  const raw = items === undefined ? undefined : rawPairsOf(items.x);
  if (items === undefined || raw === undefined) return score;
  const points = pointsBefore(u, items.weight);
  const { columns } = items.x;
  if (points === undefined || columns > 2 * z.columns) return score;
  const form = make(primitives.gram, { inputs: [items.weight], rows: columns, columns });
  return make(primitives.quadraticScore, {
    inputs: [form, points, raw.table],
    places: [raw.left, raw.right, score.places[2]],
    rows: score.rows,
    columns: 1,
  });
}

/** a of A a: what the layer saw, or the mixture of what it saw. */
function pointsBefore(u: Node, weight: Node): Node | undefined {
  const outside = layerOf(u);
  if (outside?.weight === weight) return outside.x;
  if (u.primitive !== primitives.matmul) return undefined;
  const [w, projected] = u.inputs;
  const inside = layerOf(projected);
  if (inside?.weight !== weight) return undefined;
  return make(primitives.matmul, { inputs: [w, inside.x], rows: u.rows, columns: inside.x.columns });
}
