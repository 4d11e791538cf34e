import {
  checkArray,
  checkInteger,
  checkNumber,
  checkNumbers,
  checkObject,
  InputError,
} from "../core/index.js";
import { valueIteration, type Moves } from "../data/worlds/index.js";
import { checkMoves } from "./check-moves.js";

/**
 * The policy that is best for a reward by tabular value iteration: the move with the largest value in each state, shape [S]; of equal ones the first.
 * Multiplying a reward by a number above 0, or adding one, changes nothing: a user's scale of rewards does not matter here.
 * @param reward of arriving in each state, shape [S]: of one user, for example the scores of places under their state
 * @throws InputError for a reward of another number of states
 */
export function greedyPolicy(
  moves: Moves,
  reward: ArrayLike<number>,
  options: { readonly gamma?: number } = {},
): Int32Array {
  checkMoves("greedyPolicy", moves);
  checkNumbers("greedyPolicy: reward", reward);
  checkObject("greedyPolicy: options", options, [], "an object such as { gamma: 0.99 }");
  const { move } = valueIteration(moves, reward, options);
  const { states, actions } = moves;
  return Int32Array.from({ length: states }, (_, state) => {
    let best = 0;
    for (let action = 1; action < actions; action++)
      if (move[state * actions + action] > move[state * actions + best] + 1e-9) best = action;
    return best;
  });
}

/** What a policy is to reach, and within how many steps (default 100). */
export interface Aim {
  /** A state. */
  readonly goal: number;
  readonly steps?: number;
}

/** @throws InputError for moves that are no table, or a goal that is no state of it */
function checkAim(caller: string, moves: Moves, options: Aim): Required<Aim> {
  checkMoves(caller, moves);
  checkObject(`${caller}: options`, options, ["goal"], "an object such as { goal: 3 }");
  const { goal, steps = 100 } = options;
  checkInteger(`${caller}: goal`, goal, { min: 0, max: moves.states - 1 });
  checkInteger(`${caller}: steps`, steps, { min: 0 });
  return { goal, steps };
}

/**
 * From how many of all states, 0-1, a policy reaches a goal within some steps.
 * @param policy the move in each state, shape [S]
 * @throws InputError for a policy of another table, or a goal that is no state
 */
export function successRate(moves: Moves, policy: Int32Array, options: Aim): number {
  const { goal, steps } = checkAim("successRate", moves, options);
  checkArray("successRate: policy", policy, "a move for each state");
  const { states, actions, next } = moves;
  if (policy.length !== states)
    throw new InputError(`successRate: policy must have ${states} moves, one a state, got ${policy.length}`);
  let reached = 0;
  for (let start = 0; start < states; start++) {
    let state = start;
    for (let step = 0; step < steps && state !== goal; step++) state = next[state * actions + policy[state]];
    if (state === goal) reached++;
  }
  return reached / states;
}

/**
 * How likely it is, in the mean over all states to start in, 0-1, that who moves by chance reaches a goal within some steps: exact, nothing is drawn.
 * @param chances of each move in each state, row-major [S, A], each row adding up to 1; all alike are a random walk
 * @throws InputError for chances of another table, or a goal that is no state
 */
export function successChance(moves: Moves, chances: ArrayLike<number>, options: Aim): number {
  const { goal, steps } = checkAim("successChance", moves, options);
  checkNumbers("successChance: chances", chances);
  const { states, actions, next } = moves;
  if (chances.length !== states * actions)
    throw new InputError(
      `successChance: chances must have ${states * actions} numbers, ${actions} for each state, got ${chances.length}`,
    );
  let arrived = Float64Array.from({ length: states }, (_, state) => (state === goal ? 1 : 0));
  for (let step = 0; step < steps; step++) {
    const sooner = arrived;
    arrived = sooner.map((_, state) => {
      if (state === goal) return 1;
      let sum = 0;
      for (let at = state * actions; at < (state + 1) * actions; at++) sum += chances[at] * sooner[next[at]];
      return sum;
    });
  }
  return arrived.reduce((sum, value) => sum + value, 0) / states;
}

/**
 * What a policy earns in the mean over all states to start in: sum over steps t = 0, 1, … of gamma^t times the reward of arriving, until what is left is
 * below 1e-9 of it.
 * @param policy the move in each state, shape [S]
 * @param reward of arriving in each state, shape [S]
 * @throws InputError for a policy or a reward of another table
 */
export function policyReturn(
  moves: Moves,
  policy: ArrayLike<number>,
  reward: ArrayLike<number>,
  options: { readonly gamma?: number } = {},
): number {
  checkMoves("policyReturn", moves);
  checkNumbers("policyReturn: policy", policy);
  checkNumbers("policyReturn: reward", reward);
  const { gamma = 0.99 } = options;
  checkNumber("policyReturn: gamma", gamma, { min: 0, below: 1 });
  const { states, actions, next } = moves;
  if (policy.length !== states || reward.length !== states)
    throw new InputError(
      `policyReturn: policy and reward must have ${states} numbers, one a state, got ${policy.length} and ${reward.length}`,
    );
  const at = Int32Array.from({ length: states }, (_, state) => state);
  let earned = 0;
  for (let weight = 1 / states; weight * states > 1e-9; weight *= gamma)
    at.forEach((state, start) => {
      at[start] = next[state * actions + policy[state]];
      earned += weight * reward[at[start]];
    });
  return earned;
}
