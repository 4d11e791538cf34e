import { cholesky, exp, log, type RandomStream } from "../../core/index.js";
import type { Problem } from "./problem.js";
import { dot, isDiagonal, type Rows } from "./rows.js";

/** Types found by the EM algorithm. */
export interface Classes {
  readonly k: number;
  /** What each type likes, row-major [K, D]. */
  readonly means: Float64Array;
  /** Shares of types, [K]. */
  readonly shares: Float64Array;
  /** P(type | answers) of each user, row-major [U, K]. */
  readonly belief: Float64Array;
  /** Standard deviation of utilities around 0 (K = 1), or around what all like. */
  readonly deviation: number;
  /** Of each type's posterior precision: its lower Cholesky factor [D, D], or its diagonal [D]. */
  readonly factors: readonly Float64Array[];
  /** Penalised log-likelihood, in nats. */
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface ClassesOptions {
  readonly k: number;
  readonly rng: RandomStream;
  /** Starts, of which the likeliest result counts, default 4 (1 for K = 1). */
  readonly starts?: number;
  /** Most iterations of a start, default 200. */
  readonly iterations?: number;
}

/** Iterations before starts are compared, and during which types are kept apart. */
const WARM = 12;
const STANDSTILL = 1e-6;
/** Bounds of the standard deviations of utilities that are learned. */
const LEAST = 0.05;
const MOST = 8;

/**
 * Latent classes with utilities linear in the design's columns: EM, each M-step a Newton step for each type. Standard deviations of types around
 * what all like, and of that around 0, are learned from the answers (MacKay 1992).
 */
export function fitClasses(
  problem: Problem,
  { k, rng, starts = 4, iterations = 200 }: ClassesOptions,
): Classes {
  const fits = Array.from({ length: k === 1 ? 1 : starts }, (_, i) => {
    const fit = new Em(problem, k, rng.split(i));
    fit.run(WARM, true);
    return fit;
  });
  const best = fits.reduce((a, b) => (b.objective > a.objective ? b : a));
  return best.run(iterations, false);
}

/**
 * P(right) of rows, each user by their belief, utilities integrated out over their Gaussian posterior (MacKay 1992): what few answers say little
 * about is predicted with little confidence.
 */
export function predictClasses(
  { k, means, belief, factors }: Pick<Classes, "k" | "means" | "belief" | "factors">,
  asked: { readonly mean: Rows; readonly user: Int32Array },
): Float64Array {
  const d = asked.mean.width;
  const z = new Float64Array(d);
  return Float64Array.from(asked.user, (u, row) => {
    let p = 0;
    for (let j = 0; j < k; j++) {
      if (belief[u * k + j] < 1e-9) continue;
      const variance = varianceOf(asked.mean, row, factors[j], z);
      const s = dot(asked.mean, row, means, j * d);
      p += belief[u * k + j] * sigmoid(s / Math.sqrt(1 + (Math.PI / 8) * variance));
    }
    return p;
  });
}

/** <z, H⁻¹ z>, with H's Cholesky factor, or its diagonal. */
function varianceOf(
  { start, column, value }: Rows,
  row: number,
  factor: Float64Array,
  z: Float64Array,
): number {
  const d = z.length;
  let variance = 0;
  if (factor.length === d) {
    for (let e = start[row]; e < start[row + 1]; e++) variance += value[e] ** 2 / factor[column[e]];
    return variance;
  }
  z.fill(0);
  let first = d;
  for (let e = start[row]; e < start[row + 1]; e++) {
    z[column[e]] += value[e];
    first = Math.min(first, column[e]);
  }
  for (let i = first; i < d; i++) {
    for (let j = first; j < i; j++) z[i] -= factor[i * d + j] * z[j];
    z[i] /= factor[i * d + i];
    variance += z[i] * z[i];
  }
  return variance;
}

class Em {
  readonly #means: Float64Array;
  readonly #shares: Float64Array;
  readonly #belief: Float64Array;
  readonly #centre: Float64Array;
  readonly #factors: Float64Array[] = [];
  #spread = 2;
  #popularity = 1.5;
  objective = -Infinity;

  constructor(
    readonly problem: Problem,
    readonly k: number,
    rng: RandomStream,
  ) {
    const d = problem.mean.width;
    this.#means = new Float64Array(k * d);
    this.#centre = new Float64Array(d);
    this.#shares = new Float64Array(k).fill(1 / k);
    this.#belief = startingBelief(problem, k, rng);
  }

  run(iterations: number, isWarm: boolean): Classes {
    let iteration = 0;
    let converged = false;
    while (iteration < iterations && !converged) {
      iteration++;
      this.#maximise(isWarm);
      const before = this.objective;
      this.objective = this.#expect();
      const change = Math.abs(this.objective - before);
      converged = !isWarm && change < STANDSTILL * this.problem.user.length;
    }
    return {
      ...{ k: this.k, means: this.#means, shares: this.#shares, belief: this.#belief },
      factors: this.#factors,
      deviation: this.k === 1 ? this.#popularity : this.#spread,
      ...{ objective: this.objective, iterations: iteration, converged },
    };
  }

  #maximise(isWarm: boolean): void {
    const { k, problem } = this;
    const d = problem.mean.width;
    const deviation = k === 1 ? this.#popularity : this.#spread;
    const centre = k === 1 ? new Float64Array(d) : this.#centre;
    let variance = 0;
    let own = 0;
    for (let j = 0; j < k; j++) {
      const prior = { centre, precision: 1 / deviation ** 2 };
      const step = newtonStep(problem, this.#means.subarray(j * d, (j + 1) * d), {
        share: (user) => this.#belief[user * k + j],
        ...prior,
      });
      variance += step.variance;
      this.#factors[j] = step.factor;
    }
    if (k > 1) {
      const pull = this.#spread ** 2 / this.#popularity ** 2;
      for (let c = 0; c < d; c++) {
        let sum = 0;
        for (let j = 0; j < k; j++) sum += this.#means[j * d + c];
        this.#centre[c] = sum / (k + pull);
      }
    }
    for (let j = 0; j < k; j++) for (let c = 0; c < d; c++) own += (this.#means[j * d + c] - centre[c]) ** 2;
    const learned = Math.min(MOST, Math.max(LEAST, Math.sqrt((own + variance) / (k * d))));
    if (k === 1) this.#popularity = learned;
    else {
      if (!isWarm) this.#spread = learned;
      const squared = this.#centre.reduce((sum, value) => sum + value * value, 0) / d;
      this.#popularity = Math.min(MOST, Math.max(LEAST, Math.sqrt(squared + this.#spread ** 2 / k)));
    }
  }

  #expect(): number {
    const { k, problem } = this;
    const d = problem.mean.width;
    let total = this.#penalty();
    const logs = new Float64Array(k);
    const counts = new Float64Array(k).fill(1);
    problem.rowsOf.forEach((rows, user) => {
      for (let j = 0; j < k; j++) {
        logs[j] = log(this.#shares[j]);
        // a product of probabilities needs one logarithm for many
        let product = 1;
        for (const row of rows) {
          const s = dot(problem.mean, row, this.#means, j * d);
          const signed = problem.right[row] > 0 ? s : -s;
          if (problem.weight[row] === 1 && signed > -200) product *= sigmoid(signed);
          else logs[j] += problem.weight[row] * logSigmoid(signed);
          if (product < 1e-150) {
            logs[j] += log(product);
            product = 1;
          }
        }
        logs[j] += log(product);
      }
      total += normalise(logs, this.#belief, user * k);
      for (let j = 0; j < k; j++) counts[j] += this.#belief[user * k + j];
    });
    for (let j = 0; j < k; j++) this.#shares[j] = counts[j] / (problem.users + k);
    return total;
  }

  #penalty(): number {
    const d = this.#centre.length;
    const centre = this.k === 1 ? undefined : this.#centre;
    const deviation = this.k === 1 ? this.#popularity : this.#spread;
    let sum = 0;
    this.#means.forEach((value, i) => (sum += (value - (centre?.[i % d] ?? 0)) ** 2));
    const all = -sum / (2 * deviation ** 2) - this.#means.length * log(deviation);
    if (centre === undefined) return all;
    const around = centre.reduce((total, value) => total + value * value, 0);
    return all - around / (2 * this.#popularity ** 2) - d * log(this.#popularity);
  }
}

/** Writes softmax(logs) at `at`. @returns log Σ exp(logs) */
export function normalise(logs: Float64Array, to: Float64Array, at: number): number {
  let top = -Infinity;
  for (const value of logs) top = Math.max(top, value);
  let sum = 0;
  for (let j = 0; j < logs.length; j++) sum += to[at + j] = exp(logs[j] - top);
  for (let j = 0; j < logs.length; j++) to[at + j] /= sum;
  return top + log(sum);
}

export function logSigmoid(s: number): number {
  return Math.min(s, 0) - log(1 + exp(-Math.abs(s)));
}

export function sigmoid(s: number): number {
  return s >= 0 ? 1 / (1 + exp(-s)) : 1 - 1 / (1 + exp(s));
}

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

/** Of a user's own utilities, as a start: the standard deviation around popularity. */
const OWN = 1;
const MEANS_ITERATIONS = 10;
/** Log of how much likelier the nearest mean is made than one a typical distance away. */
const SHARPNESS = 2;

/** Users' own utilities (one gradient step from popularity, scaled), grouped by k-means++ (Arthur and Vassilvitskii 2007). */
function startingBelief(problem: Problem, k: number, rng: RandomStream): Float64Array {
  const { users, mean, user, right, weight, rowsOf } = problem;
  const belief = new Float64Array(users * k).fill(1 / k);
  if (k === 1 || users === 0) return belief;
  const d = mean.width;
  const popular = new Float64Array(d);
  const zero = { share: () => 1, centre: new Float64Array(d), precision: 0.5 };
  for (let i = 0; i < 4; i++) newtonStep(problem, popular, zero);
  const points = new Float64Array(users * d);
  const size = new Float64Array(users * d).fill(1 / OWN ** 2);
  for (let row = 0; row < user.length; row++) {
    const p = sigmoid(dot(mean, row, popular, 0));
    for (let e = mean.start[row]; e < mean.start[row + 1]; e++) {
      const at = user[row] * d + mean.column[e];
      points[at] += weight[row] * (right[row] - p) * mean.value[e];
      size[at] += weight[row] * p * (1 - p) * mean.value[e] ** 2;
    }
  }
  for (let i = 0; i < points.length; i++) points[i] /= size[i];
  const present = Int32Array.from(rowsOf.keys()).filter((u) => rowsOf[u].length > 0);
  if (present.length === 0) return belief;
  const centres = kMeans(points, d, { k, rng, present });
  const squared = (u: number, j: number): number => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (points[u * d + c] - centres[j * d + c]) ** 2;
    return sum;
  };
  let typical = 0;
  for (const u of present) for (let j = 0; j < k; j++) typical += squared(u, j) / (present.length * k);
  const logs = new Float64Array(k);
  for (const u of present) {
    for (let j = 0; j < k; j++) logs[j] = (-SHARPNESS * squared(u, j)) / Math.max(typical, 1e-9);
    normalise(logs, belief, u * k);
  }
  return belief;
}

function kMeans(
  points: Float64Array,
  d: number,
  { k, rng, present }: { readonly k: number; readonly rng: RandomStream; readonly present: Int32Array },
): Float64Array {
  const centres = new Float64Array(k * d);
  const nearest = new Float64Array(present.length).fill(Infinity);
  const distance = (u: number, j: number): number => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (points[u * d + c] - centres[j * d + c]) ** 2;
    return sum;
  };
  let drawn = present[rng.integer(present.length)];
  for (let j = 0; j < k; j++) {
    centres.set(points.subarray(drawn * d, (drawn + 1) * d), j * d);
    let total = 0;
    present.forEach((u, i) => (total += nearest[i] = Math.min(nearest[i], distance(u, j))));
    let left = rng.uniform() * total;
    drawn = present[present.length - 1];
    for (let i = 0; i < present.length; i++) {
      left -= nearest[i];
      if (left < 0) {
        drawn = present[i];
        break;
      }
    }
  }
  for (let iteration = 0; iteration < MEANS_ITERATIONS; iteration++) {
    const [sums, counts] = [new Float64Array(k * d), new Float64Array(k)];
    for (const u of present) {
      let own = 0;
      for (let j = 1; j < k; j++) if (distance(u, j) < distance(u, own)) own = j;
      counts[own]++;
      for (let c = 0; c < d; c++) sums[own * d + c] += points[u * d + c];
    }
    for (let j = 0; j < k; j++)
      if (counts[j] > 0) for (let c = 0; c < d; c++) centres[j * d + c] = sums[j * d + c] / counts[j];
  }
  return centres;
}
