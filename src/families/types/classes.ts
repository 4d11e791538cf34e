import { log, logSigmoid, type RandomStream } from "../../core/index.js";
import { normalise, sigmoid } from "./logistic.js";
import { newtonStep } from "./newton.js";
import type { Problem } from "../design/problem.js";
import { dot, type Rows } from "../design/rows.js";
import { startingBelief } from "./starting-belief.js";

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
