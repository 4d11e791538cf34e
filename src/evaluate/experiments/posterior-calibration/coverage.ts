/**
 * The probability with which a credible set of mass `level` holds outcome `truth`: outcomes enter from the likeliest on, the last of them with the
 * probability that makes the set's mass exact; of exact beliefs it is `level` on average.
 * @param beliefs probabilities of the outcomes
 */
export function inclusion(beliefs: ArrayLike<number>, truth: number, level: number): number {
  const order = Array.from(beliefs, (_, i) => i).sort((a, b) => beliefs[b] - beliefs[a] || a - b);
  let mass = 0;
  for (const outcome of order) {
    const p = beliefs[outcome];
    const entering = p <= 0 ? 0 : Math.min(1, Math.max(0, (level - mass) / p));
    if (outcome === truth) return entering;
    mass += p;
  }
  return 0;
}

/** Divergence of beliefs from exact ones, in nats: sum exact · ln(exact / found). */
export function divergence(exact: ArrayLike<number>, found: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < exact.length; i++)
    if (exact[i] > 0) sum += exact[i] * (Math.log(exact[i]) - Math.log(found[i]));
  return Math.max(0, sum);
}
