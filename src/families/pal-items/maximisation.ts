import { solveSymmetric } from "../../core/index.js";
import type { Answers } from "../design/answers.js";
import type { MarginalState } from "./expectation.js";

/** How far a prototype's log odds may move in one step: keeps Newton's method near where its model holds. */
const LONGEST_STEP = 2;

/** Gaussian prior of the parameters: theta_jk = popularity_j + own_jk. */
export interface ParameterPrior {
  /** Standard deviation of what prototypes share, in log odds. */
  readonly popularity: number;
  /** Standard deviation of what is a prototype's own, in log odds. */
  readonly spread: number;
}

/** Expected answers "right" and "left" to each question at each point of the grid, row-major [Q, G] both. */
export interface ExpectedCounts {
  readonly right: Float64Array;
  readonly left: Float64Array;
}

/** Fills `into` from the users' posteriors. */
export function countExpected(
  { user, question, right, weight }: Answers,
  { posterior, prior }: MarginalState,
  into: ExpectedCounts,
): void {
  const size = prior.length;
  into.right.fill(0);
  into.left.fill(0);
  for (let row = 0; row < user.length; row++) {
    const to = right[row] === 1 ? into.right : into.left;
    const [from, at] = [user[row] * size, question[row] * size];
    const by = weight === undefined ? 1 : weight[row];
    for (let g = 0; g < size; g++) to[at + g] += by * posterior[from + g];
  }
}

/** Questions that a parameter takes part in, with its sign there. */
export type Uses = readonly (readonly { readonly question: number; readonly sign: number }[])[];

/** For each learned utility, the questions in which it stands, and with which sign. */
export function usesOf({ plus, minus, parameters }: Answers["questions"]): Uses {
  const uses = Array.from({ length: parameters }, (): { question: number; sign: number }[] => []);
  plus.forEach((parameter, question) => {
    uses[parameter].push({ question, sign: 1 });
    if (minus[question] >= 0) uses[minus[question]].push({ question, sign: -1 });
  });
  return uses;
}

/** What a sweep over the parameters needs beside the state. */
export interface Sweep {
  readonly questions: Answers["questions"];
  readonly uses: Uses;
  readonly prior: ParameterPrior;
  /** Mean of the prior, shape [K]. */
  readonly centre: Float64Array;
  /** P(right) at the state's parameters, row-major [Q, G]. */
  readonly p: Float64Array;
}

/**
 * One Newton step for each parameter in turn, the others as they are.
 * @returns the mean variance that is left of a parameter's mean over prototypes, in squared log odds
 */
export function stepParameters(state: MarginalState, counts: ExpectedCounts, sweep: Sweep): number {
  const { k, theta } = state;
  const { uses, prior, centre } = sweep;
  const precision = priorPrecision(prior, k);
  const gradient = new Float64Array(k);
  const hessian = new Float64Array(k * k);
  const ones = new Float64Array(k).fill(1 / k);
  // one object for all questions: this is where learning from many items spends its time
  const term: QuestionTerm = { question: 0, sign: 1, sweep, gradient, hessian };
  let variance = 0;
  for (let j = 0; j < uses.length; j++) {
    gradient.fill(0);
    hessian.set(precision);
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) gradient[a] += precision[a * k + b] * (theta[j * k + b] - centre[b]);
    }
    for (const { question, sign } of uses[j]) {
      term.question = question;
      term.sign = sign;
      addQuestion(state, counts, term);
    }
    const [step, spread] = solveSymmetric(hessian, [gradient, ones]);
    const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = largest > LONGEST_STEP ? LONGEST_STEP / largest : 1;
    for (let a = 0; a < k; a++) {
      theta[j * k + a] -= scale * step[a];
      variance += spread[a] / k / uses.length;
    }
  }
  return variance;
}

interface QuestionTerm {
  question: number;
  sign: number;
  readonly sweep: Sweep;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

function addQuestion(
  { k, grid, theta, prior }: MarginalState,
  counts: ExpectedCounts,
  term: QuestionTerm,
): void {
  const { question, sign, gradient, hessian } = term;
  const { questions, p: known } = term.sweep;
  const size = prior.length;
  const [plus, minus] = [questions.plus[question] * k, questions.minus[question] * k];
  for (let g = 0; g < size; g++) {
    const n = counts.right[question * size + g] + counts.left[question * size + g];
    if (n < 1e-12) continue;
    let p = known[question * size + g];
    if (minus >= 0) {
      // the other item may have moved in this sweep
      let s = 0;
      for (let a = 0; a < k; a++) s += grid[g * k + a] * (theta[plus + a] - theta[minus + a]);
      p = 1 / (1 + Math.exp(-s));
    }
    const slope = sign * (n * p - counts.right[question * size + g]);
    const curvature = n * p * (1 - p);
    for (let a = 0; a < k; a++) {
      const wa = grid[g * k + a];
      if (wa === 0) continue;
      gradient[a] += slope * wa;
      for (let b = 0; b < k; b++) hessian[a * k + b] += curvature * wa * grid[g * k + b];
    }
  }
}

/**
 * Inverse of shared² · 11ᵀ + spread² · I, row-major [K, K], where shared² is such that the mean over prototypes varies as popularity does (by a
 * twentieth of it at least): so that K = 1 and K > 1 differ by nothing else than prototypes.
 */
function priorPrecision({ popularity, spread }: ParameterPrior, k: number): Float64Array {
  if (k === 1) return Float64Array.of(1 / popularity ** 2);
  const shared2 = Math.max(popularity ** 2 - spread ** 2 / k, popularity ** 2 / 20);
  const shared = shared2 / (spread ** 2 + k * shared2);
  return Float64Array.from({ length: k * k }, (_, i) => ((i % (k + 1) === 0 ? 1 : 0) - shared) / spread ** 2);
}
