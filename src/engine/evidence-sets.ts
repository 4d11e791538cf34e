/** The answers that each of several states is found from. */
export interface EvidenceSets {
  /** State s is found from rows[from[s]] … rows[from[s + 1] - 1] of the comparisons: one number more than states. */
  readonly from: Int32Array;
  readonly rows: Int32Array;
}

/** All answers of each user, in the order of the data, but those in the rows `without`. */
export function answersOfUsers(user: Int32Array, users: number, without?: Int32Array): EvidenceSets {
  const left = new Set(without);
  const from = new Int32Array(users + 1);
  user.forEach((who, row) => (from[who + 1] += left.has(row) ? 0 : 1));
  for (let u = 0; u < users; u++) from[u + 1] += from[u];
  const next = from.slice();
  const rows = new Int32Array(from[users]);
  user.forEach((who, row) => {
    if (!left.has(row)) rows[next[who]++] = row;
  });
  return { from, rows };
}
