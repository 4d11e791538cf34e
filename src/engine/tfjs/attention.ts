import type { Ops } from "../../graph/index.js";
import type { Tensor2D, TensorFlow } from "./tensorflow.js";

/** What asks, what it is asked by, and what that gives. */
type Roles = readonly [q: Tensor2D, k: Tensor2D, v: Tensor2D];

/** `Ops.attention`. */
export function attention(tf: TensorFlow, [q, k, v]: Roles, from: Int32Array): Tensor2D {
  const sets: Tensor2D[] = [];
  for (let s = 0; s + 1 < from.length; s++) {
    const size = from[s + 1] - from[s];
    if (size === 0) continue;
    const own = (x: Tensor2D): Tensor2D => tf.slice2d(x, [from[s], 0], [size, -1]);
    const asked: Tensor2D = tf.matMul(own(q), own(k), false, true);
    sets.push(tf.matMul(tf.softmax(tf.div<Tensor2D>(asked, Math.sqrt(q.shape[1]))), own(v)));
  }
  return sets.length === 0 ? v : tf.concat(sets);
}

/** `Ops.attendTo`: each row against each token of its set. */
export function attendTo(
  tf: TensorFlow,
  ops: Pick<Ops<Tensor2D, Int32Array>, "rows" | "columns">,
  [q, k, v]: Roles,
  to: { readonly mask: Tensor2D; readonly heads: number; readonly of?: Int32Array },
): Tensor2D {
  const { mask, heads } = to;
  const [sets, tokens] = mask.shape;
  const [rows, columns] = q.shape;
  const of = to.of ?? Int32Array.from({ length: rows }, (_, i) => Math.floor(i / tokens));
  const size = columns / heads;
  const left = ops.rows(mask, of);
  const shut = tf.mul<Tensor2D>(tf.sub(left, 1), 1e9);
  const parts = Array.from({ length: heads }, (_, h) => {
    const part = (x: Tensor2D): Tensor2D => ops.columns(x, h * size, (h + 1) * size);
    // [rows, tokens size]
    const asked = ops.rows(tf.reshape(part(k), [sets, tokens * size]), of);
    const given = ops.rows(tf.reshape(part(v), [sets, tokens * size]), of);
    const asks = tf.tile(part(q), [1, tokens]);
    const dots = tf.sum(tf.reshape(tf.mul(asks, asked), [rows * tokens, size]), 1);
    const scores = tf.div(tf.reshape(dots, [rows, tokens]), Math.sqrt(size));
    const shares: Tensor2D = tf.mul(tf.softmax(tf.add<Tensor2D>(scores, shut)), left);
    const weighed = tf.mul(tf.reshape(shares, [rows, tokens, 1]), tf.reshape(given, [rows, tokens, size]));
    return tf.sum<Tensor2D>(weighed, 1);
  });
  return tf.concat(parts, 1);
}
