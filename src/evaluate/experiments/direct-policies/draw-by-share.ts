import type { RandomStream } from "../../../core/index.js";

/** An index, each as likely as its share. @param shares 0-1, adding up to 1 */
export function drawByShare(shares: ArrayLike<number>, rng: RandomStream): number {
  let left = rng.uniform();
  let at = 0;
  while (at < shares.length - 1 && (left -= shares[at]) >= 0) at++;
  return at;
}
