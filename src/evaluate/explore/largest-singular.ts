import type { Rows } from "../../families/index.js";

const POWER_ITERATIONS = 12;

/**
 * Square of the largest singular value of residuals, users by columns of a design, by power iteration. What a user's rows say of one column is added
 * up first: rankings repeat items in many pairs.
 * @param start where the iteration starts, a number a user
 * @returns the value for residuals of the rows, shape [N]
 */
export function largestSingular(
  rows: Rows,
  user: Int32Array,
  start: Float64Array,
): (residual: Float64Array) => number {
  const cells = cellsOf(rows, user);
  const value = new Float64Array(cells.user.length);
  return (residual) => {
    value.fill(0);
    for (let row = 0; row < user.length; row++)
      for (let e = rows.start[row]; e < rows.start[row + 1]; e++)
        value[cells.of[e]] += rows.value[e] * residual[row];
    return iterate({ ...cells, value, width: rows.width }, start);
  };
}

/** A matrix that is mostly 0: users by columns. */
interface Cells {
  readonly user: Int32Array;
  readonly column: Int32Array;
}

/** The cells that entries of the design fall into, in the order in which they come. */
function cellsOf(rows: Rows, user: Int32Array): Cells & { readonly of: Int32Array } {
  const known = new Map<number, number>();
  const of = new Int32Array(rows.column.length);
  for (let row = 0; row < user.length; row++) {
    for (let e = rows.start[row]; e < rows.start[row + 1]; e++) {
      const key = user[row] * rows.width + rows.column[e];
      const cell = known.get(key) ?? known.size;
      known.set(key, cell);
      of[e] = cell;
    }
  }
  // keys may pass 2^31
  return {
    of,
    user: Int32Array.from(known.keys(), (key) => Math.floor(key / rows.width)),
    column: Int32Array.from(known.keys(), (key) => key % rows.width),
  };
}

function iterate(
  { user, column, value, width }: Cells & { readonly value: Float64Array; readonly width: number },
  start: Float64Array,
): number {
  let x = start;
  let found = 0;
  for (let i = 0; i < POWER_ITERATIONS; i++) {
    const byColumn = new Float64Array(width);
    const byUser = new Float64Array(x.length);
    for (let cell = 0; cell < value.length; cell++) byColumn[column[cell]] += value[cell] * x[user[cell]];
    for (let cell = 0; cell < value.length; cell++)
      byUser[user[cell]] += value[cell] * byColumn[column[cell]];
    let [inner, before, length] = [0, 0, 0];
    for (let u = 0; u < x.length; u++) {
      inner += x[u] * byUser[u];
      before += x[u] * x[u];
      length += byUser[u] * byUser[u];
    }
    found = before === 0 ? 0 : inner / before;
    const scale = Math.sqrt(length) || 1;
    x = byUser.map((each) => each / scale);
  }
  return found;
}
