import type { Engine } from "../../src/engine/index.js";
import type { ScoreInputs } from "../../src/families/family.js";
import { embed, firstLayer } from "../../src/families/gpo/embedder.js";
import { linear, transform } from "../../src/families/gpo/transformer.js";
import { columns } from "./answers-and-targets.js";
import {
  arrayOf,
  numberOf,
  type Compare,
  type Compared,
  type FamilyCase,
  type Stored,
} from "./family-case.js";
import { probe } from "./probe.js";

interface Sizes {
  readonly batch: number;
  readonly dim: number;
  readonly width: number;
  readonly context: number;
  readonly targets: number;
  readonly depth: number;
}

function sizesOf({ config, inputs }: FamilyCase): Sizes {
  return {
    batch: Number(config["batch"]),
    dim: Number(config["dim_x"]),
    width: Number(config["d_model"]),
    context: Number(config["context_points"]),
    targets: arrayOf(inputs["yt"]).shape[1],
    depth: Number(config["emb_depth"]),
  };
}

const ROLES = ["query", "key", "value"];
const attention = (layer: number): string => `encoder.layers.${layer}.self_attn`;

/** Our parameters: what the first layer reads comes in parts, and so do the maps of attention, of which the keys' has no bias. */
function parametersOf({ parameters, config }: FamilyCase, { dim, width }: Sizes): Map<string, Stored> {
  const ours = new Map<string, Stored>();
  for (const [name, stored] of Object.entries(parameters)) {
    if (name === "embedder.0.weight") {
      ours.set("embedder.0.item", { shape: [width, dim], data: columns(stored.data, dim + 1, 0, dim) });
      ours.set("embedder.0.answer", { shape: [width], data: columns(stored.data, dim + 1, dim, dim + 1) });
    } else if (!name.includes("in_proj")) ours.set(name, stored);
  }
  for (let layer = 0; layer < Number(config["layers"]); layer++) {
    const [weight, bias] = ["weight", "bias"].map(
      (part) => parameters[`${attention(layer)}.in_proj_${part}`].data,
    );
    ROLES.forEach((role, i) => {
      const part = (data: readonly number[], size: number): number[] => data.slice(i * size, (i + 1) * size);
      ours.set(`${attention(layer)}.${role}.weight`, {
        shape: [width, width],
        data: part(weight, width * width),
      });
      if (role !== "key")
        ours.set(`${attention(layer)}.${role}.bias`, { shape: [width], data: part(bias, width) });
    });
  }
  return ours;
}

/** Gradients by their names. */
function theirs(
  found: ReadonlyMap<string, number[]>,
  given: FamilyCase,
  { dim, width }: Sizes,
): Map<string, number[]> {
  const of = (name: string): number[] => found.get(name) ?? [];
  const known = new Map(found);
  const item = of("embedder.0.item");
  const first = of("embedder.0.answer").flatMap((y, i) => [...item.slice(i * dim, (i + 1) * dim), y]);
  known.set("embedder.0.weight", first);
  for (let layer = 0; layer < Number(given.config["layers"]); layer++) {
    const part = (kind: string): number[] =>
      ROLES.flatMap((role) =>
        role === "key" && kind === "bias"
          ? new Array<number>(width).fill(0)
          : of(`${attention(layer)}.${role}.${kind}`),
      );
    known.set(`${attention(layer)}.in_proj_weight`, part("weight"));
    known.set(`${attention(layer)}.in_proj_bias`, part("bias"));
  }
  return known;
}

/** Raw means and deviations of all targets, weighed and added up: [rows, 1]. */
function weighed(given: FamilyCase, size: Sizes, weights: ArrayLike<number>) {
  const { batch, dim, width, context, targets, depth } = size;
  const of = (name: string): Float32Array => Float32Array.from(arrayOf(given.inputs[name]).data);
  const [xc, yc, xt] = ["xc", "yc", "xt"].map(of);
  const rows = batch * targets;
  const mask = Float32Array.from({ length: batch * context }, (_, i) =>
    xc.subarray(i * dim, (i + 1) * dim).some((value) => value !== 0) ? 1 : 0,
  );
  return <T, I>(inputs: ScoreInputs<T, I>): T => {
    const { ops, p, pairs } = inputs;
    const token = (x: T, y?: T): T => {
      const h = firstLayer(inputs, x, "item");
      const whole = y === undefined ? h : ops.add(h, ops.matmul(y, p.get("embedder.0.answer")));
      return embed(inputs, whole, { depth, isChosen: false });
    };
    const [seen] = transform(
      inputs,
      {
        context: token(ops.constant(batch * context, dim, xc), ops.constant(batch * context, 1, yc)),
        mask: ops.constant(batch, context, mask),
        targets: [token(ops.rows(ops.constant(rows, dim, xt), pairs.own))],
        of: pairs.users.of,
      },
      {
        ...{ width, feedForward: Number(given.config["dim_feedforward"]) },
        ...{ layers: Number(given.config["layers"]), heads: Number(given.config["heads"]) },
      },
    );
    const inner = linear(inputs, "predictor.0", seen);
    const raw = linear(inputs, "predictor.2", ops.hidden(inner, { activation: "relu", dropout: 0 }));
    const factors = ops.rows(ops.constant(rows, 2, Float32Array.from(weights)), pairs.own);
    return ops.matmul(ops.multiply(raw, factors), ops.constant(2, 1, Float32Array.of(1, 1)));
  };
}

/** Their likelihood in float64 of raw means and deviations, and its slopes: a softmax over the options of each question, padding left out. */
function likelihood(
  { config, inputs }: FamilyCase,
  { batch, targets }: Sizes,
  mean: Float32Array,
  raw: Float32Array,
) {
  const yt = arrayOf(inputs["yt"]).data;
  const slopes = new Float64Array(2 * batch * targets);
  let total = 0;
  (config["target_options"] as number[][]).forEach((questions, set) => {
    let at = set * targets;
    for (const options of questions) {
      const e = Array.from({ length: options }, (_, i) => Math.exp(mean[at + i]));
      const sum = e.reduce((a, b) => a + b);
      const p = e.map((value) => value / sum);
      const toMean = p.map((value, i) => {
        const x = raw[at + i];
        const isBound = config["bound_std"] === true;
        const s = isBound ? 0.05 + 0.95 * Math.log1p(Math.exp(x)) : Math.exp(x);
        const slope = isBound ? 0.95 / (1 + Math.exp(-x)) : s;
        const off = (yt[at + i] - value) / s;
        total += Math.log(s) + off ** 2 / 2 + Math.log(2 * Math.PI) / 2;
        slopes[2 * (at + i) + 1] = ((1 - off ** 2) / s) * slope;
        return -off / s;
      });
      const along = toMean.reduce((a, value, i) => a + value * p[i], 0);
      toMean.forEach((value, i) => (slopes[2 * (at + i)] = p[i] * (value - along)));
      at += options;
    }
  });
  const count = batch * targets;
  return { total: total / count, slopes: slopes.map((value) => value / count) };
}

/** Their whole model, padding included: our transformer and embedder below their likelihood. */
const gpo: Compare = (given, engine: Engine): Compared => {
  const size = sizesOf(given);
  const { batch, targets } = size;
  const users = Int32Array.from({ length: batch * targets }, (_, row) => Math.floor(row / targets));
  const ours = parametersOf(given, size);
  const at = (weights: ArrayLike<number>) => probe(engine, users, ours, weighed(given, size, weights));
  const column = (j: number): Float32Array =>
    at(Float32Array.from({ length: 2 * users.length }, (_, i) => (i % 2 === j ? 1 : 0))).scores;
  const [mean, raw] = [column(0), column(1)];
  const { total, slopes } = likelihood(given, size, mean, raw);
  const known = theirs(at(slopes).gradients, given, size);
  return new Map<string, { got: ArrayLike<number>; want: ArrayLike<number> }>([
    ["raw mean", { got: mean, want: arrayOf(given.outputs["raw_mean"] as Stored).data }],
    ["raw deviation", { got: raw, want: arrayOf(given.outputs["raw_std"] as Stored).data }],
    ["total", { got: [total], want: [numberOf(given.loss_terms["total"])] }],
    ...Object.entries(given.gradients).map(
      ([name, { data }]) => [`gradient of ${name}`, { got: known.get(name) ?? [], want: data }] as const,
    ),
  ]);
};

export const GPO = { gpo };
