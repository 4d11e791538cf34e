import type { Vectors } from "../../graph/index.js";
import type { StateInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import {
  attend,
  attentionParameters,
  deepen,
  deeperParameters,
  layerParameters,
  TABLES,
  vectorSizes,
  vectorsOf,
} from "../amortized/index.js";
import type { SplSettings } from "./options.js";

const ITEM = "Encoder.model";

/** Numbers of a state behind its means and log variances: d of what the answers say to the flow, and the guide. */
export function moreOf(d: number): number {
  return d + 1;
}

/**
 * States [users, 3 d + 1]: means, log variances, the mean over answers of half the difference and of half the sum of both items' vectors, and the guide:
 * (1 + cos(mean, mean of swapped answers)) / 2 + (1 - cos(log variances, those of swapped answers)) / 20. No gradient goes through swapped answers.
 */
export function encode<T, I>(inputs: StateInputs<T, I>, given: SplSettings): T {
  const { ops, evidence } = inputs;
  const d = given.latentDimension;
  const chosen = itemOf(inputs, evidence.chosen, given);
  const rejected = itemOf(inputs, evidence.rejected, given);
  const found = attend(inputs, ops.beside([chosen, rejected]));
  const swapped = ops.detach(attend(inputs, ops.beside([rejected, chosen])));
  const mean = (x: T): T => ops.segmentMean(ops.scale(x, 0.5), evidence.from);
  const cosine = (from: number): T =>
    ops.rowCosines(ops.columns(found, from, from + d), ops.columns(swapped, from, from + d));
  const guide = ops.bias(
    ops.subtract(ops.scale(cosine(0), 0.5), ops.scale(cosine(d), 0.05)),
    ops.constant(1, 1, Float32Array.of(0.55)),
  );
  return ops.beside([found, mean(ops.subtract(chosen, rejected)), mean(ops.add(chosen, rejected)), guide]);
}

/** The vector of an item of each answer, in its context, [answers, d / 2]. */
function itemOf<T, I>(
  inputs: StateInputs<T, I>,
  side: Vectors<T, I>,
  { encoderDepth }: Pick<SplSettings, "encoderDepth">,
): T {
  const { ops, p, evidence } = inputs;
  const part = (x: T, name: string): T => ops.matmul(x, p.get(`${ITEM}.0.${name}`), "transposed");
  const alone = part(vectorsOf(inputs, side, TABLES.items), "item");
  const { contexts } = evidence;
  const first =
    contexts === undefined
      ? alone
      : ops.add(alone, part(vectorsOf(inputs, contexts, TABLES.contexts), "context"));
  const h = deepen(inputs, ITEM, encoderDepth, first);
  const last = `${ITEM}.${2 * encoderDepth}`;
  return ops.bias(ops.matmul(h, p.get(`${last}.weight`), "transposed"), p.get(`${last}.bias`));
}

export function encoderParameters(given: SplSettings, sizes: DataSizes): ParameterSpec[] {
  const { encoderWidth: width, encoderDepth, latentDimension: d } = given;
  return [
    ...layerParameters(`${ITEM}.0`, width, { ...vectorSizes(given, sizes) }),
    ...deeperParameters(ITEM, encoderDepth, width),
    ...layerParameters(`${ITEM}.${2 * encoderDepth}`, d / 2, { weight: width }),
    ...attentionParameters(d, d),
  ];
}
