import type { GradSaveFunc, Tensor, Tensor2D, TensorFlow } from "./tensorflow.js";

/**
 * The rows of `table` that `index` names, shape [index.length, d]. In the gradient rows named twice add up. `tf.gather`'s own gradient
 * needs a kernel (UnsortedSegmentSum) that the wasm backend lacks.
 */
export function gatherRows(tf: TensorFlow, table: Tensor2D, index: Int32Array): Tensor2D {
  const gather = tf.customGrad((rows, save) => {
    const from = rows as Tensor2D;
    const at = tf.tensor1d(index, "int32");
    (save as GradSaveFunc)([tf.expandDims(at, 1)]);
    return {
      value: tf.gather(from, at),
      gradFunc: (dy: Tensor, [places]: Tensor[]): Tensor => tf.scatterND(places, dy, from.shape),
    };
  });
  return gather(table) as Tensor2D;
}

/** The distinct ones of `values` in the order of their first appearance, and for each value its place among them. */
export function distinct(values: Int32Array): { readonly unique: Int32Array; readonly place: Int32Array } {
  const places = new Map<number, number>();
  const place = values.map((value) => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { unique: Int32Array.from(places.keys()), place };
}

/** Rows of row-major `features`, copied side by side. */
export function copyRows(features: Float32Array, columns: number, index: Int32Array): Float32Array {
  const rows = new Float32Array(index.length * columns);
  index.forEach((from, to) =>
    rows.set(features.subarray(from * columns, (from + 1) * columns), to * columns),
  );
  return rows;
}
