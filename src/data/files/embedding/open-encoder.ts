import { InputError, show } from "../../../core/index.js";
import { openHashEncoder } from "./hash-encoder.js";
import { openTransformersEncoder } from "./transformers-encoder.js";
import { openUseLiteEncoder } from "./use-lite-encoder.js";
import type { EncoderName, SentenceEncoder } from "./sentence-encoder.js";

/** @throws InputError unless `name` is that of an encoder; whether its package is there shows when it is opened */
export function checkEncoder(what: string, name: unknown): EncoderName {
  if (typeof name === "string" && /^(use-lite|hash|transformers:.+)$/.test(name)) return name as EncoderName;
  throw new InputError(`${what} must be "use-lite", "hash" or "transformers:<model>", got ${show(name)}`);
}

/** @throws InputError for an unknown name or a package that is not installed */
export async function openEncoder(name: string): Promise<SentenceEncoder> {
  checkEncoder("embed: encoder", name);
  if (name === "use-lite") return openUseLiteEncoder();
  if (name === "hash") return openHashEncoder();
  return openTransformersEncoder(name.slice("transformers:".length));
}
