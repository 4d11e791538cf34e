import type { BradleyTerry } from "../../../model/index.js";
import type { Batch } from "../batch.js";
import { ItemEncoder } from "../layers/encoder.js";
import type { LoadedPairs } from "../loaded-data.js";
import type { ParameterBlock } from "../parameters.js";
import type { Address, Runtime, ScoreArguments } from "../runtime.js";
import type { Network } from "./network.js";

/** One reward for all: the score is the difference of two numbers. */
export class RewardNetwork implements Network {
  readonly #runtime: Runtime;
  readonly #items: ItemEncoder;
  /** The inner product's other side: the number 1, for everybody. */
  readonly #one: Address;
  readonly #dOne: Address;
  readonly #zeros: Address;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { model: BradleyTerry; pairs: LoadedPairs; capacity: number },
  ) {
    const { model, pairs, capacity } = use;
    this.#runtime = runtime;
    this.#items = new ItemEncoder(runtime, parameters, {
      pairs,
      projector: model.projector,
      capacity,
      joinContexts: true,
    });
    this.#one = runtime.storeFloats([1]);
    this.#dOne = runtime.allocate(1);
    this.#zeros = runtime.allocate(capacity);
  }

  forward(batch: Batch, _users: unknown, seed?: number): void {
    this.#items.forward(batch, seed);
    this.#runtime.kernels.innerScore(...this.#arguments(batch), batch.score);
  }

  backward(batch: Batch): void {
    const { dz } = this.#items;
    this.#runtime.kernels.innerBackward(...this.#arguments(batch), batch.dScore, dz, this.#dOne);
    this.#items.backward();
  }

  #arguments(batch: Batch): ScoreArguments {
    const { left, right, z } = this.#items;
    return [batch.count, 1, z, this.#one, left, right, this.#zeros];
  }
}
