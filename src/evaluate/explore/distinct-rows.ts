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

/** The same likelihood of one reward for all in as few rows as there are kinds: a row's weight is that of its kind, `right` the share that prefers right. */
export function mergedProblem(
  problem: Problem,
  { first, kind }: DistinctRows,
): { readonly problem: Problem; rightOf(right: Float64Array): Float64Array } {
  const weight = new Float64Array(first.length);
  kind.forEach((g, row) => (weight[g] += problem.weight[row]));
  const mean = pickRows(problem.mean, first);
  const rightOf = (right: Float64Array): Float64Array => {
    const sum = new Float64Array(first.length);
    for (let row = 0; row < kind.length; row++) sum[kind[row]] += problem.weight[row] * right[row];
    return sum.map((value, g) => (weight[g] > 0 ? value / weight[g] : 0));
  };
  const right = rightOf(problem.right);
  const merged = { ...{ users: 1, mean, own: mean, user: new Int32Array(first.length), right, weight } };
  return { problem: { ...merged, rowsOf: [Int32Array.from(first.keys())] }, rightOf };
}
