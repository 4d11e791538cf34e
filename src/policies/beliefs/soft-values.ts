import type { Ops } from "../../graph/index.js";

/** Rows of tables that a sweep of value iteration gathers, by their names. */
export interface MovePlaces<I> {
  /** The state that each move leads to, [S A]. */
  readonly next: I;
  /** The states that it may slip to, L for each move, and where those of each move begin, [S A + 1]. */
  readonly slips: I;
  readonly slipsFrom: I;
  /** The state of each move, and where the moves of each state begin, [S + 1]. */
  readonly stateOf: I;
  readonly movesFrom: I;
}

/** What values are of: N worlds side by side, a column each. */
export interface SoftWorlds<T> {
  /** Of arriving in a state, [S, N]. */
  readonly reward: T;
  /** How likely a move slips, 0-1, the same down each column, [S A, N]. */
  readonly slip: T;
  /** 1 where a state is left again, 0 where it ends a walk, [S, N]. */
  readonly goesOn: T;
}

/** How values are iterated. */
export interface SoftSweeps {
  readonly sweeps: number;
  /** What a step later is worth, 0-1. */
  readonly gamma: number;
  /** How soft the largest of some moves is: 0.01 is nearly the largest, much is their mean. */
  readonly temperature: number;
}

/**
 * What each move is worth to somebody who goes on well, by soft value iteration, [S A, N]: Q(s, a) = (1 - slip) X(next) + slip · mean X(slips) with
 * X = reward + gamma V, and V(s) = temperature · ln mean over a of e^(Q(s, a) / temperature), which lies between the mean and the largest. Sweeps begin at V = 0.
 */
export function softMoveValues<T, I>(
  ops: Ops<T, I>,
  { reward, slip, goesOn }: SoftWorlds<T>,
  at: MovePlaces<I>,
  { sweeps, gamma, temperature }: SoftSweeps,
): T {
  const one = { dropout: 0 } as const;
  const worth = (arriving: T): T => {
    const meant = ops.rows(arriving, at.next);
    const aside = ops.segmentMean(ops.rows(arriving, at.slips), at.slipsFrom);
    return ops.add(meant, ops.multiply(slip, ops.subtract(aside, meant)));
  };
  let moves = worth(reward);
  for (let sweep = 1; sweep < sweeps; sweep++) {
    // what is taken off inside and added outside changes nothing but the range of e^x
    const level = ops.segmentMean(ops.detach(moves), at.movesFrom);
    const above = ops.scale(ops.subtract(moves, ops.rows(level, at.stateOf)), 1 / temperature);
    const raised = ops.segmentMean(ops.hidden(above, { ...one, activation: "exp" }), at.movesFrom);
    const softened = ops.scale(ops.hidden(raised, { ...one, activation: "log" }), temperature);
    const value = ops.multiply(ops.add(level, softened), goesOn);
    moves = worth(ops.add(reward, ops.scale(value, gamma)));
  }
  return moves;
}

/** The rows of a table of moves that {@link softMoveValues} gathers. @param slips states that moves slip to, row-major [S, A, L] */
export function movePlaces(
  { states, actions, next }: { readonly states: number; readonly actions: number; readonly next: Int32Array },
  slips: Int32Array,
): MovePlaces<Int32Array> {
  const moves = states * actions;
  const each = slips.length / moves;
  return {
    next,
    slips,
    slipsFrom: Int32Array.from({ length: moves + 1 }, (_, i) => i * each),
    stateOf: Int32Array.from({ length: moves }, (_, i) => Math.floor(i / actions)),
    movesFrom: Int32Array.from({ length: states + 1 }, (_, s) => s * actions),
  };
}
