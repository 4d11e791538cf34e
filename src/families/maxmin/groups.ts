import { logSigmoid, type RandomStream } from "../../core/index.js";
import type { Problem } from "../design/problem.js";
import { dot } from "../design/rows.js";
import { newtonStep } from "../types/newton.js";
import { startingBelief } from "../types/starting-belief.js";

/** Groups of users, each with a reward of its own. */
export interface Groups {
  /** Rewards, row-major [K, D]. */
  readonly means: Float64Array;
  /** The group of each user. */
  readonly group: Int32Array;
  /** Log-likelihood of all answers under their users' groups, less the prior's penalty, in nats. */
  readonly objective: number;
}

/** Standard deviation of a reward's coefficients before any answer, in log odds. */
const DEVIATION = 3;
const ITERATIONS = 100;
/** Newton steps of each reward from one assignment of users to the next. */
const STEPS = 2;

/**
 * EM with hard assignments: each group's reward is fitted to its users' answers, then each user goes to the group whose reward explains their answers
 * best, until nobody moves. Of several starts the likeliest result counts.
 */
export function findGroups(
  problem: Problem,
  { k, starts, rng }: { readonly k: number; readonly starts: number; readonly rng: RandomStream },
): Groups {
  const found = Array.from({ length: k === 1 ? 1 : starts }, (_, i) => oneStart(problem, k, rng.split(i)));
  return found.reduce((a, b) => (b.objective > a.objective ? b : a));
}

/** The group of the largest log-likelihood, of users' log-likelihoods [U, K]. */
export function likeliest(logs: ArrayLike<number>, k: number): Int32Array {
  return Int32Array.from({ length: logs.length / k }, (_, user) => {
    let best = 0;
    for (let j = 1; j < k; j++) if (logs[user * k + j] > logs[user * k + best]) best = j;
    return best;
  });
}

function oneStart(problem: Problem, k: number, rng: RandomStream): Groups {
  const d = problem.mean.width;
  const means = new Float64Array(k * d);
  const prior = { centre: new Float64Array(d), precision: 1 / DEVIATION ** 2 };
  let group = likeliest(startingBelief(problem, k, rng), k);
  let logs: Float64Array = new Float64Array(0);
  let isStill = false;
  for (let iteration = 0; iteration < ITERATIONS && !isStill; iteration++) {
    const before = means.slice();
    for (let j = 0; j < k; j++) {
      const share = (user: number): number => (group[user] === j ? 1 : 0);
      for (let step = 0; step < STEPS; step++)
        newtonStep(problem, means.subarray(j * d, (j + 1) * d), { share, ...prior });
    }
    logs = logLikelihoods(problem, means, k);
    const next = likeliest(logs, k);
    const moves = means.reduce((most, value, i) => Math.max(most, Math.abs(value - before[i])), 0);
    isStill = next.every((value, user) => value === group[user]) && moves < 1e-6;
    group = next;
  }
  const penalty = means.reduce((sum, value) => sum + value * value, 0) / (2 * DEVIATION ** 2);
  const objective = group.reduce((sum, j, user) => sum + logs[user * k + j], -penalty);
  return { means, group, objective };
}

/** Of each user's answers under each reward, row-major [U, K]. */
function logLikelihoods(
  { users, user, mean, right, weight }: Problem,
  means: Float64Array,
  k: number,
): Float64Array {
  const d = mean.width;
  const logs = new Float64Array(users * k);
  user.forEach((who, row) => {
    for (let j = 0; j < k; j++) {
      const s = dot(mean, row, means, j * d);
      logs[who * k + j] += weight[row] * logSigmoid(right[row] > 0 ? s : -s);
    }
  });
  return logs;
}
