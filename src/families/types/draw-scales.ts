import type { Chain } from "./chain.js";
import { identity, sumOfSquares, wishart } from "./draws.js";

export function drawScales(chain: Chain): void {
  const { rng } = chain.options;
  const [k, d] = [chain.k, chain.d];
  const counts = new Float64Array(k).fill(1);
  for (const type of chain.type) counts[type]++;
  let total = 0;
  for (let j = 0; j < k; j++) total += chain.shares[j] = rng.gamma(counts[j]);
  for (let j = 0; j < k; j++) chain.shares[j] = Math.max(chain.shares[j] / total, 1e-12);
  if (k > 1) {
    const [a, b] = [1 / chain.spread.variance, 1 / chain.popularity.variance];
    for (let c = 0; c < d; c++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += chain.means[j * d + c];
      chain.centre[c] = (a * sum) / (k * a + b) + rng.normal() / Math.sqrt(k * a + b);
    }
    let around = 0;
    for (let i = 0; i < k * d; i++) around += (chain.means[i] - chain.centre[i % d]) ** 2;
    chain.spread.draw(around, k * d, rng);
    chain.popularity.draw(sumOfSquares(chain.centre), d, rng);
  } else chain.popularity.draw(sumOfSquares(chain.means), d, rng);
  if (chain.tastes === "own") {
    let [sum, n] = [0, 0];
    for (const { tastes } of chain.own) {
      sum += sumOfSquares(tastes);
      n += tastes.length;
    }
    chain.tau.draw(sum, n, rng);
  } else if (chain.tastes === "correlated") drawCovariance(chain);
}

/** Inverse Wishart with Q + 2 degrees of freedom and mean I. */
function drawCovariance(chain: Chain): void {
  const q = chain.q;
  const scale = identity(q, 1);
  for (const { tastes } of chain.own)
    for (let r = 0; r < q; r++) for (let c = 0; c <= r; c++) scale[r * q + c] += tastes[r] * tastes[c];
  chain.precision = wishart(scale, q, q + 2 + chain.own.length, chain.options.rng);
}
