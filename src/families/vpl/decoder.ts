import type { ScoreInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { deepen, deeperParameters, layerParameters, TABLES, vectorSizes, vectorsOf } from "./layers.js";
import type { VplSettings } from "./options.js";

const PREFIX = "Decoder.model";

/** r(right, z) - r(left, z), [B, 1], for z [users, d]: an MLP of [item, context, z], of which item and z are multiplied once however often they recur. */
export function decode<T, I>(inputs: ScoreInputs<T, I>, z: T, { decoderDepth }: VplSettings): T {
  const { ops, p, pairs } = inputs;
  const part = (x: T, name: string): T => ops.matmul(x, p.get(`${PREFIX}.0.${name}`), "transposed");
  const items = part(vectorsOf(inputs, pairs.items, TABLES.items), "item");
  const { contexts, users } = pairs;
  const user = ops.rows(part(z, "latent"), users.of);
  const beside =
    contexts === undefined
      ? user
      : ops.add(ops.rows(part(vectorsOf(inputs, contexts, TABLES.contexts), "context"), contexts.of), user);
  const side = (place: I): T => deepen(inputs, PREFIX, decoderDepth, ops.add(ops.rows(items, place), beside));
  const apart = ops.subtract(side(pairs.items.right), side(pairs.items.left));
  return ops.matmul(apart, p.get(`${PREFIX}.${2 * decoderDepth}.weight`), "transposed");
}

export function decoderParameters(given: VplSettings, sizes: DataSizes): ParameterSpec[] {
  const { decoderWidth: width, decoderDepth, latentDimension: latent } = given;
  const { item, context } = vectorSizes(given, sizes);
  return [
    ...layerParameters(`${PREFIX}.0`, width, { item, context, latent }),
    ...deeperParameters(PREFIX, decoderDepth, width),
    ...layerParameters(`${PREFIX}.${2 * decoderDepth}`, 1, { weight: width }, false),
  ];
}
