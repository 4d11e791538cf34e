import type { TrainerOptions } from "../engine.js";
import { rateOf } from "../start-values.js";
import type { ParameterBlock } from "./parameters.js";
import type { Address, Runtime } from "./runtime.js";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

interface Moving {
  readonly count: number;
  readonly value: Address;
  readonly gradient: Address;
  readonly first: Address;
  readonly second: Address;
  readonly rate: number;
  readonly decay: number;
}

/** Adam or AdamW with a learning rate and decay for each group of parameters; PyTorch's defaults otherwise. */
export class Optimizer {
  /** Steps taken so far. */
  steps = 0;
  readonly #runtime: Runtime;
  readonly #moving: readonly Moving[];
  readonly #decoupled: number;
  #power1 = 1;
  #power2 = 1;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    options: Pick<TrainerOptions, "learningRates" | "optimizer" | "trainable">,
  ) {
    this.#runtime = runtime;
    const { learningRates, optimizer, trainable } = options;
    this.#decoupled = optimizer === "adamw" ? 1 : 0;
    this.#moving = parameters.places
      .filter(({ spec }) => trainable?.includes(spec.group) ?? true)
      .map(({ spec, count, value, gradient }) => {
        const { rate, decay = 0 } = rateOf(spec.group, learningRates);
        const padded = Math.ceil(count / 4) * 4;
        return {
          count: padded,
          value,
          gradient,
          first: runtime.allocate(padded),
          second: runtime.allocate(padded),
          rate,
          decay,
        };
      });
  }

  step(rateFactor: number): void {
    this.steps++;
    // running products: how a power is rounded differs between engines
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
    const correction1 = 1 / (1 - this.#power1);
    const correction2 = 1 / (1 - this.#power2);
    for (const { count, value, gradient, first, second, rate, decay } of this.#moving) {
      this.#runtime.kernels.adam(
        count,
        value,
        gradient,
        first,
        second,
        rate * rateFactor,
        BETA1,
        BETA2,
        EPSILON,
        correction1,
        correction2,
        decay,
        this.#decoupled,
      );
    }
  }
}
