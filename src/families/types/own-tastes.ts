import type { Problem } from "../design/problem.js";
import type { Rows } from "../design/rows.js";

/** A user's own tastes, and where their rows find them. */
export interface OwnTastes {
  /** Columns of own tastes that the user's rows touch: first those of rows that were answered, `known` of them. */
  readonly columns: Int32Array;
  readonly known: number;
  /** For each of the user's rows in turn, where its entries are among `columns`. */
  readonly local: readonly Int32Array[];
  readonly asked: readonly Int32Array[];
  readonly tastes: Float64Array;
}

/** @param of `all`: columns that every user has, where tastes are correlated; else those that the user's rows touch */
export function tasteColumns(
  problem: Pick<Problem, "rowsOf" | "own">,
  user: number,
  of: { readonly asked?: { readonly own: Rows }; readonly askedRows: Int32Array; readonly all: number },
): OwnTastes {
  const place = new Map<number, number>();
  for (let c = 0; c < of.all; c++) place.set(c, c);
  const entries = (rows: Rows, row: number): Int32Array =>
    Int32Array.from({ length: rows.start[row + 1] - rows.start[row] }, (_, i) => {
      const column = rows.column[rows.start[row] + i];
      const at = place.get(column) ?? place.size;
      place.set(column, at);
      return at;
    });
  const local = Array.from(problem.rowsOf[user], (row) => entries(problem.own, row));
  const known = place.size;
  const { asked } = of;
  const found = asked === undefined ? [] : Array.from(of.askedRows, (row) => entries(asked.own, row));
  return {
    columns: Int32Array.from(place.keys()),
    known,
    local,
    asked: found,
    tastes: new Float64Array(place.size),
  };
}

/** <own row, tastes>; `at` is where the row's entries are among the tastes. */
export function tasteOf(rows: Rows, row: number, at: Int32Array, tastes: Float64Array): number {
  let sum = 0;
  const from = rows.start[row];
  for (let e = 0; e < at.length; e++) sum += rows.value[from + e] * tastes[at[e]];
  return sum;
}
