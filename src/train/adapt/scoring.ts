import type { Pairs } from "../../data/index.js";
import type { Engine } from "../../engine/index.js";
import type { Model, Parameters } from "../../families/index.js";

/** A trained model, as far as inferring a user needs it. */
export interface Scoring {
  readonly model: Model;
  readonly parameters: Parameters;
  readonly engine: Engine;
  /** Numbers of a state. */
  readonly k: number;
  /** Scores where row i is judged by the user whose state is row `user[i]` of `weights`. */
  scoresBy(pairs: Pairs, judges: { readonly user: Int32Array; readonly weights: Float32Array }): Float32Array;
  /** Scores of every pair under each of `states`, [n, S]; row-major [N, n]. */
  scoresUnderEach(pairs: Pairs, states: Float32Array): Float32Array;
}
