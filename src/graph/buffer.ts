/** A number of rows that a feed sets before each step, at most `capacity`. */
export interface Extent {
  readonly name: string;
  readonly capacity: number;
  count: number;
}

export type Rows = number | Extent;

/**
 * Room for 32-bit values, as a plan sees it. A `fixed` buffer belongs to the engine, which finds it by its name; the others share one arena by
 * lifetime. A `part` lies inside another buffer.
 */
export interface Buffer {
  readonly name: string;
  /** 32-bit values at capacity. */
  readonly size: number;
  readonly fixed: boolean;
  /** What it holds for good. */
  readonly constant?: Float32Array;
  readonly part?: { readonly of: Buffer; readonly offset: number };
}

/** For each row of something, a row of something else: 32-bit integers that a feed writes. */
export interface Place {
  readonly buffer: Buffer;
  readonly rows: Rows;
}

export function fixed(name: string, size: number): Buffer {
  return { name, size, fixed: true };
}

/** `size` values of `buffer` from `offset` on. */
export function partOf(buffer: Buffer, offset: number, size: number): Buffer {
  return { name: `${buffer.name}+${offset}`, size, fixed: buffer.fixed, part: { of: buffer, offset } };
}

export function capacityOf(rows: Rows): number {
  return typeof rows === "number" ? rows : rows.capacity;
}

const multiples = new WeakMap<Extent, Map<number, Extent>>();
const origins = new WeakMap<Extent, { readonly of: Extent; readonly times: number }>();

/** So many rows for each of others: of the same others always the same extent. */
export function timesRows(rows: Rows, times: number): Rows {
  if (typeof rows === "number") return rows * times;
  const known = multiples.get(rows) ?? new Map<number, Extent>();
  const found = known.get(times) ?? multipleOf(rows, times);
  multiples.set(rows, known.set(times, found));
  origins.set(found, { of: rows, times });
  return found;
}

/** The rows of which these are so many each, as {@link timesRows} makes them; undefined where they are not. */
export function partRows(rows: Rows, times: number): Rows | undefined {
  if (times === 1) return rows;
  if (typeof rows === "number") return rows % times === 0 ? rows / times : undefined;
  const origin = origins.get(rows);
  return origin?.times === times ? origin.of : undefined;
}

function multipleOf(rows: Extent, times: number): Extent {
  return {
    name: `${times} ${rows.name}`,
    capacity: times * rows.capacity,
    get count() {
      return times * rows.count;
    },
  };
}
