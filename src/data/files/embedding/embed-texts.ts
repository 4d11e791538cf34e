import { checkIsPairs } from "../../check-data.js";
import type { FeatureTable, Pairs } from "../../preference-data.js";
import { embed, type EmbedOptions } from "./embed.js";

/** `pairs` with sentence embeddings as the features of every table that has texts but no features. @throws as {@link embed} */
export async function embedTexts<T extends Pairs>(pairs: T, options: EmbedOptions = {}): Promise<T> {
  checkIsPairs("embedTexts: pairs", pairs);
  const { items, contexts } = pairs;
  const withFeatures = async (table: FeatureTable): Promise<FeatureTable> =>
    table.text === undefined || table.features !== undefined
      ? table
      : { ...table, features: await embed(table.text, options) };
  return {
    ...pairs,
    items: await withFeatures(items),
    ...(contexts === undefined ? {} : { contexts: await withFeatures(contexts) }),
  };
}
