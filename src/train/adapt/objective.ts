import { solveSymmetric } from "./solve-symmetric.js";

/** The best point of the simplex for one user, and how sure that is. */
export interface SimplexOptimum {
  /** Shape [K]. */
  readonly weights: Float64Array;
  /** Upper bound on how much the objective could still fall (Frank-Wolfe gap). */
  readonly dualityGap: number;
  readonly iterations: number;
}

/** One user's comparisons, seen by each prototype. */
export interface PrototypeScores {
  /** Row-major [N, K]: the score of comparison n if the user were prototype k. */
  readonly scores: Float64Array;
  /** -1 or +1, shape [N]. */
  readonly label: ArrayLike<number>;
  /** Shape [N]; 1 where absent. */
  readonly weight?: ArrayLike<number>;
  readonly k: number;
}

/** Weight of the barrier that keeps the last iterate inside the simplex when there is no prior. */
const LAST_BARRIER = 1e-7;
const MOST_ITERATIONS = 200;

/**
 * Minimises sum_n weight_n · ln(1 + e^(-y_n <s_n, w>)) - (concentration - 1) · sum_k ln w_k over the simplex: logistic loss with a Dirichlet
 * prior. Convex for concentration >= 1; Newton's method with a falling log barrier.
 */
export function simplexOptimum(data: PrototypeScores, concentration: number): SimplexOptimum {
  const { k } = data;
  const w = new Float64Array(k).fill(1 / k);
  if (k === 1) return { weights: w, dualityGap: 0, iterations: 0 };
  const prior = concentration - 1;
  const last = Math.max(prior, LAST_BARRIER);
  let iterations = 0;
  // a prior that is not tiny keeps Newton's method well-behaved from the start
  for (let barrier = last >= 0.1 ? last : 1; ; barrier = Math.max(last, barrier * 0.05)) {
    while (iterations++ < MOST_ITERATIONS && newtonStep(data, w, barrier) > 1e-10 * (1 + data.label.length));
    if (barrier === last || iterations >= MOST_ITERATIONS) break;
  }
  return { weights: w, dualityGap: gap(data, w, prior), iterations };
}

/** The objective without barrier; Infinity outside the simplex' inside. */
export function objective(data: PrototypeScores, w: ArrayLike<number>, barrier: number): number {
  const { scores, label, k } = data;
  let value = 0;
  for (let j = 0; j < k; j++) {
    if (w[j] <= 0) return Infinity;
    value -= barrier * Math.log(w[j]);
  }
  for (let n = 0; n < label.length; n++) {
    let s = 0;
    for (let j = 0; j < k; j++) s += scores[n * k + j] * w[j];
    const agreement = label[n] * s;
    const loss =
      agreement > 0 ? Math.log1p(Math.exp(-agreement)) : Math.log1p(Math.exp(agreement)) - agreement;
    value += (data.weight?.[n] ?? 1) * loss;
  }
  return value;
}

/** Moves `w`; returns the decrease that the quadratic model promised (half the squared Newton decrement). */
function newtonStep(data: PrototypeScores, w: Float64Array, barrier: number): number {
  const { k } = data;
  const { gradient, hessian } = derivatives(data, w, barrier);
  const [a, b] = solveSymmetric(hessian, [gradient, new Float64Array(k).fill(1)]);
  const multiplier = sum(a) / sum(b);
  const step = a.map((value, j) => multiplier * b[j] - value);
  const slope = step.reduce((total, value, j) => total + value * gradient[j], 0);
  if (!(slope < 0)) return 0;
  let length = 1;
  step.forEach((value, j) => {
    if (value < 0) length = Math.min(length, (-0.99 * w[j]) / value);
  });
  const before = objective(data, w, barrier);
  const trial = new Float64Array(k);
  for (let halvings = 0; halvings < 40; halvings++, length /= 2) {
    for (let j = 0; j < k; j++) trial[j] = w[j] + length * step[j];
    if (objective(data, trial, barrier) <= before + 1e-4 * length * slope) {
      const total = sum(trial);
      trial.forEach((value, j) => (w[j] = value / total));
      return -slope / 2;
    }
  }
  return 0;
}

function derivatives(
  data: PrototypeScores,
  w: Float64Array,
  barrier: number,
): { gradient: Float64Array; hessian: Float64Array } {
  const { scores, label, k } = data;
  const gradient = w.map((value) => -barrier / value);
  const hessian = new Float64Array(k * k);
  for (let j = 0; j < k; j++) hessian[j * k + j] = barrier / (w[j] * w[j]);
  for (let n = 0; n < label.length; n++) {
    const row = n * k;
    let s = 0;
    for (let j = 0; j < k; j++) s += scores[row + j] * w[j];
    const miss = 1 / (1 + Math.exp(label[n] * s));
    const weight = data.weight?.[n] ?? 1;
    const curvature = weight * miss * (1 - miss);
    for (let i = 0; i < k; i++) {
      gradient[i] -= weight * label[n] * miss * scores[row + i];
      for (let j = 0; j <= i; j++) hessian[i * k + j] += curvature * scores[row + i] * scores[row + j];
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) hessian[j * k + i] = hessian[i * k + j];
  return { gradient, hessian };
}

/** max over k of <gradient, w - e_k>: no point of the simplex has an objective lower than the present one by more. */
function gap(data: PrototypeScores, w: Float64Array, prior: number): number {
  const { gradient } = derivatives(data, w, prior);
  const inner = gradient.reduce((total, value, j) => total + value * w[j], 0);
  return Math.max(0, inner - gradient.reduce((a, b) => Math.min(a, b)));
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}
