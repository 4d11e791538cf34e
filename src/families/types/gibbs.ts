import { startChain, type Chain } from "./chain.js";
import { drawMeans, drawMeansGivenUsers } from "./draw-means.js";
import { drawScales } from "./draw-scales.js";
import { drawOmega, drawUser } from "./draw-users.js";
import { inverse } from "./draws.js";
import { sigmoid } from "./logistic.js";
import { tasteOf, type OwnTastes } from "./own-tastes.js";
import type { Problem } from "../design/problem.js";
import { dot } from "../design/rows.js";
import type { SampledTypes, SampleOptions } from "./sampling.js";

/**
 * Users near one of K types, with tastes of their own, by Gibbs sampling with Polya-Gamma variables (Polson, Scott and Windle 2013). A user's type
 * is drawn with their tastes integrated out; types' utilities are drawn both given tastes and given users' whole utilities (Yu and Meng 2011), so
 * that chains move where users answer much. A row of weight w counts as w of its information.
 */
export function sampleTypes(problem: Problem, options: SampleOptions): SampledTypes {
  const { burn = 150, draws = 250 } = options;
  const chain = startChain(problem, options);
  for (let i = 0; i < burn; i++) step(chain);
  const sum = new Sum(chain);
  for (let i = 0; i < draws; i++) {
    step(chain);
    sum.add(chain);
  }
  return sum.average(chain, draws);
}

function step(chain: Chain): void {
  drawOmega(chain);
  for (let u = 0; u < chain.problem.users; u++) drawUser(chain, u);
  drawMeans(chain);
  if (chain.q > 0 && chain.same) drawMeansGivenUsers(chain);
  drawScales(chain);
}

/** What is kept of the draws. */
class Sum {
  readonly #means: Float64Array;
  readonly #shares: Float64Array;
  readonly #belief: Float64Array;
  readonly #covariance: Float64Array;
  readonly #p: Float64Array;

  constructor({ k, d, q, problem, options }: Chain) {
    this.#means = new Float64Array(k * d);
    this.#shares = new Float64Array(k);
    this.#belief = new Float64Array(problem.users * k);
    this.#covariance = new Float64Array(q * q);
    this.#p = new Float64Array(options.asked?.user.length ?? 0);
  }

  add(chain: Chain): void {
    const { k, d, q, type, means, shares, tastes, options } = chain;
    means.forEach((value, i) => (this.#means[i] += value));
    shares.forEach((value, j) => (this.#shares[j] += value));
    type.forEach((j, u) => this.#belief[u * k + j]++);
    if (tastes === "own") for (let c = 0; c < q; c++) this.#covariance[c * q + c] += chain.tau.variance;
    if (tastes === "correlated")
      inverse(chain.precision, q).forEach((value, i) => (this.#covariance[i] += value));
    const { asked } = options;
    if (asked === undefined) return;
    chain.askedOf.forEach((rows, u) => {
      const own = chain.own[u] as OwnTastes | undefined;
      for (let n = 0; n < rows.length; n++) {
        const row = rows[n];
        const taste = own === undefined ? 0 : tasteOf(asked.own, row, own.asked[n], own.tastes);
        this.#p[row] += sigmoid(dot(asked.mean, row, means, type[u] * d) + taste);
      }
    });
  }

  average({ k, q }: Chain, draws: number): SampledTypes {
    const mean = (values: Float64Array): Float64Array => values.map((value) => value / draws);
    return {
      ...{ k, means: mean(this.#means), shares: mean(this.#shares), belief: mean(this.#belief) },
      p: mean(this.#p),
      ...(q === 0 ? {} : { covariance: mean(this.#covariance) }),
    };
  }
}
