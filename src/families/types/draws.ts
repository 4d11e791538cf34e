import type { RandomStream } from "../../core/index.js";
import { solveTransposed } from "./newton.js";

/** A variance with a half-Cauchy(0, 1) prior on its root (Makalic and Schmidt 2016). */
export class Scale {
  variance: number;
  #mixing = 1;

  constructor(deviation: number) {
    this.variance = deviation ** 2;
  }

  draw(squares: number, n: number, rng: RandomStream): void {
    this.variance = Math.min(400, Math.max(1e-4, (squares / 2 + 1 / this.#mixing) / rng.gamma((n + 1) / 2)));
    this.#mixing = (1 + 1 / this.variance) / rng.gamma(1);
  }
}

export function drawPlace(p: Float64Array, from: number, k: number, rng: RandomStream): number {
  let left = rng.uniform();
  for (let j = 0; j < k - 1; j++) {
    left -= p[from + j];
    if (left < 0) return j;
  }
  return k - 1;
}

/** b := a draw of N(A⁻¹ b, A⁻¹); A is its lower triangle, or its diagonal. */
export function drawNormal(a: Float64Array, b: Float64Array, rng: RandomStream): void {
  const n = b.length;
  if (a.length === n) {
    for (let i = 0; i < n; i++) b[i] = b[i] / a[i] + rng.normal() / Math.sqrt(a[i]);
    return;
  }
  factorise(a, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) b[i] -= a[i * n + j] * b[j];
    b[i] /= a[i * n + i];
  }
  for (let i = 0; i < n; i++) b[i] += rng.normal();
  solveTransposed(a, b);
}

/** Lower Cholesky factor in place of a lower triangle. */
export function factorise(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let p = 0; p < j; p++) sum -= a[i * n + p] * a[j * n + p];
      a[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-300 + 1e-14 * a[i * n + i])) : sum / a[j * n + j];
    }
  }
}

export function identity(n: number, scale: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) a[i * n + i] = scale;
  return a;
}

export function inverse(a: Float64Array, n: number): Float64Array {
  const l = a.slice();
  factorise(l, n);
  const result = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    for (let i = 0; i < n; i++) {
      for (let p = 0; p < i; p++) column[i] -= l[i * n + p] * column[p];
      column[i] /= l[i * n + i];
    }
    solveTransposed(l, column);
    result.set(column, j * n);
  }
  return result;
}

/** A draw of Wishart(degrees, scale⁻¹), by Bartlett's decomposition. */
export function wishart(scale: Float64Array, n: number, degrees: number, rng: RandomStream): Float64Array {
  const l = scale.slice();
  factorise(l, n);
  // scale = L Lᵀ, so that L⁻ᵀ B has (L⁻ᵀ B)(L⁻ᵀ B)ᵀ ~ Wishart for Bartlett's B
  const root = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = Math.sqrt(2 * rng.gamma((degrees - j) / 2));
    for (let i = j + 1; i < n; i++) column[i] = rng.normal();
    solveTransposed(l, column);
    for (let i = 0; i < n; i++) root[i * n + j] = column[i];
  }
  const result = new Float64Array(n * n);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) {
      let sum = 0;
      for (let p = 0; p < n; p++) sum += root[r * n + p] * root[c * n + p];
      result[r * n + c] = sum;
    }
  }
  return result;
}

export function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
