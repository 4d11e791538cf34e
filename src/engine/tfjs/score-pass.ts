import { InputError, type RandomStream } from "../../core/index.js";
import type { Pairs, PreferenceData } from "../../data/index.js";
import type { Model } from "../../families/index.js";
import type { PairInputs, ParameterInputs, Sides } from "../../graph/index.js";
import type { Noise } from "../state-noise.js";
import { evidenceInputs, type Evidence } from "./evidence.js";
import { gathered } from "./gathered.js";
import { TensorOps } from "./tensor-ops.js";
import type { Scalar, Tensor, Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.js";

/** What one forward pass computes with. */
export interface Pass {
  readonly tf: TensorFlow;
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Set in training alone: hidden units are dropped by its draws. */
  readonly dropout?: RandomStream;
  /** The answers that users' states are found from, where they are. */
  readonly evidence?: Evidence;
  /** What those states are sampled with; their mean is taken without it. */
  readonly noise?: Noise;
  /** What is added to a loss is multiplied by it, default 1. */
  readonly penaltyFactor?: number;
}

/** Pairs that are scored together, each with the place of its judge in a table of users. */
export interface Batch extends Pairs {
  readonly user: Int32Array;
}

/** The scores of pairs, [N]: positive where right is preferred; and what is added to the loss of each, [N]. */
export interface Forward {
  readonly score: Tensor1D;
  readonly penalty?: Tensor1D;
}

/**
 * The score of each pair, and what training adds to its loss.
 * @param states of every user, [U, S], instead of the learned ones: nothing is added to a loss then
 */
export function forward(
  { tf, parameters, dropout, evidence, noise, penaltyFactor = 1 }: Pass,
  model: Model,
  batch: Batch,
  states?: Tensor2D,
): Forward {
  const ops = new TensorOps(tf, dropout);
  const p = parameterInputs(tf, parameters);
  const pairs = pairInputs(tf, batch);
  const { user, family } = model;
  const { rows } = pairs.users;
  const find = (): Tensor2D => {
    if (states !== undefined) return ops.rows(states, rows);
    if (evidence !== undefined) return model.state({ ops, p, evidence: evidenceInputs(tf, evidence, rows) });
    if (user.trained === undefined)
      throw new InputError(`${family.name}: its users have no state to score with`);
    return user.trained(ops, p, rows);
  };
  let known: Tensor2D | undefined;
  const state = (): Tensor2D => (known ??= find());
  const inputs = { ops, p, pairs, state, ...sampled(tf, rows, user.found?.noise, noise) };
  const flat = (x: Tensor2D): Tensor1D => tf.squeeze<Tensor1D>(x, [1]);
  const score = flat(model.score(inputs));
  const penalty = states === undefined ? model.penalty(inputs) : undefined;
  return penalty === undefined
    ? { score }
    : { score, penalty: tf.mul<Tensor1D>(penaltyFactor, flat(penalty)) };
}

function sampled(
  tf: TensorFlow,
  users: Int32Array,
  columns: number | undefined,
  noise: Noise | undefined,
): { readonly noise?: Tensor2D } {
  if (noise === undefined || columns === undefined) return {};
  const out = new Float32Array(users.length * columns);
  noise(users, out);
  return { noise: tf.tensor2d(out, [users.length, columns]) };
}

/** Parameters as matrices: a vector or a scalar is one row. */
export function parameterInputs(
  tf: TensorFlow,
  parameters: ReadonlyMap<string, Tensor>,
): ParameterInputs<Tensor2D> {
  const get = (name: string): Tensor2D => {
    const found = parameters.get(name);
    if (found === undefined)
      throw new Error(`internal: no parameter ${name}; there are ${[...parameters.keys()].join(", ")}`);
    return found.rank === 2 ? (found as Tensor2D) : tf.reshape(found, [1, -1]);
  };
  return { has: (name) => parameters.has(name), get, columns: (name) => get(name).shape[1] };
}

function pairInputs(tf: TensorFlow, batch: Batch): PairInputs<Tensor2D, Int32Array> {
  const { left, right, context, items, contexts } = batch;
  const users = distinct(batch.user);
  const both = distinct(Int32Array.of(...left, ...right));
  const asked = context === undefined ? undefined : distinct(context);
  const count = left.length;
  return {
    users: { rows: users.unique, of: users.place },
    items: {
      features: gathered(tf, items, both.unique),
      rows: both.unique,
      left: both.place.slice(0, count),
      right: both.place.slice(count),
    },
    get itemsInContext() {
      return joined(tf, batch);
    },
    contexts:
      asked === undefined || contexts === undefined
        ? undefined
        : { features: gathered(tf, contexts, asked.unique), rows: asked.unique, of: asked.place },
    own: numbers(0, count),
  };
}

function joined(
  tf: TensorFlow,
  { items, contexts, context, left, right }: Batch,
): Sides<Tensor2D, Int32Array> {
  const count = left.length;
  const twice = Int32Array.of(...(context ?? []), ...(context ?? []));
  const parts = [
    gathered(tf, items, Int32Array.of(...left, ...right)),
    contexts === undefined ? undefined : gathered(tf, contexts, twice),
  ].filter((part) => part !== undefined);
  return {
    features: parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : tf.concat(parts, 1),
    rows: numbers(0, 2 * count),
    left: numbers(0, count),
    right: numbers(count, count),
  };
}

function numbers(from: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => from + i);
}

/** The distinct ones of `values` in the order of their first appearance, and for each value its place among them. */
function distinct(values: Int32Array): { readonly unique: Int32Array; readonly place: Int32Array } {
  const places = new Map<number, number>();
  const place = values.map((value) => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { unique: Int32Array.from(places.keys()), place };
}

/** The loss of each comparison, and what is added to it, times its weight, added up. */
export function lossSum(
  tf: TensorFlow,
  { loss, margin }: Model,
  { score, penalty }: Forward,
  rows: Rows,
): Scalar {
  const agreement = tf.mul<Tensor1D>(score, tf.tensor1d(Float32Array.from(rows.label)));
  const each: Tensor1D =
    loss === "hinge" ? tf.relu(tf.sub<Tensor1D>(margin, agreement)) : tf.softplus(tf.neg(agreement));
  const all: Tensor1D = penalty === undefined ? each : tf.add<Tensor1D>(each, penalty);
  return tf.sum(tf.mul(all, tf.tensor1d(weightsOf(rows))));
}

type Rows = Pick<PreferenceData, "label" | "weight">;

/** The weight of every comparison, 1 where the data says nothing. */
export function weightsOf({ weight, label }: Rows): Float32Array {
  return weight ?? new Float32Array(label.length).fill(1);
}
