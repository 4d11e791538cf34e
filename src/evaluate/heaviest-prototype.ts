import { checkNumbers, checkInteger } from "../core/index.js";

/** The heaviest prototype (from 0) of each user, of weights [U, K], row-major; -1 for all where K is 0. */
export function heaviestPrototype(weights: ArrayLike<number>, users: number): number[] {
  checkNumbers("heaviestPrototype: weights", weights);
  checkInteger("heaviestPrototype: users", users, { min: 1 });
  const k = weights.length / users;
  return Array.from({ length: users }, (_, user) => {
    let best = k === 0 ? -1 : 0;
    for (let j = 1; j < k; j++) if (weights[user * k + j] > weights[user * k + best]) best = j;
    return best;
  });
}
