import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  exp,
  InputError,
  type RandomStream,
} from "../../core/index.js";
import { checkIsStream } from "../../data/index.js";
import { logRatios, mixture, type LogRatios, type Objectives } from "./objectives.js";

/**
 * The policy in proportion to reference prod_k (policy_k / reference)^w_k, row-major [X, A]: a weighted geometric mean, divided by its sum for each prompt.
 * @param weights of the policies, on the simplex, [K]
 * @throws InputError for policies of different actions, or weights that are not on the simplex
 */
export function mixPolicies(objectives: Objectives, weights: ArrayLike<number>): Float64Array {
  const logs = logRatios("mixPolicies", objectives);
  checkNumbers("mixPolicies: weights", weights);
  const all = Array.from(weights);
  const total = all.reduce((sum, w) => sum + (w >= 0 ? w : NaN), 0);
  if (all.length !== logs.ratios.length || !(Math.abs(total - 1) < 1e-6))
    throw new InputError(
      `mixPolicies: weights must be ${logs.ratios.length} numbers >= 0 that add up to 1, one a policy, got ${all.join(", ")}`,
    );
  return mixture(logs, weights).policy;
}

/**
 * The weights under which the mixture's worst normalised reward is largest, [K], exactly: they minimise a convex function (mirror descent with a step that
 * adapts, until no weight can gain 1e-9).
 * @source Wang et al. 2025 (MPO), arXiv 2502.18699: lambda* = argmin E_x ln E_reference prod_k (policy_k / reference)^lambda_k
 * @throws InputError for policies of different actions
 */
export function mpoWeights(objectives: Objectives): Float64Array {
  return fairestWeights(logRatios("mpoWeights", objectives));
}

const [ROUNDS, GAP] = [20_000, 1e-9];

/** As {@link mpoWeights}, of log ratios that need be no policies': any rewards / beta. */
export function fairestWeights(logs: LogRatios): Float64Array {
  const k = logs.ratios.length;
  let weights = new Float64Array(k).fill(1 / k);
  let now = mixture(logs, weights);
  let step = 1;
  for (let round = 0; round < ROUNDS; round++) {
    const { gradient } = now;
    const gap = weights.reduce((sum, w, i) => sum + w * gradient[i], 0) - Math.min(...gradient);
    if (gap < GAP || step < 1e-12) break;
    const moved = multiplied(weights, gradient, step);
    const next = mixture(logs, moved);
    if (next.value <= now.value) {
      [weights, now] = [moved, next];
      step *= 1.5;
    } else step /= 2;
  }
  return weights;
}

/** Options of {@link mpoWeightsBySampling}. */
export interface MirrorDescentOptions {
  readonly rng: RandomStream;
  /** Actions drawn from the reference for each prompt in each step, default 64. */
  readonly samples?: number;
  /** Steps, T, default 3000. */
  readonly steps?: number;
  /** The step size is rate / sqrt(T), default 1. */
  readonly rate?: number;
}

/**
 * The same weights by batch stochastic mirror descent, as a language model would need it: actions are drawn from the reference, the gradient is the mean of
 * their log ratios weighted by a softmax over the draws, steps multiply, and the average over all steps is returned, [K].
 * @source Wang et al. 2025 (MPO), algorithm 1; step size and number of draws are ours
 * @throws InputError for policies of different actions, or an option out of its range
 */
export function mpoWeightsBySampling(objectives: Objectives, options: MirrorDescentOptions): Float64Array {
  const logs = logRatios("mpoWeightsBySampling", objectives);
  checkKeys("mpoWeightsBySampling", options, ["rng", "samples", "steps", "rate"]);
  const { rng, samples = 64, steps = 3000, rate = 1 } = options;
  checkIsStream("mpoWeightsBySampling: rng", rng);
  checkInteger("mpoWeightsBySampling: samples", samples, { min: 1 });
  checkInteger("mpoWeightsBySampling: steps", steps, { min: 1 });
  checkNumber("mpoWeightsBySampling: rate", rate, { above: 0 });
  const k = logs.ratios.length;
  const upTo = cumulated(logs);
  const average = new Float64Array(k);
  let weights = new Float64Array(k).fill(1 / k);
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < k; i++) average[i] += weights[i] / steps;
    weights = multiplied(
      weights,
      sampledGradient(logs, weights, { rng, samples, upTo }),
      rate / Math.sqrt(steps),
    );
  }
  return average;
}

/** Weights times e^(-step · gradient), on the simplex. */
function multiplied(weights: Float64Array, gradient: Float64Array, step: number): Float64Array<ArrayBuffer> {
  const least = Math.min(...gradient);
  const moved = Float64Array.from(weights, (w, i) => w * exp(-step * (gradient[i] - least)));
  const total = moved.reduce((sum, w) => sum + w, 0);
  return moved.map((w) => w / total);
}

function sampledGradient(
  { actions, reference, ratios }: LogRatios,
  weights: Float64Array,
  {
    rng,
    samples,
    upTo,
  }: { readonly rng: RandomStream; readonly samples: number; readonly upTo: Float64Array },
): Float64Array {
  const [k, prompts] = [ratios.length, reference.length / actions];
  const gradient = new Float64Array(k);
  const own = new Float64Array(k);
  for (let from = 0; from < reference.length; from += actions) {
    own.fill(0);
    let total = 0;
    for (let draw = 0; draw < samples; draw++) {
      const at = drawn(upTo, from, actions, rng.uniform());
      let sum = 0;
      for (let j = 0; j < k; j++) sum += weights[j] * ratios[j][at];
      const raised = exp(Math.max(-700, Math.min(sum, 700)));
      total += raised;
      for (let j = 0; j < k; j++) own[j] += raised * ratios[j][at];
    }
    for (let j = 0; j < k; j++) gradient[j] += own[j] / total / prompts;
  }
  return gradient;
}

/** The sum of a prompt's chances up to each action. */
function cumulated({ actions, reference }: LogRatios): Float64Array {
  let sum = 0;
  return reference.map((p, i) => (sum = i % actions === 0 ? p : sum + p));
}

/** Where a prompt's cumulated chances first pass a number, by halving. */
function drawn(upTo: Float64Array, from: number, actions: number, at: number): number {
  let [low, high] = [from, from + actions - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
