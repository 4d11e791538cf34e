import type { PreferenceData } from "../../src/data/index.js";
import { LoRe } from "../../src/families/index.js";
import {
  arrayOf,
  numberOf,
  type Compare,
  type Compared,
  type FamilyCase,
  type Stored,
} from "./family-case.js";

const V = "item_learner.projector.mlp.layers.0.weight";
const W = "user_learner.W";
/** The authors divide rewards by this; here features are. */
const TEMPERATURE = 100;

/** Each preference as a comparison of an item of zeros, which is not preferred, with the difference of embeddings. */
function comparisons({ inputs }: FamilyCase, isByUser: boolean): PreferenceData {
  const users = inputs["X"] as readonly Stored[];
  const [, columns] = users[0].shape;
  const rows = users.flatMap(({ shape }, user) => Array.from({ length: shape[0] }, () => user));
  const differences = users.flatMap(({ data }) => data.map((value) => value / TEMPERATURE));
  return {
    users: users.map((_, i) => `u${i}`),
    items: {
      ids: Array.from({ length: rows.length + 1 }, (_, i) => `i${i}`),
      features: Float32Array.of(...new Float32Array(columns), ...differences),
    },
    user: Int32Array.from(rows),
    left: new Int32Array(rows.length),
    right: Int32Array.from(rows, (_, row) => row + 1),
    label: new Int8Array(rows.length).fill(1),
    // a sum over users of means is U times the mean of rows that weigh one over their user's number
    ...(isByUser ? { weight: Float32Array.from(rows, (user) => 1 / users[user].shape[0]) } : {}),
    source: { name: "oracle", license: "", sha256: "" },
  };
}

/** [rows, columns] to [columns, rows]: the authors' V has a column for each basis reward. */
function turned({ shape: [rows, columns], data }: Stored): Float32Array {
  return Float32Array.from(
    { length: data.length },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)],
  );
}

function compute(given: FamilyCase, engine: Parameters<Compare>[1], isByUser: boolean) {
  const free = arrayOf(given.parameters["W"] ?? given.parameters["w"]);
  const basis = turned(arrayOf(given.parameters["V"] ?? given.inputs["V"]));
  const data = comparisons(given, isByUser);
  const model = new LoRe({ k: Number(given.config["bases"]) });
  const parameters = new Map([
    [V, basis],
    [W, Float32Array.from(free.data)],
  ]);
  const { loss, gradients, scores } = engine.lossAndGradients(model, parameters, data);
  const times = isByUser ? data.users.length : 1;
  return {
    ...{
      basis,
      scores,
      loss: loss * times,
      weights: model.user.states(parameters.get(W), data.users.length),
    },
    dV: Float64Array.from(gradients.get(V) ?? [], (value) => value * times),
    dW: Float64Array.from(gradients.get(W) ?? [], (value) => value * times),
  };
}

/** alpha · mean over k of 1 - cos(V_k, reference): its gradient, [K, D]. */
function cosineGradient(basis: Float32Array, reference: readonly number[], alpha: number): Float64Array {
  const columns = reference.length;
  const k = basis.length / columns;
  const norm = (x: ArrayLike<number>): number =>
    Math.sqrt(Array.from(x).reduce((sum, value) => sum + value ** 2, 0));
  return Float64Array.from({ length: basis.length }, (_, i) => {
    const row = basis.subarray(Math.floor(i / columns) * columns, (Math.floor(i / columns) + 1) * columns);
    const [own, other] = [norm(row), norm(reference)];
    const inner = row.reduce((sum, value, j) => sum + value * reference[j], 0);
    const at = i % columns;
    return (-alpha / k) * (reference[at] / (own * other) - (inner * row[at]) / (own ** 3 * other));
  });
}

function plus(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, i) => value + y[i]);
}

const regularized: Compare = (given, engine): Compared => {
  const { basis, scores, loss, weights, dV, dW } = compute(given, engine, false);
  const reference = arrayOf(given.inputs["V_reference"]).data;
  const pull = cosineGradient(basis, reference, Number(given.config["alpha"]));
  return new Map([
    ["nll", { got: [loss], want: [numberOf(given.loss_terms["nll"])] }],
    ["logits", { got: scores, want: arrayOf(given.outputs["logits"]).data }],
    ["user weights", { got: weights, want: arrayOf(given.outputs["user_weights"]).data }],
    ["gradient of W", { got: dW, want: given.gradients["W"].data }],
    ["gradient of V", { got: plus(dV, pull), want: turned(given.gradients["V"]) }],
  ]);
};

const joint: Compare = (given, engine): Compared => {
  const { basis, loss, weights, dV, dW } = compute(given, engine, true);
  const reference = arrayOf(given.inputs["V_reference"]).data;
  const alpha = Number(given.config["alpha"]);
  const pull = Float64Array.from(basis, (value, i) => 2 * alpha * (value - reference[i % reference.length]));
  return new Map([
    ["nll", { got: [loss], want: [numberOf(given.loss_terms["nll"])] }],
    ["user weights", { got: weights, want: arrayOf(given.outputs["user_weights"]).data }],
    ["gradient of W", { got: dW, want: given.gradients["W"].data }],
    ["gradient of V", { got: plus(dV, pull), want: turned(given.gradients["V"]) }],
  ]);
};

const fewShot: Compare = (given, engine): Compared => {
  const { loss, weights, dW } = compute(given, engine, true);
  return new Map([
    ["total", { got: [loss], want: [numberOf(given.loss_terms["total"])] }],
    ["user weights", { got: weights, want: arrayOf(given.outputs["user_weights_before"]).data }],
    ["gradient of w", { got: dW, want: given.gradients["w"].data }],
  ]);
};

export const LORE = { "lore-regularized": regularized, "lore-joint": joint, "lore-fewshot": fewShot };
