import type { Rows } from "./rows.js";

/** Answers as a logistic regression with users: what fitting needs of data. */
export interface Problem {
  readonly users: number;
  readonly mean: Rows;
  readonly own: Rows;
  /** Shape [N]. */
  readonly user: Int32Array;
  /** 1 where right is preferred, else 0, shape [N]. */
  readonly right: Float64Array;
  /** Shape [N]; a tie kept is two rows of weight 1/2. */
  readonly weight: Float64Array;
  /** Rows of each user. */
  readonly rowsOf: readonly Int32Array[];
}

/** Answers and their design's rows as a {@link Problem}. @param answers.weight default 1 each */
export function problemOf(
  rows: { readonly mean: Rows; readonly own: Rows },
  answers: {
    readonly users: number;
    readonly user: Int32Array;
    readonly label: Int8Array;
    readonly weight?: Float32Array;
  },
): Problem {
  const { users, user, label, weight } = answers;
  return {
    ...rows,
    users,
    user,
    right: Float64Array.from(label, (value) => (value > 0 ? 1 : 0)),
    weight: weight === undefined ? new Float64Array(user.length).fill(1) : Float64Array.from(weight),
    rowsOf: rowsByUser(user, users),
  };
}

export function rowsByUser(user: Int32Array, users: number): Int32Array[] {
  const count = new Int32Array(users);
  for (const u of user) count[u]++;
  const rows = Array.from(count, (n) => new Int32Array(n));
  count.fill(0);
  user.forEach((u, row) => (rows[u][count[u]++] = row));
  return rows;
}
