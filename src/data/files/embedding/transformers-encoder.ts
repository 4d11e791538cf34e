import { InputError, messageOf, show } from "../../../core/index.js";
import type { OnVector, SentenceEncoder } from "./sentence-encoder.js";

const PACKAGE = "@huggingface/transformers";

/** The part of @huggingface/transformers 3 and 4 that is used here. */
interface Transformers {
  readonly env: { readonly version?: string };
  pipeline(task: "feature-extraction", model: string): Promise<Extractor>;
}

type Extractor = (
  text: string,
  options: { readonly pooling: "mean"; readonly normalize: true },
) => Promise<{ readonly data: ArrayLike<number> }>;

/**
 * A sentence model of the Hugging Face hub (mean pooling, unit norm); D is the model's.
 * @throws InputError when the package is not installed or the model cannot be had
 */
export async function openTransformersEncoder(model: string): Promise<SentenceEncoder> {
  const transformers = await importTransformers();
  let extractor: Extractor | undefined;
  return {
    id: `transformers-${transformers.env.version ?? "unknown"}-${model}`,
    async encode(texts: readonly string[], onVector: OnVector): Promise<void> {
      extractor ??= await openModel(transformers, model);
      for (const [index, text] of texts.entries()) {
        onVector(index, (await extractor(text, { pooling: "mean", normalize: true })).data);
      }
    },
  };
}

async function openModel(transformers: Transformers, model: string): Promise<Extractor> {
  return transformers.pipeline("feature-extraction", model).catch((cause: unknown) => {
    throw new InputError(`embed: the model ${show(model)} cannot be loaded: ${messageOf(cause)}`, { cause });
  });
}

async function importTransformers(): Promise<Transformers> {
  try {
    // A name that the compiler does not see: the package is not among our dependencies.
    const name: string = PACKAGE;
    return (await import(name)) as Transformers;
  } catch (cause) {
    const how = `install it with "npm install ${PACKAGE}", or use the encoder "use-lite"`;
    throw new InputError(`embed: encoder "transformers:…" needs the package ${PACKAGE}; ${how}`, { cause });
  }
}
