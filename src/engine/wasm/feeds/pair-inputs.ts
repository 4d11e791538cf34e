import {
  fixed,
  source,
  type Buffer,
  type Extent,
  type Node,
  type Ops,
  type PairInputs,
  type Place,
  type Rows,
} from "../../../graph/index.js";
import type { LoadedPairs, LoadedTable } from "../loaded-data.js";

/** Row counts of a batch. */
export interface BatchExtents {
  readonly comparisons: Extent;
  readonly users: Extent;
  readonly items: Extent;
  readonly contexts: Extent;
  /** Both items of every comparison. */
  readonly sides: Extent;
  /** Answers that the users' states are found from. */
  readonly answers: Extent;
}

/** @param answers that states of a batch's users are found from, at most; 0 where they are not found from answers */
export function batchExtents(capacity: number, answers = 0): BatchExtents {
  const extent = (name: string, most: number): Extent => ({ name, capacity: most, count: 0 });
  return {
    comparisons: extent("comparisons", capacity),
    users: extent("users", capacity),
    items: extent("items", 2 * capacity),
    contexts: extent("contexts", capacity),
    sides: extent("sides", 2 * capacity),
    answers: extent("answers", answers),
  };
}

/** A batch as a graph sees it: names of what a feed fills. Distinct rows are gathered by the graph. */
export function pairInputs(
  ops: Ops<Node, Place>,
  pairs: LoadedPairs,
  extents: BatchExtents,
): PairInputs<Node, Place> {
  const { comparisons, users, items, contexts, sides } = extents;
  const place = (name: string, rows: Extent): Place => ({ buffer: fixed(name, rows.capacity), rows });
  const raw = { left: place("left", comparisons), right: place("right", comparisons) };
  const itemRows = place("items.rows", items);
  const contextRows = place("contexts.rows", contexts);
  const width = pairs.items.columns + (pairs.contexts?.columns ?? 0);
  return {
    users: { rows: place("users.rows", users), of: place("users.of", comparisons) },
    items: {
      features: gathered(ops, tableNode("items.table", pairs.items, raw), itemRows),
      rows: itemRows,
      left: place("items.left", comparisons),
      right: place("items.right", comparisons),
    },
    itemsInContext: {
      features:
        width === 0 ? undefined : sourceNode(fixed("sides.features", sides.capacity * width), sides, width),
      rows: place("sides.rows", sides),
      left: place("sides.left", comparisons),
      right: place("sides.right", comparisons),
    },
    contexts:
      pairs.contexts === undefined
        ? undefined
        : {
            features: gathered(ops, tableNode("contexts.table", pairs.contexts), contextRows),
            rows: contextRows,
            of: place("contexts.of", comparisons),
          },
    own: place("own", comparisons),
  };
}

/** A node of what lies in a buffer. */
export function sourceNode(
  value: Buffer,
  rows: Rows,
  columns: number,
  more: Omit<Source, "value"> = {},
): Node {
  return {
    primitive: source,
    inputs: [],
    places: [],
    settings: [],
    rows,
    columns,
    source: { value, ...more },
  };
}

type Source = NonNullable<Node["source"]>;

/** undefined for a table without features. */
export function tableNode(
  name: string,
  { rows, columns }: LoadedTable,
  pairs?: Source["pairs"],
): Node | undefined {
  if (columns === 0) return undefined;
  return sourceNode(fixed(name, rows * columns), rows, columns, pairs === undefined ? {} : { pairs });
}

/** Rows of a table; undefined where it has no features. */
export function gathered(ops: Ops<Node, Place>, table: Node | undefined, index: Place): Node | undefined {
  return table === undefined ? undefined : ops.rows(table, index);
}
