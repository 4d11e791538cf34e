import type { Extent } from "../buffer.js";
import type { Node } from "../node.js";
import * as primitives from "../primitives/index.js";
import { make } from "../trace.js";
import { layerOf, rawPairsOf } from "./layer.js";

/** A graph that computes the same where `more` is larger than `less`, with less work. */
export interface Alternative {
  readonly score: Node;
  readonly when: { readonly more: Extent; readonly less: Extent };
}

/** A line of the cache more than columns whose rows would all begin at the same place of it: products read them down the rows. */
function apartInCache(columns: number): number {
  return columns % 256 === 0 ? columns + 16 : columns;
}

/**
 * <W x_right - W x_left, u> = <W (x_right - x_left), u>: one row a comparison instead of one an item, which pays while a batch has more items than
 * comparisons. The bias cancels.
 */
export function differenceOfLayers(score: Node): Alternative | undefined {
  if (score.primitive !== primitives.innerScore) return undefined;
  const [z, u] = score.inputs;
  const [left, right, user] = score.places;
  const layer = layerOf(z);
  const { rows } = score;
  if (layer === undefined || typeof z.rows === "number" || typeof rows === "number") return undefined;
  const { x, weight } = layer;
  // items that were only gathered need not be
  const from = rawPairsOf(x) ?? { table: x, left, right };
  const apart = {
    ...make(primitives.differences, {
      ...{ inputs: [from.table], places: [from.left, from.right], rows, columns: x.columns },
    }),
    ...(from.table === x ? {} : { stride: apartInCache(x.columns) }),
  };
  const moved = make(primitives.matmulTransposed, { inputs: [apart, weight], rows, columns: z.columns });
  const points =
    u.rows === rows ? u : make(primitives.rows, { inputs: [u], places: [user], rows, columns: u.columns });
  return {
    score: make(primitives.rowDots, { inputs: [moved, points], rows, columns: 1 }),
    when: { more: z.rows, less: rows },
  };
}
