import type { Address, Runtime } from "../runtime.js";

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
