import type { Chain } from "./chain.js";
import { drawNormal } from "./draws.js";
import { tasteOf } from "./own-tastes.js";

export function drawMeans(chain: Chain): void {
  const { problem, options } = chain;
  const { user, mean, weight, right } = problem;
  const [k, d] = [chain.k, chain.d];
  const size = chain.diagonal ? d : d * d;
  const a = new Float64Array(k * size);
  const b = new Float64Array(k * d);
  const precision = 1 / (k === 1 ? chain.popularity : chain.spread).variance;
  for (let j = 0; j < k; j++) {
    for (let c = 0; c < d; c++) {
      a[j * size + (chain.diagonal ? c : c * d + c)] = precision;
      b[j * d + c] = k === 1 ? 0 : precision * chain.centre[c];
    }
  }
  for (let row = 0; row < user.length; row++) {
    const type = chain.type[user[row]];
    const omega = chain.omega[row];
    const left = weight[row] * (right[row] - 0.5) - omega * chain.taste[row];
    for (let e = mean.start[row]; e < mean.start[row + 1]; e++) {
      const column = mean.column[e];
      b[type * d + column] += left * mean.value[e];
      const scaled = omega * mean.value[e];
      if (chain.diagonal) a[type * size + column] += scaled * mean.value[e];
      else {
        for (let f = mean.start[row]; f <= e; f++) {
          const other = mean.column[f];
          const at = column > other ? column * d + other : other * d + column;
          a[type * size + at] += scaled * mean.value[f];
        }
      }
    }
  }
  for (let j = 0; j < k; j++)
    drawNormal(a.subarray(j * size, (j + 1) * size), b.subarray(j * d, (j + 1) * d), options.rng);
  chain.means.set(b);
}

/** Types' utilities given users' whole utilities, which stay as they are. */
export function drawMeansGivenUsers(chain: Chain): void {
  const { problem, options } = chain;
  const [k, d] = [chain.k, chain.d];
  const prior = 1 / (k === 1 ? chain.popularity : chain.spread).variance;
  const full = chain.tastes === "correlated";
  const members = new Float64Array(k);
  const count = new Float64Array(k * d);
  const sum = new Float64Array(k * d);
  const [own, types] = [chain.own, chain.type];
  own.forEach(({ columns, tastes }, u) => {
    const at = types[u] * d;
    members[types[u]]++;
    for (let i = 0; i < columns.length; i++) {
      count[at + columns[i]]++;
      sum[at + columns[i]] += chain.means[at + columns[i]] + tastes[i];
    }
  });
  const before = chain.means.slice();
  for (let j = 0; j < k; j++) {
    if (full) {
      const a = chain.precision.map((value) => members[j] * value);
      const b = new Float64Array(d);
      for (let r = 0; r < d; r++) {
        a[r * d + r] += prior;
        b[r] = k === 1 ? 0 : prior * chain.centre[r];
        for (let c = 0; c < d; c++) b[r] += chain.precision[r * d + c] * sum[j * d + c];
      }
      drawNormal(a, b, options.rng);
      chain.means.set(b, j * d);
    } else {
      for (let c = 0; c < d; c++) {
        const precision = prior + count[j * d + c] / chain.tau.variance;
        const side = (k === 1 ? 0 : prior * chain.centre[c]) + sum[j * d + c] / chain.tau.variance;
        chain.means[j * d + c] = side / precision + options.rng.normal() / Math.sqrt(precision);
      }
    }
  }
  own.forEach(({ columns, tastes, local }, u) => {
    const at = types[u] * d;
    for (let i = 0; i < columns.length; i++)
      tastes[i] += before[at + columns[i]] - chain.means[at + columns[i]];
    problem.rowsOf[u].forEach((row, n) => (chain.taste[row] = tasteOf(problem.own, row, local[n], tastes)));
  });
}
