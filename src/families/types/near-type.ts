import { cholesky, log, logSigmoid } from "../../core/index.js";
import { rowsByUser } from "../design/problem.js";
import { dot, type Rows } from "../design/rows.js";
import { isKeptWhole, spreadSize, stateSize } from "../users/near-type.js";
import { inverse } from "./draws.js";
import { normalise, sigmoid } from "./logistic.js";
import { solveWith } from "./newton.js";
import { tasteColumns, tasteOf, type OwnTastes } from "./own-tastes.js";

/** People as they are before they answer: K types, and tastes of one's own, N(0, covariance), around one's type. */
export interface Prior {
  readonly k: number;
  /** Utilities of types, row-major [K, D]. */
  readonly means: ArrayLike<number>;
  readonly shares: ArrayLike<number>;
  /** Row-major [Q, Q]; or [Q], where tastes are independent. */
  readonly covariance: Float64Array;
}

/** Rows of pairs: log odds of "right" are <mean row, the type's utilities> + <own row, the user's tastes>. */
export interface TasteRows {
  readonly mean: Rows;
  readonly own: Rows;
}

/** What some users answered. */
export interface Answered extends TasteRows {
  readonly users: number;
  readonly user: Int32Array;
  readonly label: Int8Array;
  readonly weight?: Float32Array;
}

const STEPS = 30;
const STANDSTILL = 1e-8;
const LEAST_PROBABILITY = 1e-12;
/** Of N(0, v) under the logistic function (MacKay 1992). */
const PROBIT = Math.PI / 8;

/**
 * States of users from their answers, row-major [U, S]: under each type the tastes' most likely value and the covariance around it (Laplace's
 * approximation), and the types' belief by the evidence that it gives.
 */
export function placeNearTypes(prior: Prior, answered: Answered): Float32Array {
  const { k, means, shares, covariance } = prior;
  const { users, user, own, mean } = answered;
  const [d, q] = [mean.width, own.width];
  const isDense = covariance.length !== q;
  const precision = isDense ? inverse(covariance, q) : covariance.map((value) => 1 / value);
  const size = stateSize(k, q);
  const states = new Float32Array(users * size);
  const halfLog = isDense ? halfLogDeterminant(cholesky(precision, q), q) : 0;
  const place: Place = { own, precision, halfLog, isDense, q, covariance };
  rowsByUser(user, users).forEach((rows, u) => {
    const columns = tasteColumns({ rowsOf: [rows], own }, 0, {
      askedRows: new Int32Array(0),
      all: isDense ? q : 0,
    });
    const logs = new Float64Array(k);
    const state = states.subarray(u * size, (u + 1) * size);
    for (let j = 0; j < k; j++) {
      const offset = Float64Array.from(rows, (row) => dot(mean, row, means, j * d));
      const found = laplace({ rows, offset, columns }, answered, place);
      logs[j] = log(shares[j]) + found.evidence;
      found.columns.columns.forEach((column, c) => (state[k + j * q + column] = found.tastes[c]));
      keepSpread(
        found,
        place,
        state.subarray(k + k * q + j * spreadSize(q), k + k * q + (j + 1) * spreadSize(q)),
      );
    }
    const belief = new Float64Array(k);
    normalise(logs, belief, 0);
    state.set(belief);
  });
  return states;
}

/** Log odds of "right", [N]; row i is judged by the user of row `user[i]` of `states`. */
export function scoreNearTypes(
  { k, means }: Pick<Prior, "k" | "means">,
  { mean, own }: TasteRows,
  { user, states }: { readonly user: Int32Array; readonly states: Float32Array },
): Float32Array {
  const [d, q] = [mean.width, own.width];
  const [size, room] = [stateSize(k, q), spreadSize(q)];
  return Float32Array.from(user, (who, row) => {
    let [right, left] = [LEAST_PROBABILITY, LEAST_PROBABILITY];
    for (let j = 0; j < k; j++) {
      const at = who * size + k;
      const s = dot(mean, row, means, j * d) + dot(own, row, states, at + j * q);
      const variance = varianceOf(own, row, states, at + k * q + j * room);
      const damped = s / Math.sqrt(1 + PROBIT * variance);
      right += states[who * size + j] * sigmoid(damped);
      left += states[who * size + j] * sigmoid(-damped);
    }
    return log(right / left);
  });
}

interface Place {
  readonly own: Rows;
  readonly covariance: Float64Array;
  readonly precision: Float64Array;
  /** ½ log |precision| where it is dense. */
  readonly halfLog: number;
  readonly isDense: boolean;
  readonly q: number;
}

/** A user's rows, the log odds of each but for tastes, and the tastes that they touch. */
interface Person {
  readonly rows: Int32Array;
  readonly offset: Float64Array;
  readonly columns: OwnTastes;
}

interface Mode {
  readonly columns: OwnTastes;
  readonly tastes: Float64Array;
  /** Covariance around the mode, row-major over the touched columns. */
  readonly covariance: Float64Array;
  readonly evidence: number;
}

/** The most likely tastes by Newton's method, and Laplace's approximation around them. */
function laplace({ rows, offset, columns }: Person, answered: Answered, place: Place): Mode {
  const n = columns.columns.length;
  const { own, isDense, precision } = place;
  const tastes = new Float64Array(n);
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const priorAt = (a: number, b: number): number =>
    isDense ? precision[a * place.q + b] : a === b ? precision[columns.columns[a]] : 0;
  let factor: Float64Array = hessian;
  let likelihood = 0;
  for (let step = 0; step < STEPS; step++) {
    likelihood = 0;
    for (let a = 0; a < n; a++) {
      gradient[a] = 0;
      for (let b = 0; b < n; b++) {
        hessian[a * n + b] = priorAt(a, b);
        gradient[a] -= hessian[a * n + b] * tastes[b];
      }
    }
    rows.forEach((row, i) => {
      const at = columns.local[i];
      const sign = answered.label[row];
      const weight = answered.weight?.[row] ?? 1;
      const agreement = sign * (offset[i] + tasteOf(own, row, at, tastes));
      const miss = sigmoid(-agreement);
      likelihood += weight * logSigmoid(agreement);
      const curve = weight * miss * (1 - miss);
      const from = own.start[row];
      for (let e = 0; e < at.length; e++) {
        gradient[at[e]] += weight * sign * miss * own.value[from + e];
        for (let f = 0; f < at.length; f++)
          hessian[at[e] * n + at[f]] += curve * own.value[from + e] * own.value[from + f];
      }
    });
    factor = cholesky(hessian, n);
    solveWith(factor, gradient);
    let longest = 0;
    for (const value of gradient) longest = Math.max(longest, Math.abs(value));
    if (longest < STANDSTILL) break;
    const scale = longest > 2 ? 2 / longest : 1;
    for (let a = 0; a < n; a++) tastes[a] += scale * gradient[a];
  }
  return {
    columns,
    tastes,
    covariance: inverse(hessian, n),
    evidence: likelihood + priorEvidence(tastes, columns.columns, place) - halfLogDeterminant(factor, n),
  };
}

/** Half the logarithm of a determinant, of the lower Cholesky factor. */
function halfLogDeterminant(factor: Float64Array, n: number): number {
  let value = 0;
  for (let a = 0; a < n; a++) value += log(factor[a * n + a]);
  return value;
}

/** The prior's part of the evidence of tastes: -½ tᵀ Σ⁻¹ t + ½ log |Σ⁻¹|, over the columns that a user's rows touch. */
function priorEvidence(
  tastes: Float64Array,
  columns: Int32Array,
  { isDense, precision, halfLog, q }: Place,
): number {
  let value = isDense ? halfLog : 0;
  for (let a = 0; a < tastes.length; a++) {
    if (isDense) {
      for (let b = 0; b < tastes.length; b++) value -= 0.5 * tastes[a] * precision[a * q + b] * tastes[b];
    } else value += 0.5 * (log(precision[columns[a]]) - tastes[a] * precision[columns[a]] * tastes[a]);
  }
  return value;
}

/** Covariance of all tastes after the answers, as a state keeps it: tastes that no answer touches are as before. */
function keepSpread(
  { columns, covariance }: Mode,
  { q, isDense, covariance: before }: Place,
  to: Float32Array,
): void {
  const isWhole = isKeptWhole(q);
  const n = columns.columns.length;
  for (let c = 0; c < q; c++) to[isWhole ? triangle(c, c) : c] = before[isDense ? c * q + c : c];
  columns.columns.forEach((column, a) => {
    if (!isWhole) to[column] = covariance[a * n + a];
    else for (let b = 0; b < n; b++) to[triangle(column, columns.columns[b])] = covariance[a * n + b];
  });
}

/** Variance of <row, tastes>. */
function varianceOf(
  { start, column, value, width }: Rows,
  row: number,
  states: Float32Array,
  at: number,
): number {
  const isWhole = isKeptWhole(width);
  let variance = 0;
  for (let e = start[row]; e < start[row + 1]; e++) {
    if (!isWhole) variance += value[e] ** 2 * states[at + column[e]];
    else
      for (let f = start[row]; f < start[row + 1]; f++)
        variance += value[e] * value[f] * states[at + triangle(column[e], column[f])];
  }
  return Math.max(0, variance);
}

/** Where a lower triangle kept row by row has the entry of two columns. */
function triangle(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return (high * (high + 1)) / 2 + low;
}
