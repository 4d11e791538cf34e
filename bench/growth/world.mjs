import { randomStream } from "../../dist/index.js";

const ITEMS = 10_000;
/** Of the logistic noise: without noise the hinge loss dies out, and a step with it. */
const SLOPE = 0.02;

/** Users with ideal points and a fixed pool of items; comparisons of them are drawn chunk by chunk, each from a stream of its own. */
export function createWorld({ users, d, seed }, chunkSize) {
  const rng = randomStream(seed).split("growth");
  const features = rng.split("items").normals(ITEMS * d, 1 / Math.sqrt(d));
  const ideal = rng.split("users").normals(users * d, 1 / Math.sqrt(d));
  const distance = (item, user) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (features[item * d + j] - ideal[user * d + j]) ** 2;
    return d * sum;
  };
  const population = {
    users: Array.from({ length: users }, (_, i) => `user-${i}`),
    items: { ids: Array.from({ length: ITEMS }, (_, i) => `item-${i}`), features },
  };
  const columns = {
    user: new Int32Array(chunkSize),
    left: new Int32Array(chunkSize),
    right: new Int32Array(chunkSize),
    label: new Int8Array(chunkSize),
  };
  /** Comparisons `from` … `from + count` of all, users in turn, two items of the pool each; until the next call. */
  const chunk = (from, count) => {
    const draw = rng.split("chunks").split(from);
    const { user, left, right, label } = columns;
    for (let row = 0; row < count; row++) {
      user[row] = (from + row) % users;
      left[row] = draw.integer(ITEMS);
      right[row] = (left[row] + 1 + draw.integer(ITEMS - 1)) % ITEMS;
      const score = distance(left[row], user[row]) - distance(right[row], user[row]);
      label[row] = draw.uniform() < 1 / (1 + Math.exp(-SLOPE * score)) ? 1 : -1;
    }
    return Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, column.subarray(0, count)]),
    );
  };
  return { population, chunk };
}
