import type { Convergence } from "./until-converged.js";

/** One epoch of training, as `onEpoch` and the history see it. */
export interface EpochRecord {
  /** Counts from 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch. */
  readonly loss: number;
  /** Accuracy on the validation comparisons, 0-1, in epochs where it was measured. */
  readonly validation?: number;
}

/** What training recorded, an entry an epoch. */
export interface History {
  readonly epochs: readonly EpochRecord[];
  /** Whether `signal` ended the training before its last epoch. */
  readonly isStopped: boolean;
  /** What the model cannot learn from so many answers, in words; absent where nothing is to be said. */
  readonly warnings?: readonly string[];
  /** Of a training that was to go on until it has converged: whether it has. */
  readonly convergence?: Convergence;
}
