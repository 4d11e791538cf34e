import { InputError, type RandomStream } from "../../core/index.js";
import type { FeatureTable, Pairs, PreferenceData } from "../../data/index.js";
import type { Model } from "../../families/index.js";
import type { PairInputs, ParameterInputs, Sides } from "../../graph/index.js";
import { TensorOps } from "./tensor-ops.js";
import type { Scalar, Tensor, Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.js";

/** What one forward pass computes with. */
export interface Pass {
  readonly tf: TensorFlow;
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Set in training alone: hidden units are dropped by its draws. */
  readonly dropout?: RandomStream;
}

/** Pairs that are scored together, each with the place of its judge in a table of users. */
export interface Batch extends Pairs {
  readonly user: Int32Array;
}

/**
 * The score of each pair, shape [N]: positive where right is preferred.
 * @param states of every user, [U, S], instead of the learned ones
 */
export function scores(
  { tf, parameters, dropout }: Pass,
  model: Model,
  batch: Batch,
  states?: Tensor2D,
): Tensor1D {
  const ops = new TensorOps(tf, dropout);
  const p = parameterInputs(tf, parameters);
  const pairs = pairInputs(tf, batch);
  const { user, family } = model;
  const state = (): Tensor2D => {
    const { rows } = pairs.users;
    if (states !== undefined) return ops.rows(states, rows);
    if (user.trained === undefined)
      throw new InputError(`${family.name}: its users have no state to score with`);
    return user.trained(ops, p, rows);
  };
  return tf.squeeze<Tensor1D>(model.score({ ops, p, pairs, state }), [1]);
}

/** Parameters as matrices: a vector or a scalar is one row. */
export function parameterInputs(
  tf: TensorFlow,
  parameters: ReadonlyMap<string, Tensor>,
): ParameterInputs<Tensor2D> {
  return {
    has: (name) => parameters.has(name),
    get(name) {
      const found = parameters.get(name);
      if (found === undefined)
        throw new Error(`internal: no parameter ${name}; there are ${[...parameters.keys()].join(", ")}`);
      return found.rank === 2 ? (found as Tensor2D) : tf.reshape(found, [1, -1]);
    },
  };
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

/** Rows of features side by side; undefined where a table has none. */
function gathered(tf: TensorFlow, { features, ids }: FeatureTable, index: Int32Array): Tensor2D | undefined {
  if (features === undefined) return undefined;
  const columns = features.length / ids.length;
  const rows = new Float32Array(index.length * columns);
  index.forEach((from, to) =>
    rows.set(features.subarray(from * columns, (from + 1) * columns), to * columns),
  );
  return tf.tensor2d(rows, [index.length, columns]);
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

/** The loss of each comparison times its weight, added up. */
export function lossSum(tf: TensorFlow, { loss, margin }: Model, score: Tensor1D, rows: Rows): Scalar {
  const agreement = tf.mul(score, tf.tensor1d(Float32Array.from(rows.label)));
  const each = loss === "hinge" ? tf.relu(tf.sub(margin, agreement)) : tf.softplus(tf.neg(agreement));
  return tf.sum(tf.mul(each, tf.tensor1d(weightsOf(rows))));
}

type Rows = Pick<PreferenceData, "label" | "weight">;

/** The weight of every comparison, 1 where the data says nothing. */
export function weightsOf({ weight, label }: Rows): Float32Array {
  return weight ?? new Float32Array(label.length).fill(1);
}
