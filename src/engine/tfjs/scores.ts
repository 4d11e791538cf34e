import { InputError } from "../../core/index.js";
import {
  hasPrototypes,
  LARGEST_LOGIT_SCALE,
  NAMES,
  type Model,
  type PalA,
  type Projector,
} from "../../model/index.js";
import { encode, encodeItems } from "./encoder.js";
import { matrix, type Batch, type Pass } from "./pass.js";
import { project } from "./projector.js";
import { distinct, gatherRows } from "./rows.js";
import type { Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.js";

/**
 * The score of each pair, shape [N]: positive where right is preferred. `given` are weights on the simplex for every user, [U, K],
 * instead of the learned ones.
 */
export function scores(pass: Pass, model: Model, batch: Batch, given?: Tensor2D): Tensor1D {
  const { tf } = pass;
  const { projector } = model;
  if (model.kind === "pal-a") {
    const { left, right } = encodeItems(pass, batch, { projector, joinContexts: true });
    const { unique, place } = distinct(batch.user);
    const point = gatherRows(tf, userPoints(pass, model, weights(pass, unique, given)), place);
    return tf.sub(distance(tf, model, left, point), distance(tf, model, right, point));
  }
  if (model.kind === "bradley-terry" && batch.contexts === undefined) {
    const { left, right } = encodeItems(pass, batch, { projector, joinContexts: false });
    return tf.squeeze<Tensor1D>(tf.sub(right, left), [1]);
  }
  const { left, right } = encodeItems(pass, batch, { projector, joinContexts: false });
  const w = hasPrototypes(model) ? weights(pass, batch.user, given) : undefined;
  const z = direction(pass, projector, batch, w);
  if (!pass.parameters.has(NAMES.logitScale)) return tf.sub(dot(tf, right, z), dot(tf, left, z));
  const scale = tf.minimum(tf.exp(tf.squeeze(matrix(pass, NAMES.logitScale))), LARGEST_LOGIT_SCALE);
  return tf.mul(scale, tf.sub(cosine(tf, right, z), cosine(tf, left, z)));
}

/** Weights on the simplex of these users, [users.length, K]. */
function weights(pass: Pass, users: Int32Array, given: Tensor2D | undefined): Tensor2D {
  const { tf } = pass;
  return given === undefined
    ? tf.softmax(gatherRows(tf, matrix(pass, NAMES.weights), users))
    : gatherRows(tf, given, users);
}

/** The ideal points of users with weights w [U, K], shape [U, d]: f(P w), sum_k w_k f(p_k) or P w. Learned items have no f. */
function userPoints(pass: Pass, model: PalA, w: Tensor2D): Tensor2D {
  const { tf, parameters } = pass;
  const prototypes = matrix(pass, NAMES.prototypes);
  const map = { prefix: NAMES.items, projector: model.projector };
  if (model.userPoint === "Pw" || parameters.has(NAMES.itemTable)) return tf.matMul(w, prototypes);
  return model.userPoint === "f(Pw)"
    ? project(pass, map, tf.matMul(w, prototypes))
    : tf.matMul(w, project(pass, map, prototypes));
}

/** sum_k w_k g_k(context) for each pair, [N, d]; without weights one g for all. */
function direction(pass: Pass, projector: Projector, batch: Batch, w: Tensor2D | undefined): Tensor2D {
  const { tf } = pass;
  const { contexts, context } = batch;
  if (contexts === undefined || context === undefined)
    throw new InputError("PalB: the data has no context column");
  const g = (k: number): Tensor2D => {
    const names = { prefix: NAMES.prototypeMap(k), table: NAMES.contextTable(k), projector };
    return encode(pass, names, contexts, context);
  };
  if (w === undefined) return g(0);
  // slices, not tf.split: its gradient fails where there is one column (K = 1)
  const part = (k: number): Tensor2D => tf.mul(tf.slice2d(w, [0, k], [-1, 1]), g(k));
  return Array.from({ length: w.shape[1] }, (_, k) => part(k)).reduce((sum, term): Tensor2D =>
    tf.add(sum, term),
  );
}

function distance(tf: TensorFlow, model: PalA, x: Tensor2D, y: Tensor2D): Tensor1D {
  const squared = tf.sum<Tensor1D>(tf.squaredDifference(x, y), 1);
  return model.distance === "squared" ? squared : root(tf, squared);
}

function dot(tf: TensorFlow, x: Tensor2D, y: Tensor2D): Tensor1D {
  return tf.sum(tf.mul(x, y), 1);
}

/** A vector of length 0 has cosine 0 with every other, and no gradient. */
function cosine(tf: TensorFlow, x: Tensor2D, y: Tensor2D): Tensor1D {
  const lengths: Tensor1D = tf.mul(root(tf, dot(tf, x, x)), root(tf, dot(tf, y, y)));
  const { isPositive, nonzero } = guarded(tf, lengths);
  return tf.mul(isPositive, tf.div(dot(tf, x, y), nonzero));
}

/** Square roots whose gradient at 0 is 0, as PyTorch's norm takes it. */
function root(tf: TensorFlow, x: Tensor1D): Tensor1D {
  const { isPositive, nonzero } = guarded(tf, x);
  return tf.mul(isPositive, tf.sqrt(nonzero));
}

/** 1 where x > 0 and else 0; and x with 1 in place of every 0. Neither carries a gradient that is not finite. */
function guarded(tf: TensorFlow, x: Tensor1D): { isPositive: Tensor1D; nonzero: Tensor1D } {
  const isPositive = tf.step(x);
  return { isPositive, nonzero: tf.add(x, tf.sub(1, isPositive)) };
}
