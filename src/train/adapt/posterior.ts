import {
  checkInteger,
  checkNumber,
  checkObject,
  cholesky,
  InputError,
  randomStream,
  type RandomStream,
  solveSymmetric,
} from "../../core/index.js";
import { checkIsData, checkIsStream, type PreferenceData } from "../../data/index.js";
import type { Engine } from "../../engine/index.js";
import { simplexProblem } from "./exact.js";
import { weightedPoints, type StatePosterior } from "../../families/index.js";
import type { Scoring } from "./scoring.js";
import { objective, type Agreements } from "./objective.js";

/** What a user's comparisons say about their weights. */
export interface WeightPosterior {
  /** Shape [K], on the simplex. */
  readonly mean: Float64Array;
  /** Row-major [K, K]; rows add up to 0. */
  readonly covariance: Float64Array;
  /** The most probable weights, shape [K]. */
  readonly mode: Float64Array;
  /** How many independent draws the weighted draws are worth. */
  readonly effectiveDraws: number;
}

export interface PosteriorOptions {
  /** Decides the draws. */
  readonly rng: RandomStream;
  /** Of the Dirichlet prior, >= 1, default 1.5. */
  readonly concentration?: number;
  /** Draws, default 4000. */
  readonly draws?: number;
}

/**
 * Mean and covariance of one user's weights under the logistic likelihood and a Dirichlet prior: importance sampling from a widened normal
 * approximation in log-ratio coordinates, where the simplex has no edge.
 * @throws InputError for several users, no comparisons, or a score that is not linear in the weights
 * @example
 * trained.weightPosterior(fitted, known, { rng: randomStream(1) }).mean; // one number a prototype
 */
export function weightPosterior(
  fitted: Scoring,
  comparisons: PreferenceData,
  options: PosteriorOptions,
): WeightPosterior {
  checkObject("weightPosterior: options", options, ["rng"], "an object such as { rng: randomStream(1) }");
  checkIsStream("weightPosterior: rng", options.rng);
  checkObject(
    "weightPosterior: fitted",
    fitted,
    ["model"],
    "a fitted model, as fit and decodeModel return it",
  );
  checkIsData("weightPosterior: comparisons", comparisons);
  const { rng, concentration = 1.5, draws = 4000 } = options;
  checkNumber("weightPosterior: concentration", concentration, { min: 1 });
  checkInteger("weightPosterior: draws", draws, { min: 100 });
  if (comparisons.users.length !== 1) {
    throw new InputError(
      `weightPosterior: needs the comparisons of one user, got ${comparisons.users.length} users`,
    );
  }
  if (comparisons.label.length === 0) throw new InputError("weightPosterior: the user has no comparisons");
  const data = simplexProblem(fitted, comparisons);
  return posteriorOf(fitted.engine, data, { rng, concentration, draws });
}

/**
 * The same as points with weights, of any number of comparisons, none included: those draws are drawn from again, and come from a stream of their own, so that
 * the same comparisons have the same posterior.
 */
export function simplexPosterior(
  fitted: Scoring,
  comparisons: PreferenceData,
  concentration: number,
): StatePosterior {
  const rng = randomStream(0).split("posterior on the simplex");
  const { k } = fitted;
  if (comparisons.label.length === 0) {
    const points = Float64Array.from(
      Array.from({ length: DRAWS }, () => [...rng.dirichlet(k, concentration)]).flat(),
    );
    return weightedPoints(points, new Float64Array(DRAWS).fill(1));
  }
  const data = simplexProblem(fitted, comparisons);
  const { points, logWeights } = proposals(fitted.engine, data, { rng, concentration, draws: DRAWS });
  const top = logWeights.reduce((a, b) => Math.max(a, b));
  return weightedPoints(
    Float64Array.from(points.flatMap((w) => [...w])),
    logWeights.map((x) => Math.exp(x - top)),
  );
}

const DRAWS = 4000;

/** {@link weightPosterior} of comparisons already seen by each prototype. */
export function posteriorOf(
  solver: Pick<Engine, "onSimplex">,
  data: Agreements,
  options: Required<PosteriorOptions>,
): WeightPosterior {
  const { k } = data;
  const from = Int32Array.of(0, data.agreement.length / k);
  const mode = solver.onSimplex({ ...data, from, concentration: options.concentration }).weights;
  const { points, logWeights } = proposals(solver, data, options);
  return { mode, ...moments(points, logWeights, k) };
}

/** Points of the simplex with the logarithms of their weights. */
function proposals(
  solver: Pick<Engine, "onSimplex">,
  data: Agreements,
  options: Required<PosteriorOptions>,
): { readonly points: readonly Float64Array[]; readonly logWeights: Float64Array } {
  const { rng, concentration, draws } = options;
  const { k } = data;
  const from = Int32Array.of(0, data.agreement.length / k);
  // in log ratios the density gains the factor prod w_k: its peak is that of a concentration larger by 1
  const peak = solver.onSimplex({ ...data, from, concentration: concentration + 1 }).weights;
  const size = k - 1;
  const centre = Float64Array.from({ length: size }, (_, j) => Math.log(peak[j] / peak[size]));
  const spread = cholesky(inverse(curvature(data, centre, concentration), size), size);
  const points: Float64Array[] = [];
  const logWeights = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const z = rng.normals(size);
    const tail = Math.sqrt(NU / (2 * rng.gamma(NU / 2)));
    const eta = centre.map((c, i) => {
      let value = c;
      for (let j = 0; j <= i; j++) value += spread[i * size + j] * z[j] * tail;
      return value;
    });
    const w = simplex(eta);
    points.push(w);
    const squared = z.reduce((total, x) => total + x * x, 0) * tail * tail;
    logWeights[draw] = -objective(data, w, concentration) + ((NU + size) / 2) * Math.log1p(squared / NU);
  }
  return { points, logWeights };
}

/** Degrees of freedom of the Student proposal: its tails are heavier than the posterior's. */
const NU = 5;

function moments(
  points: readonly Float64Array[],
  logWeights: Float64Array,
  k: number,
): Omit<WeightPosterior, "mode"> {
  const top = logWeights.reduce((a, b) => Math.max(a, b));
  const weights = logWeights.map((value) => Math.exp(value - top));
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = new Float64Array(k);
  const covariance = new Float64Array(k * k);
  points.forEach((w, draw) => w.forEach((value, i) => (mean[i] += (weights[draw] / total) * value)));
  points.forEach((w, draw) => {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++)
        covariance[i * k + j] += (weights[draw] / total) * (w[i] - mean[i]) * (w[j] - mean[j]);
    }
  });
  const squares = weights.reduce((sum, value) => sum + (value / total) ** 2, 0);
  return { mean, covariance, effectiveDraws: 1 / squares };
}

function simplex(eta: Float64Array): Float64Array {
  const all = [...eta, 0];
  const top = Math.max(...all);
  const exponentials = all.map((value) => Math.exp(value - top));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return Float64Array.from(exponentials, (value) => Math.max(value / total, 1e-300));
}

/** Second derivatives of the negative log density in log-ratio coordinates, by central differences. */
function curvature(data: Agreements, centre: Float64Array, concentration: number): Float64Array {
  const n = centre.length;
  const step = 1e-3;
  const at = (moves: readonly (readonly [number, number])[]): number => {
    const eta = centre.slice();
    for (const [i, by] of moves) eta[i] += by;
    return objective(data, simplex(eta), concentration);
  };
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const corner = (a: number, b: number): number =>
        at([
          [i, a * step],
          [j, b * step],
        ]);
      const value = (corner(1, 1) - corner(1, -1) - corner(-1, 1) + corner(-1, -1)) / (4 * step * step);
      matrix[i * n + j] = matrix[j * n + i] = value + (i === j ? 1e-6 : 0);
    }
  }
  return matrix;
}

function inverse(a: Float64Array, n: number): Float64Array {
  const units = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)),
  );
  return Float64Array.from(solveSymmetric(a, units).flatMap((column) => [...column]));
}
