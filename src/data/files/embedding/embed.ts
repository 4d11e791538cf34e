import { join } from "node:path";
import { checkArray, checkKeys, DataError, InputError } from "../../../core/index.js";
import { cacheKey, EmbeddingCache } from "./embedding-cache.js";
import { cacheFolder } from "../folders.js";
import { openEncoder } from "./open-encoder.js";
import type { EncoderName, SentenceEncoder } from "./sentence-encoder.js";
import type { StartProgress } from "../start-progress.js";

/** Options of {@link embed}: which encoder, and where vectors are kept. */
export interface EmbedOptions {
  /** Default "use-lite". */
  readonly encoder?: EncoderName;
  /** Default {@link cacheFolder}; vectors are below it, in `embeddings`. */
  readonly cacheFolder?: string;
  /** Shows how many of the texts that are not in the cache are done. */
  readonly progress?: StartProgress;
}

/** So many vectors go to disk at a time: what a run that is stopped can lose. */
const BATCH = 256;

/**
 * Sentence embeddings of texts. Each different text is computed once and kept on disk; values are rounded to 1e-6 and
 * a text is encoded alone, so that a warm, a cold and a half-warm cache give the same bits.
 * @returns row-major [texts.length, D]; D is 512 for "use-lite", 64 for "hash", the model's for "transformers:<model>"
 * @throws InputError when there are no texts or an empty one, for an unknown encoder, or a cache that cannot be written
 */
export async function embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array> {
  checkArray("embed: texts", texts, "an array of texts");
  checkKeys("embed", options, ["encoder", "cacheFolder", "progress"]);
  if (texts.length === 0) throw new InputError("embed: needs at least one text, got none");
  const empty = texts.findIndex((text) => text.trim() === "");
  if (empty >= 0) throw new InputError(`embed: texts must not be empty, got an empty one at index ${empty}`);
  const encoder = await openEncoder(options.encoder ?? "use-lite");
  const folder = join(
    options.cacheFolder ?? cacheFolder(),
    "embeddings",
    encoder.id.replace(/[^\w.-]+/g, "_"),
  );
  const cache = await EmbeddingCache.open(folder);
  const vectors = new Map<string, Float32Array>();
  const missing: string[] = [];
  for (const text of new Set(texts)) {
    const vector = cache.get(cacheKey(encoder.id, text));
    if (vector === undefined) missing.push(text);
    else vectors.set(text, vector);
  }
  if (missing.length > 0) {
    for (const [text, vector] of await encodeMissing(encoder, cache, missing, options.progress)) {
      vectors.set(text, vector);
    }
  }
  return join2d(texts, vectors);
}

async function encodeMissing(
  encoder: SentenceEncoder,
  cache: EmbeddingCache,
  texts: readonly string[],
  start: StartProgress | undefined,
): Promise<Map<string, Float32Array>> {
  const progress = start?.(`embedding with ${encoder.id}`, texts.length);
  const vectors = new Map<string, Float32Array>();
  let batch = new Map<string, Float32Array>();
  const writes: Promise<void>[] = [];
  const flush = (): void => {
    const write = cache.write(batch);
    // Awaited below; without this a failure before that would count as unhandled.
    write.catch(() => undefined);
    writes.push(write);
    batch = new Map();
  };
  try {
    await encoder.encode(texts, (index, values) => {
      const vector = Float32Array.from(values, roundMicro);
      if (!vector.every(Number.isFinite)) {
        throw new DataError(
          { file: encoder.id },
          `gives a value that is not finite for ${JSON.stringify(texts[index])}`,
        );
      }
      vectors.set(texts[index], vector);
      batch.set(cacheKey(encoder.id, texts[index]), vector);
      if (batch.size >= BATCH) flush();
      progress?.advance();
    });
  } finally {
    flush();
    await Promise.all(writes);
    progress?.finish();
  }
  return vectors;
}

/** To 1e-6: far below what matters, and the same whatever way a value took. */
function roundMicro(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}

function join2d(texts: readonly string[], vectors: ReadonlyMap<string, Float32Array>): Float32Array {
  const columns = vectors.get(texts[0])?.length ?? 0;
  const result = new Float32Array(texts.length * columns);
  texts.forEach((text, row) => result.set(vectors.get(text) ?? [], row * columns));
  return result;
}
