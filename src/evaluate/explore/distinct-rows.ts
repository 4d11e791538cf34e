import { pickRows, type Problem, type Rows } from "../../families/index.js";

/** The rows of a design that differ. */
export interface DistinctRows {
  /** The first row of each kind, in order. */
  readonly first: Int32Array;
  /** The kind of each row, shape [N]. */
  readonly kind: Int32Array;
}

/** Finds which rows of a design say the same: the same columns with the same values, in the same order. */
export function distinctRows(rows: Rows): DistinctRows {
  const known = new Map<string, number>();
  const first: number[] = [];
  const kind = new Int32Array(rows.start.length - 1);
  for (let row = 0; row < kind.length; row++) {
    const [from, to] = [rows.start[row], rows.start[row + 1]];
    const key = `${rows.column.subarray(from, to).join()}:${rows.value.subarray(from, to).join()}`;
    const found = known.get(key) ?? first.length;
    if (found === first.length) {
      known.set(key, found);
      first.push(row);
    }
    kind[row] = found;
  }
  return { first: Int32Array.from(first), kind };
}

/**
 * The same likelihood of one reward for all in as few rows as there are kinds: a row's weight is that of its kind, `right` the share that prefers right.
 * @returns the problem of answers to the rows: `right` and `weight`, shape [N] each
 */
export function mergedProblem(
  rows: Rows,
  { first, kind }: DistinctRows,
): (answers: { readonly right: Float64Array; readonly weight: Float64Array }) => Problem {
  const mean = pickRows(rows, first);
  const shared = { users: 1, mean, own: mean, user: new Int32Array(first.length) };
  const rowsOf = [Int32Array.from(first.keys())];
  return (answers) => {
    const [weight, sum] = [new Float64Array(first.length), new Float64Array(first.length)];
    for (let row = 0; row < kind.length; row++) {
      weight[kind[row]] += answers.weight[row];
      sum[kind[row]] += answers.weight[row] * answers.right[row];
    }
    const right = sum.map((value, g) => (weight[g] > 0 ? value / weight[g] : 0));
    return { ...shared, right, weight, rowsOf };
  };
}
