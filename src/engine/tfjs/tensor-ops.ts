import type { RandomStream } from "../../core/index.js";
import type { Curve, Ops, Places, Spread } from "../../graph/index.js";
import { attendTo, attention } from "./attention.js";
import type { GradSaveFunc, Rank, Tensor, Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.js";
import { column, dot, guarded } from "./rows.js";

/** Forward functions on tensors: TensorFlow.js differentiates them by itself. */
export class TensorOps implements Ops<Tensor2D, Int32Array> {
  readonly training: boolean;
  readonly #tf: TensorFlow;
  readonly #dropout?: RandomStream;

  /** @param dropout in training: decides what is dropped */
  constructor(tf: TensorFlow, dropout?: RandomStream) {
    this.#tf = tf;
    this.#dropout = dropout;
    this.training = dropout !== undefined;
  }

  matmul(a: Tensor2D, b: Tensor2D, transposed?: "transposed"): Tensor2D {
    return this.#tf.matMul(a, b, false, transposed !== undefined);
  }

  bias(x: Tensor2D, b: Tensor2D): Tensor2D {
    return this.#tf.add(x, b);
  }

  add(x: Tensor2D, y: Tensor2D): Tensor2D {
    return this.#tf.add(x, y);
  }

  subtract(x: Tensor2D, y: Tensor2D): Tensor2D {
    return this.#tf.sub(x, y);
  }

  columns(x: Tensor2D, from: number, to: number): Tensor2D {
    return this.#tf.slice2d(x, [0, from], [-1, to - from]);
  }

  constant(rows: number, columns: number, values: Float32Array): Tensor2D {
    return this.#tf.tensor2d(values, [rows, columns]);
  }

  detach(x: Tensor2D): Tensor2D {
    const stopped = this.#tf.customGrad((value) => {
      const from = value as Tensor2D;
      return { value: from.clone(), gradFunc: (): Tensor => this.#tf.zerosLike(from) };
    });
    return stopped(x) as Tensor2D;
  }

  beside(parts: readonly Tensor2D[]): Tensor2D {
    return this.#tf.concat([...parts], 1);
  }

  multiply(x: Tensor2D, y: Tensor2D): Tensor2D {
    return this.#tf.mul(x, y);
  }

  scale(x: Tensor2D, factor: number): Tensor2D {
    return this.#tf.mul(x, factor);
  }

  rowCosines(x: Tensor2D, y: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const length = (v: Tensor2D): Tensor1D => tf.add(this.#root(dot(tf, v, v)), 1e-6);
    return column(tf, tf.div<Tensor1D>(dot(tf, x, y), tf.mul(length(x), length(y))));
  }

  attention(q: Tensor2D, k: Tensor2D, v: Tensor2D, from: Int32Array): Tensor2D {
    return attention(this.#tf, [q, k, v], from);
  }

  attendTo(
    q: Tensor2D,
    k: Tensor2D,
    v: Tensor2D,
    to: { readonly mask: Tensor2D; readonly heads: number; readonly of?: Int32Array },
  ): Tensor2D {
    return attendTo(this.#tf, this, [q, k, v], to);
  }

  layerNorm(x: Tensor2D, gain: Tensor2D, shift: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const mean = (y: Tensor2D): Tensor2D => tf.mean(y, 1, true);
    const off: Tensor2D = tf.sub(x, mean(x));
    const root: Tensor2D = tf.sqrt(tf.add<Tensor2D>(mean(tf.square(off)), 1e-5));
    return tf.add(tf.mul(gain, tf.div(off, root)), shift);
  }

  hidden(
    x: Tensor2D,
    layer: { readonly bias?: Tensor2D; readonly activation: Curve; readonly dropout: number },
  ): Tensor2D {
    const { bias, activation, dropout } = layer;
    const shifted: Tensor2D = bias === undefined ? x : this.#tf.add(x, bias);
    const left =
      this.#dropout === undefined || dropout === 0 ? shifted : this.#drop(shifted, dropout, this.#dropout);
    return this.#activate(activation, left);
  }

  /** `tf.gather`'s own gradient needs a kernel (UnsortedSegmentSum) that the wasm backend lacks. */
  rows(table: Tensor2D, index: Int32Array): Tensor2D {
    const tf = this.#tf;
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

  softmaxRows(table: Tensor2D, index: Int32Array): Tensor2D {
    return this.#tf.softmax(this.rows(table, index));
  }

  mixRows(
    blocks: readonly Tensor2D[],
    w: Tensor2D,
    { user, context }: { readonly user: Int32Array; readonly context: Int32Array },
  ): Tensor2D {
    const tf = this.#tf;
    const weights = this.rows(w, user);
    // slices, not tf.split: its gradient fails where there is one column (K = 1)
    const part = (k: number): Tensor2D =>
      tf.mul(tf.slice2d(weights, [0, k], [-1, 1]), this.rows(blocks[k], context));
    return blocks.map((_, k) => part(k)).reduce((sum, term): Tensor2D => tf.add(sum, term));
  }

  distanceScore(
    z: Tensor2D,
    u: Tensor2D,
    places: Places<Int32Array>,
    distance: "squared" | "plain",
  ): Tensor2D {
    const tf = this.#tf;
    const point = this.rows(u, places.user);
    const to = (item: Int32Array): Tensor1D => {
      const squared = tf.sum<Tensor1D>(tf.squaredDifference(this.rows(z, item), point), 1);
      return distance === "squared" ? squared : this.#root(squared);
    };
    return column(tf, tf.sub(to(places.left), to(places.right)));
  }

  innerScore(z: Tensor2D, u: Tensor2D, places: Places<Int32Array>): Tensor2D {
    const tf = this.#tf;
    const point = this.rows(u, places.user);
    const at = (item: Int32Array): Tensor1D => dot(tf, this.rows(z, item), point);
    return column(tf, tf.sub(at(places.right), at(places.left)));
  }

  cosineScore(
    z: Tensor2D,
    u: Tensor2D,
    places: Places<Int32Array>,
    { logScale, largest }: { readonly logScale: Tensor2D; readonly largest: number },
  ): Tensor2D {
    const tf = this.#tf;
    const point = this.rows(u, places.user);
    const scale = tf.minimum(tf.exp(tf.squeeze(logScale)), largest);
    const at = (item: Int32Array): Tensor1D => this.#cosine(this.rows(z, item), point);
    return column(tf, tf.mul(scale, tf.sub(at(places.right), at(places.left))));
  }

  gaussianScore(
    table: Tensor2D,
    { left, right }: Pick<Places<Int32Array>, "left" | "right">,
    { spread, largest }: { readonly spread: Spread; readonly largest: number },
  ): Tensor2D {
    const tf = this.#tf;
    const part = (at: Int32Array, j: number): Tensor2D => tf.slice2d(this.rows(table, at), [0, j], [-1, 1]);
    const variance = (at: Int32Array): Tensor2D => {
      const x = part(at, 1);
      const s: Tensor2D = spread === "exp" ? tf.exp(tf.sub<Tensor2D>(x, 2)) : tf.softplus(x);
      return tf.square(tf.minimum<Tensor2D>(s, largest));
    };
    const apart: Tensor2D = tf.mul(Math.sqrt(2 * Math.PI), tf.sub(part(right, 0), part(left, 0)));
    return tf.div(apart, tf.sqrt(tf.add<Tensor2D>(variance(left), variance(right))));
  }

  orderScore(left: Tensor2D, right: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const atoms = left.shape[1];
    const order = Float32Array.from({ length: atoms * atoms }, (_, n) => {
      const [i, j] = [Math.floor(n / atoms), n % atoms];
      return j > i ? 1 : j === i ? 0.5 : 0;
    });
    const matrix = tf.tensor2d(order, [atoms, atoms]);
    const above = (x: Tensor2D, y: Tensor2D): Tensor1D =>
      tf.log(tf.maximum<Tensor1D>(dot(tf, tf.matMul(x, matrix), y), 1e-30));
    return column(tf, tf.sub(above(left, right), above(right, left)));
  }

  differences(table: Tensor2D, { left, right }: Pick<Places<Int32Array>, "left" | "right">): Tensor2D {
    return this.#tf.sub(this.rows(table, right), this.rows(table, left));
  }

  segmentMean(x: Tensor2D, from: Int32Array): Tensor2D {
    const tf = this.#tf;
    const [rows, columns] = x.shape;
    const sets = from.length - 1;
    if (rows === 0) return tf.zeros<Rank.R2>([sets, columns]);
    const shares = new Float32Array(sets * rows);
    for (let i = 0; i < sets; i++)
      shares.fill(1 / (from[i + 1] - from[i]), i * rows + from[i], i * rows + from[i + 1]);
    return tf.matMul(tf.tensor2d(shares, [sets, rows]), x);
  }

  segmentSum(x: Tensor2D, from: Int32Array): Tensor2D {
    const tf = this.#tf;
    const counts = Float32Array.from({ length: from.length - 1 }, (_, i) => from[i + 1] - from[i]);
    return tf.mul(this.segmentMean(x, from), tf.tensor2d(counts, [counts.length, 1]));
  }

  pack(x: Tensor2D, from: Int32Array, most: number): Tensor2D {
    const tf = this.#tf;
    const [rows, columns] = x.shape;
    const sets = from.length - 1;
    // the row behind the last is 0
    const index = Int32Array.from({ length: sets * most }, (_, i) => {
      const set = Math.floor(i / most);
      const row = from[set] + (i % most);
      return row < from[set + 1] ? row : rows;
    });
    const padded = tf.concat([x, tf.zeros<Rank.R2>([1, columns])]);
    return tf.reshape(this.rows(padded, index), [sets, most * columns]);
  }

  unfold(x: Tensor2D, parts: number): Tensor2D {
    return this.#tf.reshape(x, [x.shape[0] * parts, x.shape[1] / parts]);
  }

  fold(x: Tensor2D, parts: number): Tensor2D {
    return this.#tf.reshape(x, [x.shape[0] / parts, x.shape[1] * parts]);
  }

  gaussianSample(posterior: Tensor2D, noise: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const { mean, logVariance } = this.#gaussian(posterior);
    return tf.add(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), noise));
  }

  gaussianKl(posterior: Tensor2D, weight: number, prior?: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const { mean, logVariance } = this.#gaussian(posterior);
    const to = this.#gaussian(prior ?? tf.zeros<Rank.R2>([1, posterior.shape[1]]));
    const shift = tf.mul(tf.square(tf.sub(mean, to.mean)), tf.exp(tf.neg(to.logVariance)));
    const apart = tf.sub(logVariance, to.logVariance);
    const each = tf.add(tf.sub(tf.exp(apart), tf.add(apart, 1)), shift);
    return tf.mul(weight / 2, column(tf, tf.sum<Tensor1D>(each, 1)));
  }

  #gaussian(rows: Tensor2D): { readonly mean: Tensor2D; readonly logVariance: Tensor2D } {
    const d = rows.shape[1] / 2;
    return { mean: this.columns(rows, 0, d), logVariance: this.columns(rows, d, 2 * d) };
  }

  #activate(activation: Curve, x: Tensor2D): Tensor2D {
    const tf = this.#tf;
    if (activation === "linear") return x;
    if (activation === "relu") return tf.relu(x);
    if (activation === "leaky-relu") return tf.leakyRelu(x, 0.2);
    if (activation === "tanh") return tf.tanh(x);
    if (activation === "exp") return tf.exp(x);
    if (activation === "clamp") return tf.clipByValue(x, -1, 1);
    if (activation === "log") return tf.log(tf.maximum<Tensor2D>(x, 1e-37));
    return tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))));
  }

  /** Zeroes entries with probability p and scales the others so that the mean stays. */
  #drop(x: Tensor2D, p: number, rng: RandomStream): Tensor2D {
    const mask = Float32Array.from({ length: x.size }, () => (rng.uniform() < p ? 0 : 1 / (1 - p)));
    return this.#tf.mul(x, this.#tf.tensor2d(mask, x.shape));
  }

  #cosine(x: Tensor2D, y: Tensor2D): Tensor1D {
    const tf = this.#tf;
    const lengths: Tensor1D = tf.mul(this.#root(dot(tf, x, x)), this.#root(dot(tf, y, y)));
    const { isPositive, nonzero } = guarded(tf, lengths);
    return tf.mul(isPositive, tf.div(dot(tf, x, y), nonzero));
  }

  /** Square roots whose gradient at 0 is 0, as PyTorch's norm takes it. */
  #root(x: Tensor1D): Tensor1D {
    const { isPositive, nonzero } = guarded(this.#tf, x);
    return this.#tf.mul(isPositive, this.#tf.sqrt(nonzero));
  }
}
