import { log } from "../../core/index.js";
import type { Chain } from "./chain.js";
import { drawPlace, factorise } from "./draws.js";
import { normalise } from "./logistic.js";
import { solveTransposed } from "./newton.js";
import { tasteOf, type OwnTastes } from "./own-tastes.js";
import { polyaGamma } from "./polya-gamma.js";
import { dot } from "../design/rows.js";

export function drawOmega(chain: Chain): void {
  const { user, mean, weight } = chain.problem;
  const { rng } = chain.options;
  for (let row = 0; row < user.length; row++) {
    const s = dot(mean, row, chain.means, chain.type[user[row]] * chain.d) + chain.taste[row];
    chain.omega[row] = weight[row] * polyaGamma(s, rng);
  }
}

/** A user's type with tastes integrated out, and then their tastes. */
export function drawUser(chain: Chain, u: number): void {
  const { problem, options } = chain;
  const [k, d] = [chain.k, chain.d];
  const rows = problem.rowsOf[u];
  const own = chain.own[u] as OwnTastes | undefined;
  const q = own?.known ?? 0;
  const lower = own === undefined ? EMPTY : factor(chain, own, rows);
  const { logs, belief } = chain.scratch;
  const sides = chain.scratch.sides.subarray(0, k * q).fill(0);
  for (let j = 0; j < k; j++) {
    const side = sides.subarray(j * q, (j + 1) * q);
    let value = log(chain.shares[j]);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const s = dot(problem.mean, row, chain.means, j * d);
      const kappa = problem.weight[row] * (problem.right[row] - 0.5);
      value += kappa * s - 0.5 * chain.omega[row] * s * s;
      if (own !== undefined) {
        const at = own.local[i];
        const from = problem.own.start[row];
        const left = kappa - chain.omega[row] * s;
        for (let e = 0; e < at.length; e++) side[at[e]] += left * problem.own.value[from + e];
      }
    }
    // L side' = side: half of the quadratic form
    for (let i = 0; i < q; i++) {
      for (let p = 0; p < i; p++) side[i] -= lower[i * q + p] * side[p];
      side[i] /= lower[i * q + i];
      value += 0.5 * side[i] * side[i];
    }
    logs[j] = value;
  }
  normalise(logs, belief, 0);
  const type = k === 1 ? 0 : drawPlace(belief, 0, k, options.rng);
  chain.type[u] = type;
  if (own === undefined) return;
  const tastes = sides.subarray(type * q, (type + 1) * q);
  for (let i = 0; i < q; i++) tastes[i] += options.rng.normal();
  solveTransposed(lower, tastes);
  own.tastes.set(tastes);
  const deviation = Math.sqrt(chain.tau.variance);
  for (let i = q; i < own.columns.length; i++) own.tastes[i] = deviation * options.rng.normal();
  for (let i = 0; i < rows.length; i++)
    chain.taste[rows[i]] = tasteOf(problem.own, rows[i], own.local[i], own.tastes);
}

/** Cholesky factor of the precision of a user's tastes. */
function factor(chain: Chain, own: OwnTastes, rows: Int32Array): Float64Array {
  const q = own.known;
  const a = chain.scratch.factor.subarray(0, q * q).fill(0);
  if (chain.tastes === "correlated") a.set(chain.precision);
  else for (let i = 0; i < q; i++) a[i * q + i] = 1 / chain.tau.variance;
  const { start, value } = chain.problem.own;
  for (let n = 0; n < rows.length; n++) {
    const row = rows[n];
    const at = own.local[n];
    const from = start[row];
    const omega = chain.omega[row];
    for (let e = 0; e < at.length; e++) {
      const scaled = omega * value[from + e];
      for (let f = 0; f <= e; f++) {
        const [i, j] = at[e] >= at[f] ? [at[e], at[f]] : [at[f], at[e]];
        a[i * q + j] += scaled * value[from + f];
      }
    }
  }
  factorise(a, q);
  return a;
}

const EMPTY = new Float64Array(0);
