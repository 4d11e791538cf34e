import {
  fixed,
  source,
  type Buffer,
  type Extent,
  type Node,
  type PairInputs,
  type Place,
} from "../../../graph/index.js";
import type { LoadedPairs } from "../loaded-data.js";

/** Row counts of a batch. */
export interface BatchExtents {
  readonly comparisons: Extent;
  readonly users: Extent;
  readonly items: Extent;
  readonly contexts: Extent;
  /** Both items of every comparison. */
  readonly sides: Extent;
}

export function batchExtents(capacity: number): BatchExtents {
  const extent = (name: string, most: number): Extent => ({ name, capacity: most, count: 0 });
  return {
    comparisons: extent("comparisons", capacity),
    users: extent("users", capacity),
    items: extent("items", 2 * capacity),
    contexts: extent("contexts", capacity),
    sides: extent("sides", 2 * capacity),
  };
}

/** A batch as a graph sees it: names of what a feed fills. */
export function pairInputs(pairs: LoadedPairs, extents: BatchExtents): PairInputs<Node, Place> {
  const { comparisons, users, items, contexts, sides } = extents;
  const place = (name: string, rows: Extent): Place => ({ buffer: fixed(name, rows.capacity), rows });
  const table = (name: string, { rows, columns }: { rows: number; columns: number }): Buffer =>
    fixed(name, rows * columns);
  const width = pairs.items.columns + (pairs.contexts?.columns ?? 0);
  const raw = {
    features: table("items.table", pairs.items),
    left: place("left", comparisons),
    right: place("right", comparisons),
  };
  return {
    users: { rows: place("users.rows", users), of: place("users.of", comparisons) },
    items: {
      features: features("items.features", items, pairs.items.columns, raw),
      rows: place("items.rows", items),
      left: place("items.left", comparisons),
      right: place("items.right", comparisons),
    },
    itemsInContext: {
      features: features("sides.features", sides, width),
      rows: place("sides.rows", sides),
      left: place("sides.left", comparisons),
      right: place("sides.right", comparisons),
    },
    contexts:
      pairs.contexts === undefined
        ? undefined
        : {
            features: features("contexts.features", contexts, pairs.contexts.columns),
            rows: place("contexts.rows", contexts),
            of: place("contexts.of", comparisons),
          },
    own: place("own", comparisons),
  };
}

function features(
  name: string,
  rows: Extent,
  columns: number,
  table?: NonNullable<Node["source"]>["table"],
): Node | undefined {
  if (columns === 0) return undefined;
  const value = fixed(name, rows.capacity * columns);
  const from = table === undefined ? { value } : { value, table };
  return { primitive: source, inputs: [], places: [], settings: [], rows, columns, source: from };
}
