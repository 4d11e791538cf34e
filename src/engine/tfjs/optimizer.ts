import type { LearningRate } from "../../families/index.js";
import { compute, type Tensor, type TensorBackend, type Variable } from "./tensorflow.js";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** A parameter that trains, with its step size. */
export interface Moving extends LearningRate {
  readonly value: Variable;
}

interface Moments {
  readonly first: Variable;
  readonly second: Variable;
}

/** Adam or AdamW with a step size and decay for each parameter; PyTorch's defaults otherwise. */
export class Optimizer {
  readonly #use: TensorBackend;
  readonly #kind: "adam" | "adamw";
  readonly #moments: ReadonlyMap<Moving, Moments>;
  #power1 = 1;
  #power2 = 1;

  constructor(use: TensorBackend, moving: readonly Moving[], kind: "adam" | "adamw") {
    const { tf } = use;
    this.#use = use;
    this.#kind = kind;
    this.#moments = compute(use, () => {
      const start = (of: Variable): Variable => tf.variable(tf.zerosLike(of), false);
      return new Map(
        moving.map((entry) => [entry, { first: start(entry.value), second: start(entry.value) }]),
      );
    });
  }

  /** One step down the gradients, in the order of the parameters, of `rateFactor` times the size. Call it inside {@link compute}. */
  step(gradients: readonly Tensor[], rateFactor: number): void {
    const { tf } = this.#use;
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
    const [correction1, correction2] = [1 - this.#power1, 1 - this.#power2];
    [...this.#moments].forEach(([{ value, rate: full, decay = 0 }, { first, second }], i) => {
      const rate = full * rateFactor;
      const isCoupled = this.#kind === "adam";
      const gradient = isCoupled ? tf.add(gradients[i], tf.mul(value, decay)) : gradients[i];
      const start = isCoupled ? value : tf.mul(value, 1 - rate * decay);
      first.assign(tf.add(tf.mul(first, BETA1), tf.mul(gradient, 1 - BETA1)));
      second.assign(tf.add(tf.mul(second, BETA2), tf.mul(tf.square(gradient), 1 - BETA2)));
      const scale = tf.add(tf.sqrt(tf.div(second, correction2)), EPSILON);
      value.assign(tf.sub(start, tf.div(tf.mul(first, rate / correction1), scale)));
    });
  }

  dispose(): void {
    for (const { first, second } of this.#moments.values()) {
      first.dispose();
      second.dispose();
    }
  }
}
