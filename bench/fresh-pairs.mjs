import { randomStream } from "../dist/index.js";

/**
 * Pairs of items that no other pair has, answered at random: no loss dies out.
 * @param options `users`, the user of a row, and `features` of so many items from a stream
 */
export function freshPairs(rows, { users, userOf, features }) {
  const rng = randomStream(1);
  const draw = rng.split("labels");
  const left = Int32Array.from({ length: rows }, (_, row) => 2 * row);
  return {
    users: Array.from({ length: users }, (_, i) => `user-${i}`),
    items: {
      ids: Array.from({ length: 2 * rows }, (_, i) => `item-${i}`),
      features: features(rng, 2 * rows),
    },
    user: left.map((_, row) => userOf(row)),
    left,
    right: left.map((item) => item + 1),
    label: Int8Array.from({ length: rows }, () => (draw.uniform() < 0.5 ? -1 : 1)),
    source: { name: "benchmark", license: "CC0-1.0", sha256: "" },
  };
}
