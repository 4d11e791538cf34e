import { cholesky, log, logSigmoid, type RandomStream } from "../../core/index.js";
import { simplexGrid } from "../pal-items/simplex-grid.js";
import { normalise, sigmoid } from "./logistic.js";
import { solveWith } from "./newton.js";
import { fitClasses } from "./classes.js";
import type { Asked } from "./sampling.js";
import type { Problem } from "../design/problem.js";
import { dot } from "../design/rows.js";

/** PAL with utilities linear in a design: users mix prototypes, their weights integrated out over a grid on the simplex. */
export interface Mixing {
  readonly k: number;
  /** Points of the grid, row-major [G, K]. */
  readonly grid: Float64Array;
  /** What each prototype likes, row-major [K, D]. */
  readonly means: Float64Array;
  /** Shares of the grid's points, [G]. */
  readonly prior: Float64Array;
  /** Belief of each user over the grid, row-major [U, G]. */
  readonly posterior: Float64Array;
  readonly objective: number;
  readonly converged: boolean;
}

const ITERATIONS = 60;
const STANDSTILL = 1e-5;
/** Users that the prior over the grid is worth, at each point. */
const PRIOR_USERS = 0.2;
const LONGEST_STEP = 2;
const LEAST = 0.3;
const MOST = 8;

/** EM on the grid from the types of `fitClasses`, each M-step one Newton step for all prototypes together. */
export function fitMixing(problem: Problem, k: number, rng: RandomStream): Mixing {
  const start = fitClasses(problem, { k, rng, iterations: 40 });
  const d = problem.mean.width;
  const grid = simplexGrid(k);
  const size = grid.length / k;
  // types lie inside of what mixtures of prototypes span
  const means = spread(start.means, k, d);
  const prior = new Float64Array(size).fill(1 / size);
  const posterior = new Float64Array(problem.users * size).fill(1 / size);
  let deviation = 3;
  let objective = expect(problem, { k, grid, means, prior, posterior });
  let converged = false;
  for (let i = 0; i < ITERATIONS && !converged; i++) {
    maximise(problem, { k, grid, means, posterior, deviation });
    deviation = deviationOf(means, k, d);
    prior.fill(PRIOR_USERS);
    problem.rowsOf.forEach((rows, u) => {
      if (rows.length > 0) for (let g = 0; g < size; g++) prior[g] += posterior[u * size + g];
    });
    const total = prior.reduce((a, b) => a + b);
    for (let g = 0; g < size; g++) prior[g] /= total;
    const before = objective;
    objective = expect(problem, { k, grid, means, prior, posterior });
    converged = i > 3 && Math.abs(objective - before) < STANDSTILL * problem.user.length;
  }
  return { k, grid, means, prior, posterior, objective, converged };
}

/** P(right) of rows, each user at their posterior. */
export function predictMixing({ k, grid, means, posterior }: Mixing, asked: Asked): Float64Array {
  const d = asked.mean.width;
  const size = grid.length / k;
  const s = new Float64Array(k);
  return Float64Array.from(asked.user, (u, row) => {
    for (let j = 0; j < k; j++) s[j] = dot(asked.mean, row, means, j * d);
    let p = 0;
    for (let g = 0; g < size; g++) {
      if (posterior[u * size + g] > 1e-9) p += posterior[u * size + g] * sigmoid(at(grid, g, s));
    }
    return p;
  });
}

function at(grid: Float64Array, g: number, s: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < s.length; j++) sum += grid[g * s.length + j] * s[j];
  return sum;
}

/** Types moved away from their mean. */
function spread(means: Float64Array, k: number, d: number): Float64Array {
  const moved = means.slice();
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let j = 0; j < k; j++) mean += means[j * d + c] / k;
    for (let j = 0; j < k; j++) moved[j * d + c] = mean + 1.3 * (means[j * d + c] - mean);
  }
  return moved;
}

function deviationOf(means: Float64Array, k: number, d: number): number {
  let squares = 0;
  for (let i = 0; i < k * d; i++) squares += means[i] ** 2;
  return Math.min(MOST, Math.max(LEAST, 1.3 * Math.sqrt(squares / (k * d))));
}

interface State {
  readonly k: number;
  readonly grid: Float64Array;
  readonly means: Float64Array;
  readonly posterior: Float64Array;
}

function expect(
  problem: Problem,
  { k, grid, means, prior, posterior }: State & { prior: Float64Array },
): number {
  const d = problem.mean.width;
  const size = grid.length / k;
  const s = new Float64Array(k);
  const logs = new Float64Array(size);
  let total = 0;
  problem.rowsOf.forEach((rows, u) => {
    for (let g = 0; g < size; g++) logs[g] = log(prior[g]);
    for (const row of rows) {
      for (let j = 0; j < k; j++) s[j] = dot(problem.mean, row, means, j * d);
      for (let g = 0; g < size; g++) {
        const value = at(grid, g, s);
        logs[g] += problem.weight[row] * logSigmoid(problem.right[row] > 0 ? value : -value);
      }
    }
    total += normalise(logs, posterior, u * size);
  });
  return total;
}

function maximise(
  problem: Problem,
  { k, grid, means, posterior, deviation }: State & { deviation: number },
): void {
  const { mean, user, right, weight } = problem;
  const d = mean.width;
  const [n, size] = [k * d, grid.length / k];
  const gradient = means.map((value) => -value / deviation ** 2);
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) hessian[i * n + i] = 1 / deviation ** 2;
  const s = new Float64Array(k);
  const slope = new Float64Array(k);
  const curve = new Float64Array(k * k);
  for (let row = 0; row < user.length; row++) {
    for (let j = 0; j < k; j++) s[j] = dot(mean, row, means, j * d);
    slope.fill(0);
    curve.fill(0);
    for (let g = 0; g < size; g++) {
      const w = weight[row] * posterior[user[row] * size + g];
      if (w < 1e-7) continue;
      const p = sigmoid(at(grid, g, s));
      for (let i = 0; i < k; i++) {
        const wi = w * grid[g * k + i];
        slope[i] += wi * (right[row] - p);
        for (let j = 0; j <= i; j++) curve[i * k + j] += wi * grid[g * k + j] * p * (1 - p);
      }
    }
    const [from, end] = [mean.start[row], mean.start[row + 1]];
    for (let i = 0; i < k; i++) {
      for (let e = from; e < end; e++) {
        const a = i * d + mean.column[e];
        gradient[a] += slope[i] * mean.value[e];
        for (let j = 0; j <= i; j++) {
          const c = curve[i * k + j] * mean.value[e];
          const last = i === j ? e + 1 : end;
          for (let f = from; f < last; f++) {
            const b = j * d + mean.column[f];
            if (a >= b) hessian[a * n + b] += c * mean.value[f];
            else hessian[b * n + a] += c * mean.value[f];
          }
        }
      }
    }
  }
  solveWith(cholesky(hessian, n), gradient);
  let longest = 0;
  for (const value of gradient) longest = Math.max(longest, Math.abs(value));
  const scale = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
  for (let i = 0; i < n; i++) means[i] += scale * gradient[i];
}
