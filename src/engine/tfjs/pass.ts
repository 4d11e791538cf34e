import type { RandomStream } from "../../core/index.js";
import type { Pairs } from "../../data/index.js";
import type { Tensor, Tensor2D, TensorFlow } from "./tensorflow.js";

/** What one forward pass computes with. */
export interface Pass {
  readonly tf: TensorFlow;
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Set in training alone: hidden units are dropped by its draws. */
  readonly dropout?: RandomStream;
}

/** Pairs that are scored together, each with the place of its judge in a table of users. */
export interface Batch extends Pairs {
  readonly user: Int32Array;
}

/** A parameter as a matrix (a vector or a scalar is one row). */
export function matrix({ tf, parameters }: Pass, name: string): Tensor2D {
  const found = parameters.get(name);
  if (found === undefined)
    throw new Error(`internal: no parameter ${name}; there are ${[...parameters.keys()].join(", ")}`);
  return found.rank === 2 ? (found as Tensor2D) : tf.reshape(found, [1, -1]);
}
