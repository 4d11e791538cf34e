import type { RandomStream } from "../../core/index.js";
import { drawNormal, Scale, sumOfSquares } from "./draws.js";
import { sigmoid } from "./logistic.js";
import type { Asked } from "./sampling.js";
import { polyaGamma } from "./polya-gamma.js";
import { turnOnto } from "./turn-onto.js";
import type { Problem } from "../design/problem.js";
import { dot, type Rows } from "../design/rows.js";

export interface FactorSampleOptions {
  /** Factors beside popularity, and the user's readiness where rows have a column for it. */
  readonly rank: number;
  readonly rng: RandomStream;
  readonly asked?: Asked;
  /** Draws left out, default 150, and kept, default 250. */
  readonly burn?: number;
  readonly draws?: number;
}

/** Posterior means over the kept draws. */
export interface SampledFactors {
  /** [D]. */
  readonly popularity: Float64Array;
  /** Row-major [D, rank]; each draw's turned onto the first one's, because factors may be turned and mirrored without a difference. */
  readonly loadings: Float64Array;
  /** Variance of users' intercepts, where rows have a column for them. */
  readonly readiness: number;
  /** P(right) of the rows asked about. */
  readonly p: Float64Array;
}

/**
 * A logistic factor model, everything integrated out: log odds = <mean row, popularity + Lambda x_u> + own intercept, by Gibbs sampling with
 * Polya-Gamma variables. Of prototypes it knows nothing: the strongest rival of models that have them.
 */
export function sampleFactors(problem: Problem, options: FactorSampleOptions): SampledFactors {
  const { burn = 150, draws = 250, rank, asked } = options;
  const d = problem.mean.width;
  const chain = new FactorChain(problem, options);
  const p = new Float64Array(asked?.user.length ?? 0);
  const popularity = new Float64Array(d);
  const loadings = new Float64Array(d * rank);
  let readiness = 0;
  let first: Float64Array | undefined;
  for (let i = 0; i < burn; i++) chain.step();
  for (let i = 0; i < draws; i++) {
    chain.step();
    asked?.user.forEach((u, row) => (p[row] += sigmoid(chain.score(asked, row, u)) / draws));
    const drawn = chain.columns();
    first ??= drawn.loadings;
    turnOnto(first, drawn.loadings, rank).forEach((value, at) => (loadings[at] += value / draws));
    drawn.popularity.forEach((value, c) => (popularity[c] += value / draws));
    readiness += chain.readiness / draws;
  }
  return { popularity, loadings, readiness, p };
}

class FactorChain {
  readonly #r: number;
  /** Popularity and loadings, row-major [D, 1 + rank]. */
  readonly #columns: Float64Array;
  /** 1 and factors of users, row-major [U, 1 + rank]; intercepts apart. */
  readonly #users: Float64Array;
  readonly #intercept: Float64Array;
  readonly #omega: Float64Array;
  readonly #score: Float64Array;
  readonly #rowsOf: readonly Int32Array[];
  readonly #signOf: readonly Float64Array[];
  readonly #popularity = new Scale(1);
  readonly #loading = new Scale(1);
  readonly #readiness = new Scale(0.5);
  readonly #hasIntercept: boolean;

  constructor(
    readonly problem: Problem,
    readonly options: FactorSampleOptions,
  ) {
    const { users, mean, own, user } = problem;
    const { rank, rng } = options;
    this.#r = 1 + rank;
    this.#columns = Float64Array.from(rng.normals(mean.width * this.#r, 0.3));
    this.#users = Float64Array.from(rng.normals(users * this.#r, 1));
    for (let u = 0; u < users; u++) this.#users[u * this.#r] = 1;
    this.#hasIntercept = own.width === 1 && own !== mean;
    this.#intercept = new Float64Array(users);
    this.#omega = new Float64Array(user.length);
    this.#score = new Float64Array(user.length);
    [this.#rowsOf, this.#signOf] = byColumn(mean);
    for (let row = 0; row < user.length; row++) this.#score[row] = this.score(problem, row, user[row]);
  }

  score(rows: { readonly mean: Rows; readonly own: Rows }, row: number, u: number): number {
    const r = this.#r;
    let sum = this.#hasIntercept ? dot(rows.own, row, this.#intercept, u) : 0;
    for (let e = rows.mean.start[row]; e < rows.mean.start[row + 1]; e++) {
      let inner = 0;
      for (let a = 0; a < r; a++)
        inner += this.#columns[rows.mean.column[e] * r + a] * this.#users[u * r + a];
      sum += rows.mean.value[e] * inner;
    }
    return sum;
  }

  columns(): Pick<SampledFactors, "popularity" | "loadings"> {
    const r = this.#r;
    const d = this.problem.mean.width;
    return {
      popularity: Float64Array.from({ length: d }, (_, c) => this.#columns[c * r]),
      loadings: Float64Array.from(
        { length: d * (r - 1) },
        (_, i) => this.#columns[Math.floor(i / (r - 1)) * r + 1 + (i % (r - 1))],
      ),
    };
  }

  get readiness(): number {
    return this.#readiness.variance;
  }

  step(): void {
    const { user, weight } = this.problem;
    for (let row = 0; row < user.length; row++)
      this.#omega[row] = weight[row] * polyaGamma(this.#score[row], this.options.rng);
    this.#drawColumns();
    this.#drawUsers();
    const { rng, rank } = this.options;
    const [r, d] = [this.#r, this.problem.mean.width];
    let popular = 0;
    for (let c = 0; c < d; c++) popular += this.#columns[c * r] ** 2;
    this.#popularity.draw(popular, d, rng);
    if (rank > 0) this.#loading.draw(sumOfSquares(this.#columns) - popular, d * rank, rng);
    if (this.#hasIntercept) this.#readiness.draw(sumOfSquares(this.#intercept), this.problem.users, rng);
  }

  #drawColumns(): void {
    const { user, right, weight } = this.problem;
    const r = this.#r;
    const a = new Float64Array(r * r);
    const b = new Float64Array(r);
    this.#rowsOf.forEach((rows, c) => {
      a.fill(0);
      b.fill(0);
      for (let i = 0; i < r; i++) a[i * r + i] = 1 / (i === 0 ? this.#popularity : this.#loading).variance;
      rows.forEach((row, place) => {
        const sign = this.#signOf[c][place];
        const from = user[row] * r;
        let inner = 0;
        for (let i = 0; i < r; i++) inner += this.#columns[c * r + i] * this.#users[from + i];
        const rest = this.#score[row] - sign * inner;
        const left = weight[row] * (right[row] - 0.5) - this.#omega[row] * rest;
        for (let i = 0; i < r; i++) {
          const z = sign * this.#users[from + i];
          b[i] += left * z;
          for (let j = 0; j <= i; j++) a[i * r + j] += this.#omega[row] * z * sign * this.#users[from + j];
        }
        this.#score[row] = rest;
      });
      drawNormal(a, b, this.options.rng);
      this.#columns.set(b, c * r);
      rows.forEach((row, place) => {
        let inner = 0;
        for (let i = 0; i < r; i++) inner += b[i] * this.#users[user[row] * r + i];
        this.#score[row] += this.#signOf[c][place] * inner;
      });
    });
  }

  /** A user's intercept and factors together. */
  #drawUsers(): void {
    const { problem, options } = this;
    const { mean, own, right, weight, rowsOf } = problem;
    const r = this.#r;
    const z = new Float64Array(r);
    const first = this.#hasIntercept ? 0 : 1;
    const n = r - first;
    if (n === 0) return;
    rowsOf.forEach((rows, u) => {
      const a = new Float64Array(n * n);
      const b = new Float64Array(n);
      for (let i = first; i < r; i++)
        a[(i - first) * n + i - first] = i === 0 ? 1 / this.#readiness.variance : 1;
      for (const row of rows) {
        z.fill(0);
        let popular = 0;
        for (let e = mean.start[row]; e < mean.start[row + 1]; e++) {
          const at = mean.column[e] * r;
          popular += mean.value[e] * this.#columns[at];
          for (let i = 1; i < r; i++) z[i] += mean.value[e] * this.#columns[at + i];
        }
        if (this.#hasIntercept) z[0] = own.value[own.start[row]];
        const left = weight[row] * (right[row] - 0.5) - this.#omega[row] * popular;
        for (let i = first; i < r; i++) {
          b[i - first] += left * z[i];
          for (let j = first; j <= i; j++) a[(i - first) * n + j - first] += this.#omega[row] * z[i] * z[j];
        }
      }
      drawNormal(a, b, options.rng);
      if (this.#hasIntercept) this.#intercept[u] = b[0];
      for (let i = 1; i < r; i++) this.#users[u * r + i] = b[i - first];
      for (const row of rows) this.#score[row] = this.score(problem, row, u);
    });
  }
}

function byColumn(rows: Rows): [Int32Array[], Float64Array[]] {
  const found = Array.from({ length: rows.width }, () => ({ at: [] as number[], value: [] as number[] }));
  for (let row = 0; row + 1 < rows.start.length; row++) {
    for (let e = rows.start[row]; e < rows.start[row + 1]; e++) {
      found[rows.column[e]].at.push(row);
      found[rows.column[e]].value.push(rows.value[e]);
    }
  }
  return [found.map(({ at }) => Int32Array.from(at)), found.map(({ value }) => Float64Array.from(value))];
}
