import { cholesky } from "../../core/index.js";
import { sigmoid } from "./logistic.js";
import type { Problem } from "../design/problem.js";
import { dot, isDiagonal } from "../design/rows.js";

export interface Weighted {
  /** What a user's rows count. */
  share(user: number): number;
  readonly centre: Float64Array;
  readonly precision: number;
}

/** Entries of a step beyond which it is shortened: log odds. */
const LONGEST_STEP = 2;

/**
 * One Newton step of a logistic regression, in place.
 * @returns of the posterior before the step: the sum of its variances, and the factor of its precision
 */
export function newtonStep(
  problem: Problem,
  x: Float64Array,
  { share, centre, precision }: Weighted,
): { readonly variance: number; readonly factor: Float64Array } {
  const { mean, user, right, weight } = problem;
  const d = x.length;
  const diagonal = isDiagonal(mean);
  const gradient = Float64Array.from(x, (value, c) => precision * (centre[c] - value));
  const hessian = new Float64Array(diagonal ? d : d * d);
  for (let c = 0; c < d; c++) hessian[diagonal ? c : c * d + c] = precision;
  for (let row = 0; row < user.length; row++) {
    const w = weight[row] * share(user[row]);
    if (w < 1e-9) continue;
    const p = sigmoid(dot(mean, row, x, 0));
    const [residual, curvature] = [w * (right[row] - p), w * p * (1 - p)];
    const end = mean.start[row + 1];
    for (let e = mean.start[row]; e < end; e++) {
      const [a, va] = [mean.column[e], mean.value[e]];
      gradient[a] += residual * va;
      if (diagonal) hessian[a] += curvature * va * va;
      else {
        for (let f = mean.start[row]; f <= e; f++) {
          const b = mean.column[f];
          hessian[a > b ? a * d + b : b * d + a] += curvature * va * mean.value[f];
        }
      }
    }
  }
  let variance = 0;
  let longest = 0;
  let factor: Float64Array = hessian;
  if (diagonal) {
    for (let c = 0; c < d; c++) {
      variance += 1 / hessian[c];
      gradient[c] /= hessian[c];
      longest = Math.max(longest, Math.abs(gradient[c]));
    }
  } else {
    factor = cholesky(hessian, d);
    solveWith(factor, gradient);
    variance = traceOfInverse(factor, d);
    for (const value of gradient) longest = Math.max(longest, Math.abs(value));
  }
  const scale = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
  for (let c = 0; c < d; c++) x[c] += scale * gradient[c];
  return { variance, factor };
}

/** b := (L Lᵀ)⁻¹ b. */
export function solveWith(l: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) b[i] -= l[i * n + j] * b[j];
    b[i] /= l[i * n + i];
  }
  solveTransposed(l, b);
}

/** b := L⁻ᵀ b. */
export function solveTransposed(l: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) b[i] -= l[j * n + i] * b[j];
    b[i] /= l[i * n + i];
  }
}

/** Of (L Lᵀ)⁻¹: the squared entries of L⁻¹, added up. */
function traceOfInverse(l: Float64Array, n: number): number {
  let trace = 0;
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = i === j ? 1 : 0;
      for (let p = j; p < i; p++) sum -= l[i * n + p] * column[p];
      column[i] = sum / l[i * n + i];
      trace += column[i] * column[i];
    }
  }
  return trace;
}
