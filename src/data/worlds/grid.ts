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

/** What {@link valueIteration} finds. */
export interface Values {
  /** Expected discounted reward from each state, shape [S]. */
  readonly state: Float64Array;
  /** The same after a first move, row-major [S, A]. */
  readonly move: Float64Array;
}

/**
 * Values of the best policy of a table with deterministic moves: V(s) = max over moves of reward(s') + gamma V(s'), s' the state moved to; a state of
 * `ends` is left no more, and is worth 0. Iterates until nothing changes by 1e-12, or `iterations` times.
 * @param reward of arriving in a state, shape [S]
 * @throws InputError (gamma outside 0-1, a reward for another number of states)
 */
export function valueIteration(
  moves: Moves,
  reward: ArrayLike<number>,
  options: { readonly gamma?: number; readonly ends?: readonly number[]; readonly iterations?: number } = {},
): Values {
  checkObject(
    "valueIteration: moves",
    moves,
    ["states", "actions", "next"],
    "a table { states, actions, next }",
  );
  checkNumbers("valueIteration: reward", reward);
  checkObject("valueIteration: options", options, [], "an object such as { gamma: 0.99 }");
  const { gamma = 0.99, ends = [], iterations = 5000 } = options;
  checkNumber("valueIteration: gamma", gamma, { min: 0, below: 1 });
  checkInteger("valueIteration: iterations", iterations, { min: 1 });
  checkNumbers("valueIteration: ends", ends);
  const { states, actions, next } = moves;
  if (reward.length !== states)
    throw new InputError(
      `valueIteration: reward must have ${states} numbers, one a state, got ${reward.length}`,
    );
  const state = new Float64Array(states);
  const move = new Float64Array(states * actions);
  const isEnd = new Uint8Array(states);
  for (const end of ends) isEnd[end] = 1;
  for (let round = 0; round < iterations; round++) {
    for (let i = 0; i < move.length; i++) move[i] = reward[next[i]] + gamma * state[next[i]];
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
