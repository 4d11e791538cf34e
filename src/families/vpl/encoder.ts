import { InputError } from "../../core/index.js";
import type { StateInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import {
  attend,
  attentionParameters,
  deepen,
  deeperParameters,
  layerParameters,
  meanOfCopies,
  TABLES,
  vectorSizes,
  vectorsOf,
} from "../amortized/index.js";
import type { VplSettings } from "./options.js";

const NEEDS_FEATURES =
  'Vpl: a flat encoder reads features, and the data has items or contexts without; use setEncoder "mean"';

const PAIR = "Encoder.model";
const SET = "Encoder.set";
const HEAD = "Encoder.head";

/** Means and log variances of q(z | answers) less those of the prior, [users, 2 d]: 0 without answers. */
export function encode<T, I>(inputs: StateInputs<T, I>, given: VplSettings): T {
  if (given.setEncoder === "flat") return encodeInOrder(inputs, given);
  const answers = answersOf(inputs, given);
  if (given.setEncoder === "mean") return encodeSet(inputs, answers);
  const last = `${PAIR}.${2 * given.encoderDepth}`;
  const { ops, p } = inputs;
  const vectors = ops.matmul(answers, p.get(`${last}.weight`), "transposed");
  return attend(inputs, ops.bias(vectors, p.get(`${last}.bias`)));
}

/** Of answers one behind the other. */
function encodeInOrder<T, I>(inputs: StateInputs<T, I>, { encoderDepth }: VplSettings): T {
  const { ops, p, evidence } = inputs;
  if (evidence.flat === undefined) throw new InputError(NEEDS_FEATURES);
  const first = ops.matmul(evidence.flat, p.get(`${PAIR}.0.weight`), "transposed");
  const head = ops.matmul(deepen(inputs, PAIR, encoderDepth, first), p.get(`${HEAD}.weight`), "transposed");
  const found = ops.bias(head, p.get(`${HEAD}.bias`));
  return meanOfCopies(inputs, found);
}

/** Each answer alone, [answers, width]. */
function answersOf<T, I>(inputs: StateInputs<T, I>, { encoderDepth }: VplSettings): T {
  const { ops, p, evidence } = inputs;
  const part = (x: T, name: string): T => ops.matmul(x, p.get(`${PAIR}.0.${name}`), "transposed");
  const chosen = part(vectorsOf(inputs, evidence.chosen, TABLES.items), "chosen");
  const both = ops.add(chosen, part(vectorsOf(inputs, evidence.rejected, TABLES.items), "rejected"));
  const { contexts } = evidence;
  const first =
    contexts === undefined
      ? both
      : ops.add(both, part(vectorsOf(inputs, contexts, TABLES.contexts), "context"));
  return deepen(inputs, PAIR, encoderDepth, first);
}

/** Of a set of answers. Nothing has a bias after the mean over answers, so that no answers give 0. */
function encodeSet<T, I>({ ops, p, evidence }: StateInputs<T, I>, answers: T): T {
  const mean = ops.segmentMean(answers, evidence.from);
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
    ...(given.setEncoder === "attention" ? attentiveParameters(given) : setParameters(given)),
  ];
}

function attentiveParameters({
  encoderWidth,
  encoderDepth,
  latentDimension: d,
}: VplSettings): ParameterSpec[] {
  return [
    ...layerParameters(`${PAIR}.${2 * encoderDepth}`, d, { weight: encoderWidth }),
    ...attentionParameters(d, d),
  ];
}

function setParameters({ encoderWidth: width, latentDimension }: VplSettings): ParameterSpec[] {
  return [
    ...layerParameters(SET, width, { weight: width }, false),
    ...layerParameters(HEAD, 2 * latentDimension, { weight: width }, false),
  ];
}
