import { type RandomStream } from "../core/index.js";
import { Adam } from "./adam.js";

/** One layer's place in the flat vector of parameters. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights [inputs, outputs] begin; its biases [outputs] stand behind them. */
  readonly from: number;
}

/**
 * A small network of layers with relu between them, in float64, with its gradient and Adam: what a policy is fitted with. The engine's graphs are made
 * for the losses of comparisons, and have none that regress on targets. Starts from uniform weights within sqrt(6 / inputs), biases 0.
 * @source He et al. 2015 (the start)
 */
export class Mlp {
  readonly #layers: readonly Layer[];
  readonly #values: Float64Array;
  readonly #gradient: Float64Array;
  readonly #adam: Adam;
  /** The input, then each layer's outputs, [rows, outputs], of the last forward pass. */
  readonly #outputs: Float64Array[] = [];

  /** @param sizes numbers of inputs, of each hidden layer, and of outputs */
  constructor(sizes: readonly number[], rng: RandomStream) {
    let count = 0;
    this.#layers = sizes.slice(1).map((outputs, i) => {
      const layer = { inputs: sizes[i], outputs, from: count };
      count += (layer.inputs + 1) * outputs;
      return layer;
    });
    this.#values = new Float64Array(count);
    this.#gradient = new Float64Array(count);
    this.#adam = new Adam(count);
    for (const { inputs, outputs, from } of this.#layers) {
      const bound = Math.sqrt(6 / inputs);
      for (let i = 0; i < inputs * outputs; i++) this.#values[from + i] = (2 * rng.uniform() - 1) * bound;
    }
  }

  /** Outputs [rows, outputs] of inputs [rows, inputs]; valid until the next call. */
  forward(input: Float64Array): Float64Array {
    this.#outputs[0] = input;
    const rows = input.length / this.#layers[0].inputs;
    this.#layers.forEach((layer, l) => {
      const size = rows * layer.outputs;
      const kept = this.#outputs[l + 1];
      const y = kept?.length === size ? kept : (this.#outputs[l + 1] = new Float64Array(size));
      affine(layer, this.#values, this.#outputs[l], y);
      if (l < this.#layers.length - 1) for (let i = 0; i < y.length; i++) if (y[i] < 0) y[i] = 0;
    });
    return this.#outputs[this.#layers.length];
  }

  /** Adds to the biases of the outputs. */
  lift(by: number): void {
    const { inputs, outputs, from } = this.#layers[this.#layers.length - 1];
    const bias = from + inputs * outputs;
    for (let j = 0; j < outputs; j++) this.#values[bias + j] += by;
  }

  /** One step of Adam down the gradient of a loss whose derivative by the outputs of the last forward pass is `slope`, [rows, outputs]. */
  descend(slope: Float64Array, rate: number): void {
    this.#backward(slope);
    this.#adam.step(this.#values, this.#gradient, rate);
  }

  /** Parameters a part of the way to those of another network of the same sizes: 1 copies them. */
  follow(other: Mlp, part: number): void {
    const [values, others] = [this.#values, other.#values];
    for (let i = 0; i < values.length; i++) values[i] += part * (others[i] - values[i]);
  }

  #backward(slope: Float64Array): void {
    this.#gradient.fill(0);
    let dy = slope;
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const x = this.#outputs[l];
      const dx = new Float64Array(l === 0 ? 0 : x.length);
      affineBack(this.#layers[l], { values: this.#values, gradient: this.#gradient, x, dy, dx });
      dy = dx;
    }
  }
}

/** y = x w + b for each row; numbers of x that are 0, as closed relus leave them, cost nothing. */
function affine(
  { inputs: n, outputs: m, from }: Layer,
  w: Float64Array,
  x: Float64Array,
  y: Float64Array,
): void {
  const bias = from + n * m;
  const open = new Int32Array(n);
  for (let at = 0, row = 0; at < y.length; at += m, row += n) {
    for (let j = 0; j < m; j++) y[at + j] = w[bias + j];
    let count = 0;
    for (let i = 0; i < n; i++) if (x[row + i] !== 0) open[count++] = i;
    let k = 0;
    // four at a time: what is summed up is read and written once for four products
    for (; k + 4 <= count; k += 4) {
      const [i0, i1, i2, i3] = [open[k], open[k + 1], open[k + 2], open[k + 3]];
      const [x0, x1, x2, x3] = [x[row + i0], x[row + i1], x[row + i2], x[row + i3]];
      const [w0, w1, w2, w3] = [from + i0 * m, from + i1 * m, from + i2 * m, from + i3 * m];
      for (let j = 0; j < m; j++)
        y[at + j] += x0 * w[w0 + j] + x1 * w[w1 + j] + x2 * w[w2 + j] + x3 * w[w3 + j];
    }
    for (; k < count; k++) {
      const value = x[row + open[k]];
      const line = from + open[k] * m;
      for (let j = 0; j < m; j++) y[at + j] += value * w[line + j];
    }
  }
}

interface Back {
  readonly values: Float64Array;
  readonly gradient: Float64Array;
  readonly x: Float64Array;
  readonly dy: Float64Array;
  /** Empty where nobody asks for it. */
  readonly dx: Float64Array;
}

/** Adds a layer's gradient, and finds that by its input; a closed relu passes nothing on and gives its weights nothing. */
function affineBack(
  { inputs: n, outputs: m, from }: Layer,
  { values: w, gradient: g, x, dy, dx }: Back,
): void {
  const bias = from + n * m;
  const isAsked = dx.length > 0;
  const open = new Int32Array(n);
  for (let at = 0, row = 0; at < dy.length; at += m, row += n) {
    for (let j = 0; j < m; j++) g[bias + j] += dy[at + j];
    let count = 0;
    for (let i = 0; i < n; i++) if (x[row + i] !== 0) open[count++] = i;
    let k = 0;
    for (; k + 2 <= count; k += 2) {
      const [i0, i1] = [open[k], open[k + 1]];
      const [x0, x1] = [x[row + i0], x[row + i1]];
      const [w0, w1] = [from + i0 * m, from + i1 * m];
      let s0 = 0;
      let s1 = 0;
      for (let j = 0; j < m; j++) {
        const slope = dy[at + j];
        g[w0 + j] += x0 * slope;
        g[w1 + j] += x1 * slope;
        s0 += w[w0 + j] * slope;
        s1 += w[w1 + j] * slope;
      }
      if (isAsked) [dx[row + i0], dx[row + i1]] = [s0, s1];
    }
    if (k < count) {
      const line = from + open[k] * m;
      let sum = 0;
      for (let j = 0; j < m; j++) {
        g[line + j] += x[row + open[k]] * dy[at + j];
        sum += w[line + j] * dy[at + j];
      }
      if (isAsked) dx[row + open[k]] = sum;
    }
  }
}
