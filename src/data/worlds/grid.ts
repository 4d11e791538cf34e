import { checkInteger, checkNumber, checkNumbers, checkObject, InputError } from "../../core/index.js";

/** A table of deterministic moves. */
export interface Moves {
  /** States S. */
  readonly states: number;
  /** Moves A in each state. */
  readonly actions: number;
  /** State after each move, row-major [S, A]. */
  readonly next: Int32Array;
}

/** Moves that fail: with a chance, a move leads to another state than the one that was meant. */
export interface Slips {
  /** How likely it is, 0-1. */
  readonly chance: number;
  /** States that are then equally likely, as many for each move, row-major [S, A, L]. */
  readonly to: Int32Array;
}

/** What {@link valueIteration} finds. */
export interface Values {
  /** Expected discounted reward from each state, shape [S]. */
  readonly state: Float64Array;
  /** The same after a first move, row-major [S, A]. */
  readonly move: Float64Array;
}

/**
 * Values of the best policy of a table of moves: V(s) = max over moves of reward(s') + gamma V(s'), s' the state moved to, or its mean where moves slip; a
 * state of `ends` is left no more, and is worth 0. Iterates until nothing changes by 1e-12, or `iterations` times.
 * @param reward of arriving in a state, shape [S]
 * @throws InputError (gamma or a chance outside 0-1, a reward for another number of states)
 */
export function valueIteration(
  moves: Moves,
  reward: ArrayLike<number>,
  options: {
    readonly gamma?: number;
    readonly ends?: readonly number[];
    readonly iterations?: number;
    readonly slips?: Slips;
  } = {},
): Values {
  checkObject(
    "valueIteration: moves",
    moves,
    ["states", "actions", "next"],
    "a table { states, actions, next }",
  );
  checkNumbers("valueIteration: reward", reward);
  checkObject("valueIteration: options", options, [], "an object such as { gamma: 0.99 }");
  const { gamma = 0.99, ends = [], iterations = 5000, slips } = options;
  checkNumber("valueIteration: gamma", gamma, { min: 0, below: 1 });
  checkInteger("valueIteration: iterations", iterations, { min: 1 });
  checkNumbers("valueIteration: ends", ends);
  const { states, actions, next } = moves;
  if (reward.length !== states)
    throw new InputError(
      `valueIteration: reward must have ${states} numbers, one a state, got ${reward.length}`,
    );
  if (slips !== undefined) checkSlips("valueIteration", moves, slips);
  const state = new Float64Array(states);
  const move = new Float64Array(states * actions);
  const isEnd = new Uint8Array(states);
  for (const end of ends) isEnd[end] = 1;
  for (let round = 0; round < iterations; round++) {
    for (let i = 0; i < move.length; i++) move[i] = reward[next[i]] + gamma * state[next[i]];
    if (slips !== undefined) slipped(move, slips, (to) => reward[to] + gamma * state[to]);
    let change = 0;
    for (let s = 0; s < states; s++) {
      let best = isEnd[s] === 1 ? 0 : -Infinity;
      if (isEnd[s] === 0) for (let a = 0; a < actions; a++) best = Math.max(best, move[s * actions + a]);
      change = Math.max(change, Math.abs(best - state[s]));
      state[s] = best;
    }
    if (change < 1e-12) break;
  }
  return { state, move };
}

/** What moves are worth that succeed becomes what they are worth as they may slip. */
function slipped(move: Float64Array, { chance, to }: Slips, worth: (state: number) => number): void {
  const each = to.length / move.length;
  for (let i = 0; i < move.length; i++) {
    let sum = 0;
    for (let l = i * each; l < (i + 1) * each; l++) sum += worth(to[l]);
    move[i] += chance * (sum / each - move[i]);
  }
}

/** @throws InputError for a chance outside 0-1, or states that are none of the table */
function checkSlips(caller: string, { states, actions }: Moves, slips: Slips): void {
  checkObject(`${caller}: slips`, slips, ["chance", "to"], "an object { chance, to }");
  checkNumber(`${caller}: slips.chance`, slips.chance, { min: 0, max: 1 });
  const { to } = slips;
  if (to.length === 0 || to.length % (states * actions) !== 0)
    throw new InputError(
      `${caller}: slips.to must have as many states for each of ${states * actions} moves, got ${to.length}`,
    );
  const outside = to.find((state) => !(state >= 0 && state < states));
  if (outside !== undefined)
    throw new InputError(`${caller}: slips.to must name states 0 to ${states - 1}, got ${outside}`);
}
