import { checkInteger, checkKeys, checkNumber, InputError, type RandomStream } from "../../core/index.js";
import type { Answers } from "../design/answers.js";
import { gridLikelihood, setPosterior, type MarginalState } from "./expectation.js";
import { countExpected, stepParameters, usesOf, type ParameterPrior } from "./maximisation.js";
import { placesOf } from "./simplex-grid.js";
import { spectralStart } from "./spectral-start.js";

/** How {@link fitMarginal} learns items while users' weights are integrated out. */
export interface MarginalOptions {
  /** Prototypes, >= 1. */
  readonly k: number;
  /** Decides the starts. */
  readonly rng: RandomStream;
  /** Standard deviation of a prototype's own log odds around an item's popularity, > 0, default 1.5: smaller pulls prototypes together. */
  readonly spread?: number;
  /** Standard deviation of popularity, in log odds, > 0; by default learned, by one reward for all. */
  readonly popularity?: number;
  /** Starts, of which the likeliest result is taken; default 2, and 1 for K <= 2. */
  readonly starts?: number;
  /** Most iterations of a start, default 60. */
  readonly iterations?: number;
  /** Whether users who vote also differ in how readily they agree, default false. */
  readonly readiness?: boolean;
}

/** What was learned from answers; `objective` is the log-likelihood with weights integrated out, in nats. */
export interface MarginalFit extends MarginalState {
  readonly objective: number;
  readonly iterations: number;
}

/** Users that the prior over the grid is worth, at each point: keeps points in use. */
const PRIOR_USERS = 0.2;
/** Change of log-likelihood, in nats an answer, below which the iteration ends. */
const STANDSTILL = 2e-5;
/** Bounds of what popularity's standard deviation is learned to be, in log odds. */
const LEAST_POPULARITY = 0.3;
const MOST_POPULARITY = 4;
const POPULARITY_ITERATIONS = 12;

/**
 * PAL with learned items, users' weights integrated out over a grid on the simplex (the EM algorithm of Bock and Aitkin 1981, with items'
 * log odds linear in the weights): users with few answers stay near the population instead of being fitted by chance.
 * @throws InputError for no answers, K < 1, or a prior <= 0
 */
export function fitMarginal(answers: Answers, options: MarginalOptions): MarginalFit {
  checkKeys("fitMarginal", options, [
    "k",
    "rng",
    "spread",
    "popularity",
    "starts",
    "iterations",
    "readiness",
  ]);
  const { k, rng, spread = 1.5, iterations = 60, readiness = false } = options;
  checkInteger("fitMarginal: k", k, { min: 1, max: 12 });
  checkNumber("fitMarginal: spread", spread, { above: 0 });
  checkInteger("fitMarginal: iterations", iterations, { min: 1 });
  const starts = checkInteger("fitMarginal: starts", options.starts ?? (k <= 2 ? 1 : 2), { min: 1 });
  if (answers.user.length === 0) throw new InputError("fitMarginal: there are no answers to learn from");
  const popularity = options.popularity ?? learnPopularity(answers, rng);
  checkNumber("fitMarginal: popularity", popularity, { above: 0 });
  const isLifted = readiness && answers.questions.kind === "statements";
  let best: MarginalFit | undefined;
  for (let start = 0; start < (k === 1 ? 1 : starts); start++) {
    const found = run(answers, startingState(answers, { k, isLifted }, rng.split(start)), {
      prior: { spread, popularity },
      most: iterations,
    });
    if (best === undefined || found.objective > best.objective) best = found;
  }
  return best as MarginalFit;
}

function startingState(
  answers: Answers,
  { k, isLifted }: { readonly k: number; readonly isLifted: boolean },
  rng: RandomStream,
): MarginalState {
  const { grid, lift } = placesOf(k, isLifted);
  const size = grid.length / k;
  const posterior = new Float64Array(answers.users * size).fill(1);
  if (k > 1) spreadAround(spectralStart(answers, k, rng), { grid, k }, posterior);
  return {
    k,
    ...{ grid, lift },
    theta: new Float64Array(answers.questions.parameters * k),
    prior: new Float64Array(size).fill(1 / size),
    posterior,
  };
}

/** A posterior over the grid around each row of `weights`. */
function spreadAround(
  weights: Float64Array,
  { grid, k }: { grid: Float64Array; k: number },
  posterior: Float64Array,
): void {
  const size = grid.length / k;
  const width = 0.15;
  for (let u = 0; u < weights.length / k; u++) {
    let total = 0;
    for (let g = 0; g < size; g++) {
      let squared = 0;
      for (let j = 0; j < k; j++) squared += (weights[u * k + j] - grid[g * k + j]) ** 2;
      total += posterior[u * size + g] = Math.exp(-squared / (2 * width * width)) + 1e-9;
    }
    for (let g = 0; g < size; g++) posterior[u * size + g] /= total;
  }
}

/** The standard deviation of popularity under which the answers are likeliest, by the EM algorithm with one reward for all. */
function learnPopularity(answers: Answers, rng: RandomStream): number {
  const state = startingState(answers, { k: 1, isLifted: false }, rng);
  let popularity = 1;
  run(answers, state, {
    prior: { popularity, spread: 1 },
    most: POPULARITY_ITERATIONS,
    onStep: (variance, centre) => {
      const own = state.theta.reduce((sum, value) => sum + (value - centre[0]) ** 2, 0) / state.theta.length;
      popularity = Math.min(Math.max(Math.sqrt(own + variance), LEAST_POPULARITY), MOST_POPULARITY);
      return { popularity, spread: 1 };
    },
  });
  return popularity;
}

interface Run {
  readonly prior: ParameterPrior;
  readonly most: number;
  /** Told the variance left of popularity and the prior's mean; gives the prior of the next iteration. */
  readonly onStep?: (variance: number, centre: Float64Array) => ParameterPrior;
}

function run(answers: Answers, state: MarginalState, { most, onStep, ...rest }: Run): MarginalFit {
  const { questions } = answers;
  const size = state.prior.length;
  const cells = questions.plus.length * size;
  const counts = { right: new Float64Array(cells), left: new Float64Array(cells) };
  const likelihood = {
    p: new Float64Array(cells).fill(0.5),
    right: new Float64Array(cells),
    left: new Float64Array(cells),
  };
  const uses = usesOf(questions);
  let { prior } = rest;
  let centre: Float64Array = new Float64Array(state.k);
  let objective = -Infinity;
  let iteration = 0;
  while (iteration < most) {
    iteration++;
    if (size > 1 || iteration === 1) countExpected(answers, state, counts);
    const variance = stepParameters(state, counts, { questions, uses, prior, centre, p: likelihood.p });
    if (questions.kind === "statements") centre = columnMeans(state.theta, state.k);
    if (iteration > 1) setPrior(state);
    gridLikelihood(state, questions, likelihood);
    const now = setPosterior(answers, likelihood, state);
    const change = now - objective;
    objective = now;
    if (onStep !== undefined) prior = onStep(variance, centre);
    else if (iteration > 3 && Math.abs(change) < STANDSTILL * answers.user.length) break;
  }
  return { ...state, objective, iterations: iteration };
}

function columnMeans(theta: Float64Array, k: number): Float64Array {
  const means = new Float64Array(k);
  theta.forEach((value, i) => (means[i % k] += (value * k) / theta.length));
  return means;
}

function setPrior({ prior, posterior }: MarginalState): void {
  const size = prior.length;
  prior.fill(PRIOR_USERS);
  for (let i = 0; i < posterior.length; i++) prior[i % size] += posterior[i];
  const total = prior.reduce((sum, value) => sum + value, 0);
  prior.forEach((_, g) => (prior[g] /= total));
}

/** P(right) of rows, each user at their posterior, shape [N]. */
export function predictMarginal(
  fit: MarginalState,
  { questions, user, question }: Omit<Answers, "right">,
): Float64Array {
  const { k, grid, theta, posterior, prior, lift } = fit;
  const size = prior.length;
  const { plus, minus } = questions;
  return Float64Array.from(user, (u, row) => {
    const [a, b] = [plus[question[row]] * k, minus[question[row]] * k];
    let p = 0;
    for (let g = 0; g < size; g++) {
      const belief = posterior[u * size + g];
      if (belief < 1e-12) continue;
      let s = lift[g];
      for (let j = 0; j < k; j++) s += grid[g * k + j] * (theta[a + j] - (b < 0 ? 0 : theta[b + j]));
      p += belief / (1 + Math.exp(-s));
    }
    return p;
  });
}
