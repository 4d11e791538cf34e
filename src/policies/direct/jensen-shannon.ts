import { checkFinite, checkNumbers, InputError, log } from "../../core/index.js";

/**
 * Jensen-Shannon distance of two distributions, 0 (the same) to 1 (nothing in common): the root of the mean of their divergences from their
 * mean, in bits. Both are divided by their sums.
 * @throws InputError for distributions of different lengths, numbers below 0, or nothing above it
 */
export function jensenShannon(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [a, b] = [p, q].map((values) => {
    checkNumbers("jensenShannon: distribution", values);
    checkFinite("jensenShannon: distribution", values);
    const all = Float64Array.from(values);
    const total = all.reduce((sum, value) => sum + value, 0);
    if (all.some((value) => value < 0) || total === 0)
      throw new InputError(
        `jensenShannon: a distribution must be numbers of 0 or more with a sum above 0, got ${all.slice(0, 5).join(", ")}`,
      );
    return all.map((value) => value / total);
  });
  if (a.length !== b.length)
    throw new InputError(
      `jensenShannon: distributions must be of as many values, got ${a.length} and ${b.length}`,
    );
  const part = (x: number, middle: number): number => (x > 0 ? x * log(x / middle) : 0);
  const sum = a.reduce((all, x, i) => all + part(x, (x + b[i]) / 2) + part(b[i], (x + b[i]) / 2), 0);
  return Math.sqrt(Math.max(0, sum) / (2 * log(2)));
}
