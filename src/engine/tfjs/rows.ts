import type { Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.js";

/** Inner products of the rows of x and y. */
export function dot(tf: TensorFlow, x: Tensor2D, y: Tensor2D): Tensor1D {
  return tf.sum(tf.mul(x, y), 1);
}

/** A vector as a matrix of one column. */
export function column(tf: TensorFlow, x: Tensor1D): Tensor2D {
  return tf.expandDims<Tensor2D>(x, 1);
}

/** 1 where x > 0 and else 0; and x with 1 in place of every 0. Neither carries a gradient that is not finite. */
export function guarded(tf: TensorFlow, x: Tensor1D): { isPositive: Tensor1D; nonzero: Tensor1D } {
  const isPositive = tf.step(x);
  return { isPositive, nonzero: tf.add(x, tf.sub(1, isPositive)) };
}
