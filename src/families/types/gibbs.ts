import { log, type RandomStream } from "../../core/index.js";
import { normalise, sigmoid, solveTransposed, type Classes } from "./classes.js";
import {
  drawNormal,
  drawPlace,
  factorise,
  identity,
  inverse,
  Scale,
  sumOfSquares,
  wishart,
} from "./draws.js";
import { polyaGamma } from "./polya-gamma.js";
import type { Problem } from "./problem.js";
import { rowsByUser } from "./problem.js";
import { dot, isDiagonal, type Rows } from "./rows.js";

/** What users have of their own beside their type: nothing, tastes that are independent of each other, or tastes of any covariance. */
export const TASTES = ["none", "own", "correlated"] as const;
export type Tastes = (typeof TASTES)[number];

/** Rows that are asked about, of users that may have answered. */
export interface Asked {
  readonly mean: Rows;
  readonly own: Rows;
  readonly user: Int32Array;
}

export interface SampleOptions {
  readonly tastes: Tastes;
  readonly rng: RandomStream;
  /** Where the chain starts. */
  readonly start: Classes;
  readonly asked?: Asked;
  /** Draws left out, default 150, and kept, default 250. */
  readonly burn?: number;
  readonly draws?: number;
}

/** Posterior means over the kept draws. */
export interface SampledTypes {
  readonly k: number;
  /** Row-major [K, D]. */
  readonly means: Float64Array;
  readonly shares: Float64Array;
  /** Variance of own tastes, row-major [Q, Q]; undefined where there are none. */
  readonly covariance?: Float64Array;
  /** P(type) of each user, row-major [U, K]. */
  readonly belief: Float64Array;
  /** P(right) of the rows asked about. */
  readonly p: Float64Array;
}

/**
 * Users near one of K types, with tastes of their own, by Gibbs sampling with Polya-Gamma variables (Polson, Scott and Windle 2013). A user's type
 * is drawn with their tastes integrated out; types' utilities are drawn both given tastes and given users' whole utilities (Yu and Meng 2011), so
 * that chains move where users answer much. A row of weight w counts as w of its information.
 */
export function sampleTypes(problem: Problem, options: SampleOptions): SampledTypes {
  const chain = new Chain(problem, options);
  const { burn = 150, draws = 250 } = options;
  for (let i = 0; i < burn; i++) chain.step();
  for (let i = 0; i < draws; i++) {
    chain.step();
    chain.keep();
  }
  return chain.average();
}

interface Own {
  /** Columns of own tastes that the user's rows touch: first those of rows that were answered, `known` of them. */
  readonly columns: Int32Array;
  readonly known: number;
  /** For each of the user's rows in turn, where its entries are among `columns`. */
  readonly local: readonly Int32Array[];
  readonly asked: readonly Int32Array[];
  readonly tastes: Float64Array;
}

class Chain {
  readonly #k: number;
  readonly #d: number;
  readonly #q: number;
  readonly #means: Float64Array;
  readonly #centre: Float64Array;
  readonly #shares: Float64Array;
  readonly #type: Int32Array;
  readonly #omega: Float64Array;
  /** <own row, tastes> of each row. */
  readonly #taste: Float64Array;
  readonly #own: readonly Own[];
  readonly #spread: Scale;
  readonly #popularity: Scale;
  readonly #tau: Scale;
  /** Inverse covariance of correlated tastes. */
  #precision: Float64Array;
  readonly #askedOf: readonly Int32Array[];
  readonly #diagonal: boolean;
  readonly #same: boolean;
  readonly #tastes: Tastes;
  #kept = 0;
  /** Room for one user's draw. */
  readonly #scratch: { logs: Float64Array; belief: Float64Array; sides: Float64Array; factor: Float64Array };
  readonly #sum: {
    means: Float64Array;
    shares: Float64Array;
    belief: Float64Array;
    covariance: Float64Array;
    p: Float64Array;
  };

  constructor(
    readonly problem: Problem,
    readonly options: SampleOptions,
  ) {
    const { start, asked, rng, tastes } = options;
    const [k, d] = [start.k, problem.mean.width];
    this.#tastes = problem.own.width === 0 ? "none" : tastes;
    const q = this.#tastes === "none" ? 0 : problem.own.width;
    [this.#k, this.#d, this.#q] = [k, d, q];
    this.#means = start.means.slice();
    this.#shares = start.shares.slice();
    this.#centre = new Float64Array(d);
    for (let i = 0; i < k * d; i++) this.#centre[i % d] += this.#means[i] / k;
    this.#type = Int32Array.from({ length: problem.users }, (_, u) => drawPlace(start.belief, u * k, k, rng));
    this.#omega = new Float64Array(problem.user.length);
    this.#taste = new Float64Array(problem.user.length);
    this.#spread = new Scale(1);
    this.#popularity = new Scale(1);
    this.#tau = new Scale(0.5);
    this.#askedOf = rowsByUser(asked?.user ?? new Int32Array(0), problem.users);
    this.#diagonal = isDiagonal(problem.mean);
    this.#same = problem.mean === problem.own;
    this.#precision = identity(this.#tastes === "correlated" ? q : 0, 2);
    this.#own = Array.from({ length: q === 0 ? 0 : problem.users }, (_, u) => this.#columnsOf(u));
    const widest = this.#own.reduce((most, { columns }) => Math.max(most, columns.length), 0);
    this.#scratch = {
      logs: new Float64Array(k),
      belief: new Float64Array(k),
      sides: new Float64Array(k * widest),
      factor: new Float64Array(widest * widest),
    };
    this.#sum = {
      means: new Float64Array(k * d),
      shares: new Float64Array(k),
      belief: new Float64Array(problem.users * k),
      covariance: new Float64Array(q * q),
      p: new Float64Array(asked?.user.length ?? 0),
    };
  }

  #columnsOf(user: number): Own {
    const { own } = this.problem;
    const { asked } = this.options;
    const place = new Map<number, number>();
    if (this.#tastes === "correlated") for (let c = 0; c < this.#q; c++) place.set(c, c);
    const entries = (rows: Rows, row: number): Int32Array =>
      Int32Array.from({ length: rows.start[row + 1] - rows.start[row] }, (_, i) => {
        const column = rows.column[rows.start[row] + i];
        const at = place.get(column) ?? place.size;
        place.set(column, at);
        return at;
      });
    const local = Array.from(this.problem.rowsOf[user], (row) => entries(own, row));
    const known = place.size;
    const found =
      asked === undefined ? [] : Array.from(this.#askedOf[user], (row) => entries(asked.own, row));
    return {
      columns: Int32Array.from(place.keys()),
      known,
      local,
      asked: found,
      tastes: new Float64Array(place.size),
    };
  }

  step(): void {
    this.#drawOmega();
    for (let u = 0; u < this.problem.users; u++) this.#drawUser(u);
    this.#drawMeans();
    if (this.#q > 0 && this.#same) this.#drawMeansGivenUsers();
    this.#drawScales();
  }

  #drawOmega(): void {
    const { user, mean, weight } = this.problem;
    const { rng } = this.options;
    for (let row = 0; row < user.length; row++) {
      const s = dot(mean, row, this.#means, this.#type[user[row]] * this.#d) + this.#taste[row];
      this.#omega[row] = weight[row] * polyaGamma(s, rng);
    }
  }

  /** A user's type with tastes integrated out, and then their tastes. */
  #drawUser(u: number): void {
    const { problem, options } = this;
    const [k, d] = [this.#k, this.#d];
    const rows = problem.rowsOf[u];
    const own = this.#own[u] as Own | undefined;
    const q = own?.known ?? 0;
    const lower = own === undefined ? EMPTY : this.#factor(own, rows);
    const { logs, belief } = this.#scratch;
    const sides = this.#scratch.sides.subarray(0, k * q).fill(0);
    for (let j = 0; j < k; j++) {
      const side = sides.subarray(j * q, (j + 1) * q);
      let value = log(this.#shares[j]);
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i];
        const s = dot(problem.mean, row, this.#means, j * d);
        const kappa = problem.weight[row] * (problem.right[row] - 0.5);
        value += kappa * s - 0.5 * this.#omega[row] * s * s;
        if (own !== undefined) {
          const at = own.local[i];
          const from = problem.own.start[row];
          const left = kappa - this.#omega[row] * s;
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
    this.#type[u] = type;
    if (own === undefined) return;
    const tastes = sides.subarray(type * q, (type + 1) * q);
    for (let i = 0; i < q; i++) tastes[i] += options.rng.normal();
    solveTransposed(lower, tastes);
    own.tastes.set(tastes);
    const deviation = Math.sqrt(this.#tau.variance);
    for (let i = q; i < own.columns.length; i++) own.tastes[i] = deviation * options.rng.normal();
    for (let i = 0; i < rows.length; i++)
      this.#taste[rows[i]] = tasteOf(problem.own, rows[i], own.local[i], own.tastes);
  }

  /** Cholesky factor of the precision of a user's tastes. */
  #factor(own: Own, rows: Int32Array): Float64Array {
    const q = own.known;
    const a = this.#scratch.factor.subarray(0, q * q).fill(0);
    if (this.#tastes === "correlated") a.set(this.#precision);
    else for (let i = 0; i < q; i++) a[i * q + i] = 1 / this.#tau.variance;
    const { start, value } = this.problem.own;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const at = own.local[n];
      const from = start[row];
      const omega = this.#omega[row];
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

  #drawMeans(): void {
    const { problem, options } = this;
    const { user, mean, weight, right } = problem;
    const [k, d] = [this.#k, this.#d];
    const size = this.#diagonal ? d : d * d;
    const a = new Float64Array(k * size);
    const b = new Float64Array(k * d);
    const precision = 1 / (k === 1 ? this.#popularity : this.#spread).variance;
    for (let j = 0; j < k; j++) {
      for (let c = 0; c < d; c++) {
        a[j * size + (this.#diagonal ? c : c * d + c)] = precision;
        b[j * d + c] = k === 1 ? 0 : precision * this.#centre[c];
      }
    }
    for (let row = 0; row < user.length; row++) {
      const type = this.#type[user[row]];
      const omega = this.#omega[row];
      const left = weight[row] * (right[row] - 0.5) - omega * this.#taste[row];
      for (let e = mean.start[row]; e < mean.start[row + 1]; e++) {
        const column = mean.column[e];
        b[type * d + column] += left * mean.value[e];
        const scaled = omega * mean.value[e];
        if (this.#diagonal) a[type * size + column] += scaled * mean.value[e];
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
    this.#means.set(b);
  }

  /** Types' utilities given users' whole utilities, which stay as they are. */
  #drawMeansGivenUsers(): void {
    const { problem, options } = this;
    const [k, d] = [this.#k, this.#d];
    const prior = 1 / (k === 1 ? this.#popularity : this.#spread).variance;
    const full = this.#tastes === "correlated";
    const members = new Float64Array(k);
    const count = new Float64Array(k * d);
    const sum = new Float64Array(k * d);
    const [own, types] = [this.#own, this.#type];
    own.forEach(({ columns, tastes }, u) => {
      const at = types[u] * d;
      members[types[u]]++;
      for (let i = 0; i < columns.length; i++) {
        count[at + columns[i]]++;
        sum[at + columns[i]] += this.#means[at + columns[i]] + tastes[i];
      }
    });
    const before = this.#means.slice();
    for (let j = 0; j < k; j++) {
      if (full) {
        const a = this.#precision.map((value) => members[j] * value);
        const b = new Float64Array(d);
        for (let r = 0; r < d; r++) {
          a[r * d + r] += prior;
          b[r] = k === 1 ? 0 : prior * this.#centre[r];
          for (let c = 0; c < d; c++) b[r] += this.#precision[r * d + c] * sum[j * d + c];
        }
        drawNormal(a, b, options.rng);
        this.#means.set(b, j * d);
      } else {
        for (let c = 0; c < d; c++) {
          const precision = prior + count[j * d + c] / this.#tau.variance;
          const side = (k === 1 ? 0 : prior * this.#centre[c]) + sum[j * d + c] / this.#tau.variance;
          this.#means[j * d + c] = side / precision + options.rng.normal() / Math.sqrt(precision);
        }
      }
    }
    own.forEach(({ columns, tastes, local }, u) => {
      const at = types[u] * d;
      for (let i = 0; i < columns.length; i++)
        tastes[i] += before[at + columns[i]] - this.#means[at + columns[i]];
      problem.rowsOf[u].forEach((row, n) => (this.#taste[row] = tasteOf(problem.own, row, local[n], tastes)));
    });
  }

  #drawScales(): void {
    const { rng } = this.options;
    const [k, d] = [this.#k, this.#d];
    const counts = new Float64Array(k).fill(1);
    for (const type of this.#type) counts[type]++;
    let total = 0;
    for (let j = 0; j < k; j++) total += this.#shares[j] = rng.gamma(counts[j]);
    for (let j = 0; j < k; j++) this.#shares[j] = Math.max(this.#shares[j] / total, 1e-12);
    if (k > 1) {
      const [a, b] = [1 / this.#spread.variance, 1 / this.#popularity.variance];
      for (let c = 0; c < d; c++) {
        let sum = 0;
        for (let j = 0; j < k; j++) sum += this.#means[j * d + c];
        this.#centre[c] = (a * sum) / (k * a + b) + rng.normal() / Math.sqrt(k * a + b);
      }
      let around = 0;
      for (let i = 0; i < k * d; i++) around += (this.#means[i] - this.#centre[i % d]) ** 2;
      this.#spread.draw(around, k * d, rng);
      this.#popularity.draw(sumOfSquares(this.#centre), d, rng);
    } else this.#popularity.draw(sumOfSquares(this.#means), d, rng);
    if (this.#tastes === "own") {
      let [sum, n] = [0, 0];
      for (const { tastes } of this.#own) {
        sum += sumOfSquares(tastes);
        n += tastes.length;
      }
      this.#tau.draw(sum, n, rng);
    } else if (this.#tastes === "correlated") this.#drawCovariance();
  }

  /** Inverse Wishart with Q + 2 degrees of freedom and mean I. */
  #drawCovariance(): void {
    const q = this.#q;
    const scale = identity(q, 1);
    for (const { tastes } of this.#own)
      for (let r = 0; r < q; r++) for (let c = 0; c <= r; c++) scale[r * q + c] += tastes[r] * tastes[c];
    this.#precision = wishart(scale, q, q + 2 + this.#own.length, this.options.rng);
  }

  keep(): void {
    const { asked } = this.options;
    const sum = this.#sum;
    const k = this.#k;
    this.#kept++;
    this.#means.forEach((value, i) => (sum.means[i] += value));
    this.#shares.forEach((value, j) => (sum.shares[j] += value));
    this.#type.forEach((type, u) => sum.belief[u * k + type]++);
    const q = this.#q;
    if (this.#tastes === "own") for (let c = 0; c < q; c++) sum.covariance[c * q + c] += this.#tau.variance;
    if (this.#tastes === "correlated")
      inverse(this.#precision, q).forEach((v, i) => (sum.covariance[i] += v));
    if (asked === undefined) return;
    this.#askedOf.forEach((rows, u) => {
      const own = this.#own[u] as Own | undefined;
      for (let n = 0; n < rows.length; n++) {
        const row = rows[n];
        const taste = own === undefined ? 0 : tasteOf(asked.own, row, own.asked[n], own.tastes);
        sum.p[row] += sigmoid(dot(asked.mean, row, this.#means, this.#type[u] * this.#d) + taste);
      }
    });
  }

  average(): SampledTypes {
    const mean = (values: Float64Array): Float64Array => values.map((value) => value / this.#kept);
    const { means, shares, belief, covariance, p } = this.#sum;
    return {
      ...{ k: this.#k, means: mean(means), shares: mean(shares), belief: mean(belief), p: mean(p) },
      ...(this.#q === 0 ? {} : { covariance: mean(covariance) }),
    };
  }
}

const EMPTY = new Float64Array(0);

function tasteOf(rows: Rows, row: number, at: Int32Array, tastes: Float64Array): number {
  let sum = 0;
  const from = rows.start[row];
  for (let e = 0; e < at.length; e++) sum += rows.value[from + e] * tastes[at[e]];
  return sum;
}
