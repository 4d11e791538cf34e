/**
 * Which model turns a text into numbers: "use-lite" (Universal Sentence Encoder Lite, 512 numbers, in npm, offline);
 * "transformers:<model>" (needs the package @huggingface/transformers and, the first time, the hub); "hash" (64 numbers
 * from hashed words, for tests).
 */
export type EncoderName = "use-lite" | "hash" | `transformers:${string}`;

/** Encodes texts one by one, so that a text's vector does not depend on its neighbours. */
export interface SentenceEncoder {
  /** Name and version: vectors of one id are comparable. */
  readonly id: string;
  /** Calls `onVector(index, vector)` for each text, in any order. */
  encode(texts: readonly string[], onVector: OnVector): Promise<void>;
}

export type OnVector = (index: number, vector: ArrayLike<number>) => void;
