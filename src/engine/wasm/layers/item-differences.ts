import type { Batch } from "../batch.js";
import type { Address, Runtime } from "../runtime.js";
import type { ItemEncoder } from "./encoder.js";
import type { Mlp } from "./mlp.js";

/**
 * f(right) - f(left) of each comparison. The last layer of f is linear, so it is applied to the difference of what it sees: one row
 * a comparison instead of one an item, which pays while a batch has more items than comparisons. The last bias cancels.
 */
export class ItemDifferences {
  /** [capacity, outputs], and its gradient (written by the caller). */
  readonly value: Address;
  readonly gradient: Address;
  readonly #runtime: Runtime;
  readonly #items: ItemEncoder;
  readonly #mlp: Mlp;
  /** Differences of what the last layer sees, and their gradient. */
  readonly #hidden: Address;
  readonly #dHidden: Address;

  constructor(runtime: Runtime, items: ItemEncoder, mlp: Mlp, capacity: number) {
    this.#runtime = runtime;
    this.#items = items;
    this.#mlp = mlp;
    this.value = runtime.allocate(capacity * mlp.outputs);
    this.gradient = runtime.allocate(capacity * mlp.outputs);
    this.#hidden = runtime.allocate(capacity * mlp.hiddenWidth);
    this.#dHidden = runtime.allocate(capacity * mlp.hiddenWidth);
  }

  /** Of the items that were fetched. */
  forward(batch: Batch, seed?: number): void {
    const { left, right, fetched } = this.#items;
    const seen = this.#mlp.forwardHidden(fetched.x, fetched.count, seed);
    this.#runtime.kernels.differences(batch.count, this.#mlp.hiddenWidth, seen, left, right, this.#hidden);
    this.#mlp.applyLast(this.#hidden, batch.count, this.value);
  }

  backward(batch: Batch): void {
    const { kernels } = this.#runtime;
    const { hiddenGradient, hiddenWidth } = this.#mlp;
    const { left, right, fetched } = this.#items;
    const target = hiddenGradient === 0 ? 0 : this.#dHidden;
    this.#mlp.backwardLast(this.gradient, this.#hidden, batch.count, target);
    if (hiddenGradient === 0) return;
    kernels.zero(hiddenGradient, 4 * fetched.count * hiddenWidth);
    kernels.addDifferences(batch.count, hiddenWidth, this.#dHidden, left, right, hiddenGradient);
    this.#mlp.backwardHidden(fetched.count, 0);
  }
}
