import type { PreferenceData } from "../../data/index.js";
import type { Model } from "../../model/index.js";
import type { Scalar, Tensor1D, TensorFlow } from "./tensorflow.js";

type Rows = Pick<PreferenceData, "label" | "weight">;

/** The loss of each comparison times its weight, added up. */
export function lossSum(tf: TensorFlow, { loss, margin }: Model, score: Tensor1D, rows: Rows): Scalar {
  const agreement = tf.mul(score, tf.tensor1d(Float32Array.from(rows.label)));
  const each = loss === "hinge" ? tf.relu(tf.sub(margin, agreement)) : tf.softplus(tf.neg(agreement));
  return tf.sum(tf.mul(each, tf.tensor1d(weightsOf(rows))));
}

/** The weight of every comparison, 1 where the data says nothing. */
export function weightsOf({ weight, label }: Rows): Float32Array {
  return weight ?? new Float32Array(label.length).fill(1);
}
