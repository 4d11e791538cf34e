import type { Batch } from "../batch.js";
import type { Address } from "../runtime.js";

/** The weights of the distinct users of a batch, [count, K], and where their gradient goes. */
export interface UserRows {
  count: number;
  readonly weights: Address;
  readonly dWeights: Address;
  /** For each comparison, the place of its user among the rows. */
  readonly local: Address;
}

/** One model's arithmetic for one batch. */
export interface Network {
  /** Writes the scores of the batch. With `seed` (training) hidden units are dropped. */
  forward(batch: Batch, users: UserRows, seed?: number): void;
  /** From `batch.dScore` adds to the parameters' gradients and to `users.dWeights` (zeroed by the caller). */
  backward(batch: Batch, users: UserRows): void;
}
