import { solveSymmetric, type RandomStream } from "../../core/index.js";
import type { KnownColumn } from "./known-column.js";

/** Scores of users under one reward for all, row-major [U, width]. */
export interface ScoresOfUsers {
  readonly width: number;
  readonly values: Float64Array;
}

export interface Permutations {
  readonly few: number;
  /** Where the first give a p-value below `close`. */
  readonly many: number;
  readonly close: number;
}

/** Part of the users that must lie on either side of a cut. */
const TRIM = 0.1;

/**
 * The score statistic of a column, and its p-value by permuting the column over users. Categories: Σ_g (n / n_g) S_g' V⁻¹ S_g, with S_g the sum of
 * the group's scores and V = Σ s s'; numbers: the largest of the two-group statistic over cuts between distinct values.
 */
export function columnStatistic(
  scores: ScoresOfUsers,
  column: KnownColumn,
  rng: RandomStream,
  { few, many, close }: Permutations,
): { readonly statistic: number; readonly pValue: number; readonly permutations: number } {
  const white = whiten(scores, column.place);
  const statistic = column.type === "categorical" ? byGroups(column) : byCuts(column);
  const real = statistic(white, identity(column.place.length));
  let above = 0;
  let done = 0;
  const until = (count: number): number => {
    for (; done < count; done++)
      if (statistic(white, rng.permutation(column.place.length)) >= real - 1e-12) above++;
    return (1 + above) / (1 + done);
  };
  const quick = until(few);
  const pValue = quick < close ? until(many) : quick;
  return { statistic: real, pValue, permutations: done };
}

interface Whitened {
  readonly rank: number;
  /** Row-major [n, rank]: their squared lengths are S' V⁻¹ S. */
  readonly values: Float64Array;
}

type Statistic = (white: Whitened, order: Int32Array) => number;

function identity(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

/** Scores less their mean, multiplied by the inverse Cholesky factor of V; directions without variance are left out. */
function whiten({ width, values }: ScoresOfUsers, place: Int32Array): Whitened {
  const n = place.length;
  const centred = new Float64Array(n * width);
  for (let c = 0; c < width; c++) {
    let mean = 0;
    for (const u of place) mean += values[u * width + c] / n;
    place.forEach((u, i) => (centred[i * width + c] = values[u * width + c] - mean));
  }
  const v = new Float64Array(width * width);
  for (let i = 0; i < n; i++)
    for (let a = 0; a < width; a++)
      for (let b = 0; b <= a; b++) v[a * width + b] += centred[i * width + a] * centred[i * width + b];
  // Gram-Schmidt over columns: one that the others give already (the last item's) has a pivot of 0
  const kept: number[] = [];
  for (let c = 0; c < width; c++) {
    const size = v[c * width + c];
    if (size <= 0) continue;
    const rest = size - explained(v, width, kept, c);
    if (rest > 1e-8 * size) kept.push(c);
  }
  const r = kept.length;
  const lower = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = v[kept[i] * width + kept[j]];
      for (let p = 0; p < j; p++) sum -= lower[i * r + p] * lower[j * r + p];
      lower[i * r + j] = i === j ? Math.sqrt(sum) : sum / lower[j * r + j];
    }
  }
  const white = new Float64Array(n * r);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < r; a++) {
      let sum = centred[i * width + kept[a]];
      for (let p = 0; p < a; p++) sum -= lower[a * r + p] * white[i * r + p];
      white[i * r + a] = sum / lower[a * r + a];
    }
  }
  return { rank: r, values: white };
}

/** Variance of column `c` that the columns kept explain. */
function explained(v: Float64Array, width: number, kept: readonly number[], c: number): number {
  const r = kept.length;
  if (r === 0) return 0;
  const at = (a: number, b: number): number => v[Math.max(a, b) * width + Math.min(a, b)];
  const gram = Float64Array.from({ length: r * r }, (_, i) => at(kept[Math.floor(i / r)], kept[i % r]));
  const side = Float64Array.from(kept, (other) => at(c, other));
  const [solved] = solveSymmetric(gram, [side]);
  return side.reduce((sum, value, i) => sum + value * solved[i], 0);
}

function byGroups({ value, groups, place }: KnownColumn): Statistic {
  const sizes = groups.map((_, g) => value.filter((each) => each === g).length);
  return ({ rank, values }, order) => {
    const sums = new Float64Array(groups.length * rank);
    for (let i = 0; i < order.length; i++)
      for (let a = 0; a < rank; a++) sums[value[i] * rank + a] += values[order[i] * rank + a];
    let total = 0;
    for (let i = 0; i < sums.length; i++)
      total += (place.length / Math.max(1, sizes[Math.floor(i / rank)])) * sums[i] ** 2;
    return total;
  };
}

function byCuts({ value }: KnownColumn): Statistic {
  const n = value.length;
  const sorted = Array.from(value.keys()).sort((a, b) => value[a] - value[b] || a - b);
  const isCut = sorted.map((i, at) => at + 1 < n && value[sorted[at + 1]] > value[i]);
  const [from, to] = [TRIM * n, (1 - TRIM) * n];
  return ({ rank, values }, order) => {
    const sum = new Float64Array(rank);
    let largest = 0;
    for (let at = 0; at < n; at++) {
      const user = order[sorted[at]];
      for (let a = 0; a < rank; a++) sum[a] += values[user * rank + a];
      const m = at + 1;
      if (!isCut[at] || m < from || m > to) continue;
      let size = 0;
      for (let a = 0; a < rank; a++) size += sum[a] ** 2;
      const part = m / n;
      largest = Math.max(largest, size / (part * (1 - part)));
    }
    return largest;
  };
}
