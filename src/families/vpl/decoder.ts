import { InputError } from "../../core/index.js";
import type { ScoreInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { deepen, deeperParameters, layerParameters, TABLES, vectorSizes, vectorsOf } from "./layers.js";
import type { VplSettings } from "./options.js";

const PREFIX = "Decoder.model";

/**
 * r(right, z) - r(left, z), [B, 1], for z [users, d]: an MLP of [step, context, z], summed over the steps of an item. Steps and z are multiplied once
 * however often they recur.
 */
export function decode<T, I>(inputs: ScoreInputs<T, I>, z: T, { decoderDepth, steps }: VplSettings): T {
  const { ops, p, pairs } = inputs;
  const part = (x: T, name: string): T => ops.matmul(x, p.get(`${PREFIX}.0.${name}`), "transposed");
  const x = vectorsOf(inputs, pairs.items, TABLES.items);
  const width = p.columns(`${PREFIX}.0.item`);
  const each = Array.from({ length: steps }, (_, t) =>
    part(steps === 1 ? x : ops.columns(x, t * width, (t + 1) * width), "item"),
  );
  const { contexts, users } = pairs;
  const user = ops.rows(part(z, "latent"), users.of);
  const beside =
    contexts === undefined
      ? user
      : ops.add(ops.rows(part(vectorsOf(inputs, contexts, TABLES.contexts), "context"), contexts.of), user);
  const side = (place: I): T =>
    each
      .map((step) => deepen(inputs, PREFIX, decoderDepth, ops.add(ops.rows(step, place), beside)))
      .reduce((sum, step) => ops.add(sum, step));
  const apart = ops.subtract(side(pairs.items.right), side(pairs.items.left));
  return ops.matmul(apart, p.get(`${PREFIX}.${2 * decoderDepth}.weight`), "transposed");
}

/** @throws InputError for features that are not those of so many steps */
export function decoderParameters(given: VplSettings, sizes: DataSizes): ParameterSpec[] {
  const { decoderWidth: width, decoderDepth, latentDimension: latent, steps } = given;
  const { item, context } = vectorSizes(given, sizes);
  if (steps > 1 && (sizes.items.features === 0 || item % steps !== 0))
    throw new InputError(
      `Vpl: items of ${steps} steps must have features, as many for each step, got ${sizes.items.features}`,
    );
  return [
    ...layerParameters(`${PREFIX}.0`, width, { item: item / steps, context, latent }),
    ...deeperParameters(PREFIX, decoderDepth, width),
    ...layerParameters(`${PREFIX}.${2 * decoderDepth}`, 1, { weight: width }, false),
  ];
}
