import type { RandomStream } from "../../core/index.js";
import type { FeatureTable, Pairs } from "../../data/index.js";

/** Which pairs a pool may hold. */
export interface PoolOptions {
  /** Pairs at most. */
  readonly count: number;
  /** Rows of the items that may be asked about. */
  readonly rows: Int32Array;
  /** Whether two rows may be a question. */
  readonly mayAsk?: (left: number, right: number) => boolean;
}

/** Different pairs of a table's items, drawn at random: none twice, whichever way around. */
export function drawPool(
  items: FeatureTable,
  { count, rows, mayAsk = () => true }: PoolOptions,
  rng: RandomStream,
): Pairs {
  const drawn = new Map<string, readonly [number, number]>();
  // most of a small table's pairs are drawn soon; then it ends
  for (let trial = 0; trial < 20 * count && drawn.size < count; trial++) {
    const [left, right] = [rows[rng.integer(rows.length)], rows[rng.integer(rows.length)]];
    if (left === right || !mayAsk(left, right)) continue;
    const name = left < right ? `${left} ${right}` : `${right} ${left}`;
    if (!drawn.has(name)) drawn.set(name, [left, right]);
  }
  const pairs = [...drawn.values()];
  return {
    items,
    left: Int32Array.from(pairs, ([left]) => left),
    right: Int32Array.from(pairs, ([, right]) => right),
  };
}
