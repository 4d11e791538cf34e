import type { Ops, ParameterInputs } from "../../graph/index.js";
import { layerParameters } from "../amortized/index.js";
import type { ParameterSpec } from "../parameters.js";

/** In which order each step goes through the coordinates of z: coordinate order[i] depends on those before it. */
export type Orders = (step: number, d: number) => readonly number[];

/** Forwards, backwards, forwards … */
export const inTurns: Orders = (step, d) =>
  Array.from({ length: d }, (_, i) => (step % 2 === 0 ? i : d - 1 - i));

/** What a step reads besides parameters: z [n, d], and what the answers say of differences and of sums, [n, d / 2] each. */
interface Step<T> {
  readonly z: T;
  readonly differences: T;
  readonly sums: T;
  readonly index: number;
  readonly order: readonly number[];
}

/**
 * One inverse autoregressive step: z' = clamp(m(z, differences), -1, 1) + e^(v / 2) z, v = clamp(l(z, sums), -5, 5), m and l networks in which a
 * coordinate sees only those before it. m has no biases.
 * @returns z' and the logarithm of the Jacobian's determinant, [n, 1]: half the sum of v
 * @source SPL; masks as in MADE (arXiv 1502.03509)
 */
export function flowStep<T, I>(
  ops: Ops<T, I>,
  p: ParameterInputs<T>,
  { z, differences, sums, index, order }: Step<T>,
): { readonly z: T; readonly logDeterminant: T } {
  const d = order.length;
  const curve = (x: T, activation: "clamp" | "exp"): T => ops.hidden(x, { activation, dropout: 0 });
  const shift = curve(masked(ops, p, { x: z, beside: differences, prefix: shiftOf(index), order }), "clamp");
  const free = masked(ops, p, { x: z, beside: sums, prefix: scaleOf(index), order });
  const halfLogScale = ops.scale(curve(ops.scale(free, 0.2), "clamp"), 2.5);
  return {
    z: ops.add(shift, ops.multiply(curve(halfLogScale, "exp"), z)),
    logDeterminant: ops.matmul(halfLogScale, ops.constant(d, 1, new Float32Array(d).fill(1))),
  };
}

/** Parameters of step `index`: weights are masked where they are used. */
export function flowParameters(index: number, d: number): ParameterSpec[] {
  return [shiftOf(index), scaleOf(index)].flatMap((prefix) => {
    const hasBias = prefix === scaleOf(index);
    const widths = hiddenWidths(d);
    return [
      ...layerParameters(`${prefix}.0`, widths[0], { context: d / 2, latent: d }, hasBias),
      ...[...widths.slice(1), d].flatMap((width, i) =>
        layerParameters(`${prefix}.${2 * (i + 1)}`, width, { weight: widths[i] }, hasBias),
      ),
    ];
  });
}

function shiftOf(index: number): string {
  return `Flow.${index}.shift`;
}

function scaleOf(index: number): string {
  return `Flow.${index}.scale`;
}

function hiddenWidths(d: number): number[] {
  return [2 * d, 2 * d, d];
}

interface Masked<T> {
  readonly x: T;
  readonly beside: T;
  readonly prefix: string;
  readonly order: readonly number[];
}

/** A network of [beside, x] in which output order[i] sees order[0] … order[i - 1] of x, and all of `beside`. */
function masked<T, I>(ops: Ops<T, I>, p: ParameterInputs<T>, { x, beside, prefix, order }: Masked<T>): T {
  const d = order.length;
  const place = new Float32Array(d);
  order.forEach((coordinate, i) => (place[coordinate] = i));
  const inputs = Array.from(place, (i) => i + 1);
  const layers = [...hiddenWidths(d).map((width) => degrees(width, d)), inputs];
  const layer = (h: T, name: string, mask: Float32Array, columns: number): T => {
    const weight = ops.multiply(p.get(name), ops.constant(mask.length / columns, columns, mask));
    return ops.matmul(h, weight, "transposed");
  };
  const bias = (sum: T, index: number): T =>
    p.has(`${prefix}.${2 * index}.bias`) ? ops.bias(sum, p.get(`${prefix}.${2 * index}.bias`)) : sum;
  const seen = layer(x, `${prefix}.0.latent`, maskOf(layers[0], inputs, false), d);
  let h = bias(ops.add(ops.matmul(beside, p.get(`${prefix}.0.context`), "transposed"), seen), 0);
  for (let i = 1; i < layers.length; i++) {
    h = ops.hidden(h, { activation: "relu", dropout: 0 });
    const mask = maskOf(layers[i], layers[i - 1], i === layers.length - 1);
    h = bias(layer(h, `${prefix}.${2 * i}.weight`, mask, layers[i - 1].length), i);
  }
  return h;
}

/** How many coordinates each of `width` hidden units may see: evenly from none to d - 1, halves to the even number. */
function degrees(width: number, d: number): number[] {
  return Array.from({ length: width }, (_, i) => {
    const at = width === 1 ? 1 : 1 + ((d - 1) * i) / (width - 1);
    const low = Math.floor(at);
    const isHalf = at - low === 0.5;
    return (isHalf ? low + (low % 2) : Math.round(at)) - 1;
  });
}

/** 1 where a unit of the row's degree may see one of the column's, else 0, row-major. */
function maskOf(rows: readonly number[], columns: readonly number[], isStrict: boolean): Float32Array {
  return Float32Array.from({ length: rows.length * columns.length }, (_, n) => {
    const [row, column] = [rows[Math.floor(n / columns.length)], columns[n % columns.length]];
    return (isStrict ? row > column : row >= column) ? 1 : 0;
  });
}
