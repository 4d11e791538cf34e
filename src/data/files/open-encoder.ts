import { InputError, show } from "../../core/index.js";
import { openHashEncoder } from "./hash-encoder.js";
import { openTransformersEncoder } from "./transformers-encoder.js";
import { openUseLiteEncoder } from "./use-lite-encoder.js";
import type { SentenceEncoder } from "./sentence-encoder.js";

/** @throws InputError for an unknown name or a package that is not installed */
export async function openEncoder(name: string): Promise<SentenceEncoder> {
  if (name === "use-lite") return openUseLiteEncoder();
  if (name === "hash") return openHashEncoder();
  const model = /^transformers:(.+)$/.exec(name)?.[1];
  if (model !== undefined) return openTransformersEncoder(model);
  throw new InputError(`embed: encoder must be "use-lite", "hash" or "transformers:<model>", got ${show(name)}`);
}
