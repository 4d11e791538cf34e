import type { Answers } from "../design/answers.js";

/** The state of the algorithm: parameters, the prior over the grid, and what is believed of each user. */
export interface MarginalState {
  readonly k: number;
  /** Where users can be: weights, row-major [G, K]. */
  readonly grid: Float64Array;
  /** A user's own log odds of "right" at each point, shape [G]: how readily they agree. */
  readonly lift: Float64Array;
  /** Log odds of the prototypes, row-major [J, K]. */
  readonly theta: Float64Array;
  /** Prior over the grid, shape [G]. */
  readonly prior: Float64Array;
  /** Posterior over the grid of each user, row-major [U, G]. */
  readonly posterior: Float64Array;
}

/** P(right), log P(right) and log P(left) of each question at each point of the grid, row-major [Q, G]. */
export interface GridLikelihood {
  readonly p: Float64Array;
  readonly right: Float64Array;
  readonly left: Float64Array;
}

/** Fills `into` from the parameters. */
export function gridLikelihood(
  state: Omit<MarginalState, "posterior" | "prior">,
  questions: Answers["questions"],
  into: GridLikelihood,
): void {
  const { k, grid, theta, lift } = state;
  const size = grid.length / k;
  const { plus, minus } = questions;
  for (let q = 0; q < plus.length; q++) {
    const [a, b] = [plus[q] * k, minus[q] * k];
    for (let g = 0; g < size; g++) {
      let s = lift[g];
      if (b < 0) for (let j = 0; j < k; j++) s += grid[g * k + j] * theta[a + j];
      else for (let j = 0; j < k; j++) s += grid[g * k + j] * (theta[a + j] - theta[b + j]);
      const small = Math.exp(-Math.abs(s));
      const tail = Math.log(1 + small);
      into.p[q * size + g] = (s > 0 ? 1 : small) / (1 + small);
      into.right[q * size + g] = s > 0 ? -tail : s - tail;
      into.left[q * size + g] = s > 0 ? -s - tail : -tail;
    }
  }
}

/** Sets each user's posterior from their answers. @returns the log-likelihood of all answers with the weights integrated out */
export function setPosterior(answers: Answers, likelihood: GridLikelihood, state: MarginalState): number {
  const { posterior, prior } = state;
  const { user, question, right, weight, users } = answers;
  const size = prior.length;
  const logPrior = prior.map(Math.log);
  for (let u = 0; u < users; u++) posterior.set(logPrior, u * size);
  for (let row = 0; row < user.length; row++) {
    const from = right[row] === 1 ? likelihood.right : likelihood.left;
    const [to, at] = [user[row] * size, question[row] * size];
    if (weight === undefined) for (let g = 0; g < size; g++) posterior[to + g] += from[at + g];
    else for (let g = 0; g < size; g++) posterior[to + g] += weight[row] * from[at + g];
  }
  let total = 0;
  for (let u = 0; u < users; u++) total += normaliseLogs(posterior, u * size, size);
  return total;
}

/** e to this power counts as 0 beside 1. */
const SMALLEST_LOG = -40;

/** Turns `size` logs from `start` on into probabilities. @returns the log of their sum */
function normaliseLogs(values: Float64Array, start: number, size: number): number {
  let top = -Infinity;
  for (let i = start; i < start + size; i++) top = Math.max(top, values[i]);
  let sum = 0;
  for (let i = start; i < start + size; i++) {
    const below = values[i] - top;
    sum += values[i] = below < SMALLEST_LOG ? 0 : Math.exp(below);
  }
  for (let i = start; i < start + size; i++) values[i] /= sum;
  return top + Math.log(sum);
}
