import type { OnVector, SentenceEncoder } from "./sentence-encoder.js";

const DIMENSION = 64;

/** A bag of hashed words (feature hashing with signs), unit norm, D = 64. For tests: it knows words, not meanings. */
export function openHashEncoder(): SentenceEncoder {
  return {
    id: "hash-1",
    encode(texts: readonly string[], onVector: OnVector): Promise<void> {
      texts.forEach((text, index) => onVector(index, hashWords(text)));
      return Promise.resolve();
    },
  };
}

function hashWords(text: string): Float64Array {
  const vector = new Float64Array(DIMENSION);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = fnv(word);
    vector[hash % DIMENSION] += hash & 0x10000 ? 1 : -1;
  }
  const norm = Math.hypot(...vector);
  if (norm === 0) vector[fnv(text) % DIMENSION] = 1;
  return norm === 0 ? vector : vector.map((value) => value / norm);
}

/** FNV-1a with a final mix, 32 bits. */
function fnv(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
