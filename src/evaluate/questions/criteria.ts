import { exp, log, randomStream } from "../../core/index.js";
import type { After, Beliefs } from "./beliefs.js";

/** Ways to say how much a question is worth. */
export const CRITERIA = [
  "random",
  "released",
  "least entropy",
  "mutual information, uniform answers",
  "mutual information",
  "bald",
  "d-optimal",
  "volume removal",
] as const;
/** A way to choose the next question, by name. */
export type Criterion = (typeof CRITERIA)[number];

/** Criteria whose values are nats that an answer is expected to tell of the user. */
export const IN_NATS: readonly Criterion[] = [
  "mutual information, uniform answers",
  "mutual information",
  "bald",
];

/** What each question is worth, shape [N]; the largest is asked. */
export function valuesOf(criterion: Criterion, beliefs: Beliefs, seed: number): Float64Array {
  switch (criterion) {
    case "random": {
      const rng = randomStream(seed).split("random question");
      return Float64Array.from({ length: beliefs.questions }, () => rng.uniform());
    }
    case "released":
      return each(beliefs, released(beliefs.after(), beliefs.questions));
    case "least entropy":
      return each(beliefs, entropyLeft(beliefs.after(), beliefs));
    case "mutual information, uniform answers":
      return each(
        beliefs,
        momentMatched(beliefs.after(), beliefs, () => 0.5),
      );
    case "mutual information":
      return each(
        beliefs,
        momentMatched(beliefs.after(), beliefs, (n) => beliefs.right[n]),
      );
    case "bald":
      return each(beliefs, bald(beliefs));
    case "d-optimal":
      return each(beliefs, scoreVariance(beliefs));
    case "volume removal":
      return each(beliefs, (n) => Math.min(beliefs.right[n], 1 - beliefs.right[n]));
  }
}

function each({ questions }: Beliefs, value: (question: number) => number): Float64Array {
  return Float64Array.from({ length: questions }, (_, n) => value(n));
}

/** The sum over coordinates of something, of question n after an answer. */
function overCoordinates(values: Float64Array, questions: number, of: (value: number) => number) {
  const d = values.length / (2 * questions);
  return (n: number, answer: number): number => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += of(values[(2 * n + answer) * d + j]);
    return sum;
  };
}

/**
 * ln(2 pi mean over answers of the sum of variances) less the mean over answers of the sum of ln(2 pi variance): it does not look at means.
 * @source the released code of VPL, kept to show what it misses
 */
function released({ variance }: After, questions: number) {
  const sum = overCoordinates(variance, questions, (v) => v);
  const logs = overCoordinates(variance, questions, (v) => log(2 * Math.PI * v));
  return (n: number): number => log(Math.PI * (sum(n, 0) + sum(n, 1))) - 0.5 * (logs(n, 0) + logs(n, 1));
}

/** Minus the entropy that is expected to be left, by the answers' predicted probabilities. */
function entropyLeft({ variance }: After, { questions, right }: Beliefs) {
  const entropy = overCoordinates(variance, questions, (v) => 0.5 * log(2 * Math.PI * Math.E * v));
  return (n: number): number => -((1 - right[n]) * entropy(n, 0) + right[n] * entropy(n, 1));
}

/**
 * Information of an answer on the latent, for a mixture of two Gaussians taken to be one of the same mean and variance:
 * 1/2 sum ln(E v + Var m) - 1/2 E sum ln v, over coordinates.
 * @param probability of "right"
 */
function momentMatched(
  { mean, variance }: After,
  { questions }: Beliefs,
  probability: (n: number) => number,
) {
  const d = mean.length / (2 * questions);
  return (n: number): number => {
    const p = probability(n);
    let sum = 0;
    for (let j = 0; j < d; j++) {
      const [left, right] = [2 * n * d + j, (2 * n + 1) * d + j];
      const within = (1 - p) * variance[left] + p * variance[right];
      const between = p * (1 - p) * (mean[right] - mean[left]) ** 2;
      sum += log(within + between) - (1 - p) * log(variance[left]) - p * log(variance[right]);
    }
    return sum / 2;
  };
}

/** Entropy of the answer less what is left of it were the user known. @source Houlsby et al. 2011, arXiv 1112.5745 */
function bald({ scores, right, draws }: Beliefs) {
  return (n: number): number => {
    let known = 0;
    for (let s = 0; s < draws; s++) known += entropyOf(1 / (1 + exp(-scores[n * draws + s])));
    return Math.max(0, entropyOf(right[n]) - known / draws);
  };
}

function entropyOf(p: number): number {
  const q = 1 - p;
  return (p > 0 ? -p * log(p) : 0) - (q > 0 ? q * log(q) : 0);
}

/**
 * The score's variance: x' C x where it is linear in the state, x its features and C the posterior's covariance, which is the inverse of PReF's information
 * matrix; the pair with the largest shrinks the determinant most.
 * @source PReF, arXiv 2503.06358
 */
function scoreVariance({ scores, draws }: Beliefs) {
  return (n: number): number => {
    let [sum, squares] = [0, 0];
    for (let s = 0; s < draws; s++) {
      sum += scores[n * draws + s];
      squares += scores[n * draws + s] ** 2;
    }
    return squares / draws - (sum / draws) ** 2;
  };
}
