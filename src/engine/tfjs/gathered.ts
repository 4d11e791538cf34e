import type { FeatureTable } from "../../data/index.js";
import type { Tensor2D, TensorFlow } from "./tensorflow.js";

/** Rows of features side by side; undefined where a table has none. */
export function gathered(
  tf: TensorFlow,
  { features, ids }: FeatureTable,
  index: Int32Array,
): Tensor2D | undefined {
  if (features === undefined) return undefined;
  const columns = features.length / ids.length;
  const rows = new Float32Array(index.length * columns);
  index.forEach((from, to) =>
    rows.set(features.subarray(from * columns, (from + 1) * columns), to * columns),
  );
  return tf.tensor2d(rows, [index.length, columns]);
}
