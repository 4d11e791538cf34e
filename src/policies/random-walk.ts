import { checkInteger, checkObject, type RandomStream } from "../core/index.js";
import type { Moves } from "../data/worlds/index.js";
import { checkMoves } from "./check-moves.js";

/** Moves that somebody made, one a row: what a policy is learned from offline. Where a move leads says the table. */
export interface Transitions {
  /** State in which the move was made, shape [N]. */
  readonly state: Int32Array;
  /** The move, shape [N]. */
  readonly action: Int32Array;
}

/**
 * Random moves: `walks` walks of `steps` moves each, from states drawn at random, every move as likely as any other.
 * @throws InputError
 */
export function randomWalk(
  moves: Moves,
  options: { readonly walks: number; readonly steps: number; readonly rng: RandomStream },
): Transitions {
  checkMoves("randomWalk", moves);
  checkObject("randomWalk: options", options, ["walks", "steps", "rng"], "an object { walks, steps, rng }");
  const { walks, steps, rng } = options;
  checkInteger("randomWalk: walks", walks, { min: 1 });
  checkInteger("randomWalk: steps", steps, { min: 1 });
  const state = new Int32Array(walks * steps);
  const action = new Int32Array(walks * steps);
  let at = 0;
  for (let row = 0; row < state.length; row++) {
    if (row % steps === 0) at = rng.integer(moves.states);
    state[row] = at;
    action[row] = rng.integer(moves.actions);
    at = moves.next[at * moves.actions + action[row]];
  }
  return { state, action };
}
