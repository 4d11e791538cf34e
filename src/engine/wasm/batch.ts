import type { LoadedPairs } from "./loaded-data.js";
import type { Address, Runtime } from "./runtime.js";

/** The comparisons that are computed together: places of their users, items and contexts, and room for scores. */
export interface Batch {
  readonly capacity: number;
  /** Rows filled at present. */
  count: number;
  readonly user: Address;
  readonly left: Address;
  readonly right: Address;
  readonly context: Address;
  readonly label: Address;
  readonly weight: Address;
  readonly score: Address;
  readonly dScore: Address;
}

/** What a batch is filled from; `label` and `weight` are floats. */
export interface BatchSource extends LoadedPairs {
  readonly user: Address;
  readonly label: Address;
  readonly weight: Address;
}

export function createBatch(runtime: Runtime, capacity: number): Batch {
  const room = (): Address => runtime.allocate(capacity);
  return {
    capacity,
    count: 0,
    user: room(),
    left: room(),
    right: room(),
    context: room(),
    label: room(),
    weight: room(),
    score: room(),
    dScore: room(),
  };
}

/** Fills the batch with the rows that `order` (addresses of row indices) names. */
export function fillBatch(
  runtime: Runtime,
  batch: Batch,
  source: BatchSource,
  rows: { order: Address; count: number },
): void {
  const { kernels } = runtime;
  const { order, count } = rows;
  batch.count = count;
  kernels.take(count, order, source.user, batch.user);
  kernels.take(count, order, source.left, batch.left);
  kernels.take(count, order, source.right, batch.right);
  if (source.context !== 0) kernels.take(count, order, source.context, batch.context);
  kernels.take(count, order, source.label, batch.label);
  kernels.take(count, order, source.weight, batch.weight);
  // rows beyond the last count for nothing: the loss runs over whole vectors of four
  kernels.zero(batch.weight + 4 * count, 4 * (Math.ceil(count / 4) * 4 - count));
}

/** The distinct values among indices of a batch, found once so that each row is computed once. */
export class Distinct {
  readonly unique: Address;
  count = 0;
  readonly #runtime: Runtime;
  readonly #place: Address;

  constructor(runtime: Runtime, size: { readonly values: number; readonly capacity: number }) {
    this.#runtime = runtime;
    this.#place = runtime.allocate(size.values);
    this.unique = runtime.allocate(size.capacity);
  }

  clear(): void {
    this.count = 0;
  }

  /** Adds `count` indices; writes the place of each among the distinct ones to `local`. */
  add(count: number, index: Address, local: Address): void {
    this.count = this.#runtime.kernels.distinct(count, index, this.#place, this.unique, this.count, local);
  }
}
