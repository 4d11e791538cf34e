import { InputError } from "../../core/index.js";
import type { StateInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { deepen, deeperParameters, layerParameters, TABLES, vectorSizes, vectorsOf } from "./layers.js";
import type { VplSettings } from "./options.js";

const NEEDS_FEATURES =
  'Vpl: a flat encoder reads features, and the data has items or contexts without; use setEncoder "mean"';

const PAIR = "Encoder.model";
const SET = "Encoder.set";
const HEAD = "Encoder.head";

/** Means and log variances of q(z | answers) less those of the prior, [users, 2 d]: 0 without answers. */
export function encode<T, I>(inputs: StateInputs<T, I>, given: VplSettings): T {
  return given.setEncoder === "mean" ? encodeSet(inputs, given) : encodeInOrder(inputs, given);
}

/** Of answers one behind the other. */
function encodeInOrder<T, I>(inputs: StateInputs<T, I>, { encoderDepth }: VplSettings): T {
  const { ops, p, evidence } = inputs;
  if (evidence.flat === undefined) throw new InputError(NEEDS_FEATURES);
  const first = ops.matmul(evidence.flat, p.get(`${PAIR}.0.weight`), "transposed");
  const head = ops.matmul(deepen(inputs, PAIR, encoderDepth, first), p.get(`${HEAD}.weight`), "transposed");
  const found = ops.bias(head, p.get(`${HEAD}.bias`));
  // the mean of as many copies as there are answers: 0 where there are none
  return ops.segmentMean(ops.rows(found, evidence.of), evidence.from);
}

/**
 * Of a set of answers. Nothing has a bias after the mean over answers, so that no
 * answers give 0.
 */
function encodeSet<T, I>(inputs: StateInputs<T, I>, { encoderDepth }: VplSettings): T {
  const { ops, p, evidence } = inputs;
  const part = (x: T, name: string): T => ops.matmul(x, p.get(`${PAIR}.0.${name}`), "transposed");
  const chosen = part(vectorsOf(inputs, evidence.chosen, TABLES.items), "chosen");
  const both = ops.add(chosen, part(vectorsOf(inputs, evidence.rejected, TABLES.items), "rejected"));
  const { contexts } = evidence;
  const first =
    contexts === undefined
      ? both
      : ops.add(both, part(vectorsOf(inputs, contexts, TABLES.contexts), "context"));
  const mean = ops.segmentMean(deepen(inputs, PAIR, encoderDepth, first), evidence.from);
  const set = ops.hidden(ops.matmul(mean, p.get(`${SET}.weight`), "transposed"), {
    ...{ activation: "leaky-relu", dropout: 0 },
  });
  return ops.matmul(set, p.get(`${HEAD}.weight`), "transposed");
}

export function encoderParameters(given: VplSettings, sizes: DataSizes): ParameterSpec[] {
  const { encoderWidth: width, encoderDepth, latentDimension } = given;
  const { item, context } = vectorSizes(given, sizes);
  if (given.setEncoder === "flat") {
    if (sizes.items.features === 0 || sizes.contexts?.features === 0) throw new InputError(NEEDS_FEATURES);
    const weight = given.contextSize * (2 * item + context + 1);
    return [
      ...layerParameters(`${PAIR}.0`, width, { weight }),
      ...deeperParameters(PAIR, encoderDepth, width),
      ...layerParameters(HEAD, 2 * latentDimension, { weight: width }),
    ];
  }
  return [
    ...layerParameters(`${PAIR}.0`, width, { chosen: item, rejected: item, context }),
    ...deeperParameters(PAIR, encoderDepth, width),
    ...layerParameters(SET, width, { weight: width }, false),
    ...layerParameters(HEAD, 2 * latentDimension, { weight: width }, false),
  ];
}
