import type { Stored } from "./family-case.js";

type Parameters = { readonly [name: string]: Stored };
type Rows = readonly (readonly number[])[];

/** One layer of the toys' network in one forward pass. */
interface Layer {
  readonly name: string;
  readonly kind: "linear" | "norm";
  readonly input: Rows;
  /** Whether a ReLU follows, and what it was given. */
  readonly before?: Rows;
}

export interface Run {
  /** Of the ReLU below 0. */
  readonly slope: number;
  readonly output: Rows;
  readonly layers: readonly Layer[];
}

const EPSILON = 1e-5;

/**
 * The toys' network in float64: Linear, (BatchNorm by this batch,) ReLU, …, Linear; rows [B, d].
 * @param slope of the ReLU below 0
 */
export function through(parameters: Parameters, rows: Rows, slope = 0): Run {
  const names = [...new Set(Object.keys(parameters).map((name) => name.replace(/\.(weight|bias)$/, "")))];
  const indices = names.map((name) => Number(name.split(".")[1]));
  const layers: Layer[] = [];
  let h = rows;
  names.forEach((name, i) => {
    const kind = parameters[`${name}.weight`].shape.length === 2 ? "linear" : "norm";
    const input = h;
    h = kind === "linear" ? linear(parameters, name, h) : norm(parameters, name, h);
    // a number left out is a ReLU's
    const isFollowed = i + 1 < names.length && indices[i + 1] === indices[i] + 2;
    layers.push({ name, kind, input, ...(isFollowed ? { before: h } : {}) });
    if (isFollowed) h = h.map((row) => row.map((value) => (value > 0 ? value : slope * value)));
  });
  return { slope, output: h, layers };
}

/** The gradient of every parameter from that of the output, [B, out] row by row. */
export function backThrough(
  parameters: Parameters,
  run: Run,
  seed: readonly number[],
): Map<string, number[]> {
  const width = run.output[0].length;
  let g: Rows = run.output.map((_, b) => seed.slice(b * width, (b + 1) * width));
  const gradients = new Map<string, number[]>();
  for (const { name, kind, input, before } of run.layers.toReversed()) {
    if (before !== undefined)
      g = g.map((row, b) => row.map((value, j) => (before[b][j] > 0 ? value : run.slope * value)));
    const above = g;
    const bias = above[0].map((_, j) => above.reduce((sum, row) => sum + row[j], 0));
    gradients.set(`${name}.bias`, bias);
    const weight = parameters[`${name}.weight`].data;
    if (kind === "linear") {
      const columns = input[0].length;
      gradients.set(
        `${name}.weight`,
        weight.map((_, n) =>
          above.reduce((sum, row, b) => sum + row[Math.floor(n / columns)] * input[b][n % columns], 0),
        ),
      );
      g = above.map((row) =>
        input[0].map((_, j) => row.reduce((sum, v, i) => sum + v * weight[i * columns + j], 0)),
      );
      continue;
    }
    const { normal, inverse } = standardised(input);
    const slopes = weight.map((_, j) => above.reduce((sum, row, b) => sum + row[j] * normal[b][j], 0));
    gradients.set(`${name}.weight`, slopes);
    const count = input.length;
    g = above.map((row, b) =>
      row.map((v, j) => weight[j] * inverse[j] * (v - bias[j] / count - (normal[b][j] * slopes[j]) / count)),
    );
  }
  return gradients;
}

function linear(parameters: Parameters, name: string, rows: Rows): number[][] {
  const bias = parameters[`${name}.bias`].data;
  const weight = parameters[`${name}.weight`].data;
  return rows.map((row) =>
    bias.map((b, i) => row.reduce((sum, x, j) => sum + weight[i * row.length + j] * x, b)),
  );
}

function norm(parameters: Parameters, name: string, rows: Rows): number[][] {
  const { normal } = standardised(rows);
  const [weight, bias] = [parameters[`${name}.weight`].data, parameters[`${name}.bias`].data];
  return normal.map((row) => row.map((x, j) => weight[j] * x + bias[j]));
}

/** Each column less its mean, over its biased deviation. */
function standardised(rows: Rows): { readonly normal: number[][]; readonly inverse: number[] } {
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j] / rows.length, 0));
  const inverse = mean.map((m, j) => {
    const variance = rows.reduce((sum, row) => sum + (row[j] - m) ** 2 / rows.length, 0);
    return 1 / Math.sqrt(variance + EPSILON);
  });
  return { inverse, normal: rows.map((row) => row.map((x, j) => (x - mean[j]) * inverse[j])) };
}
