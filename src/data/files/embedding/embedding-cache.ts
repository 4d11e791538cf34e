import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../../files/index.js";
import { cannotWrite } from "../cannot-write.js";
import { sha256Of } from "../sha256.js";

const HASH_BYTES = 32;
const HEADER_BYTES = HASH_BYTES + 8;

/**
 * Vectors on disk, by key. Each batch is a file of its own that is written once, whole, and named after its content:
 * processes that fill the cache at the same time never touch each other's files.
 * A file is: sha256 of all that follows; the numbers of entries and of columns (uint32); keys (32 bytes each); vectors
 * (float32), all little-endian.
 */
export class EmbeddingCache {
  readonly #folder: string;
  readonly #vectors: ReadonlyMap<string, Float32Array>;

  private constructor(folder: string, vectors: ReadonlyMap<string, Float32Array>) {
    this.#folder = folder;
    this.#vectors = vectors;
  }

  /** Reads all batches of a folder. A file that is not what was written is deleted: its vectors are computed again. */
  static async open(folder: string): Promise<EmbeddingCache> {
    const names = await readdir(folder).catch(() => []);
    const vectors = new Map<string, Float32Array>();
    for (const name of names.filter((name) => name.endsWith(".bin")).sort()) {
      const path = join(folder, name);
      const bytes = await readFile(path).catch(() => undefined);
      if (bytes !== undefined && !decode(bytes, vectors)) await rm(path, { force: true });
    }
    return new EmbeddingCache(folder, vectors);
  }

  get(key: string): Float32Array | undefined {
    return this.#vectors.get(key);
  }

  /** Keeps a batch for the next {@link open}; all vectors have the same length. @throws InputError when the folder cannot be written */
  async write(batch: ReadonlyMap<string, Float32Array>): Promise<void> {
    if (batch.size === 0) return;
    const bytes = encode(batch);
    const path = join(this.#folder, `${sha256Of(bytes)}.bin`);
    await writeAtomically(path, bytes).catch((cause: unknown) => {
      throw cannotWrite(path, cause);
    });
  }
}

/** The key of a text, 64 hexadecimal digits. */
export function cacheKey(encoder: string, text: string): string {
  return createHash("sha256").update(`${encoder}\0${text}`).digest("hex");
}

function encode(batch: ReadonlyMap<string, Float32Array>): Buffer {
  const entries = [...batch].sort(([a], [b]) => (a < b ? -1 : 1));
  const columns = entries[0][1].length;
  const counts = Buffer.alloc(8);
  counts.writeUInt32LE(entries.length, 0);
  counts.writeUInt32LE(columns, 4);
  const keys = entries.map(([key]) => Buffer.from(key, "hex"));
  const values = entries.map(([, vector]) => Buffer.from(Float32Array.from(vector).buffer));
  const body = Buffer.concat([counts, ...keys, ...values]);
  return Buffer.concat([createHash("sha256").update(body).digest(), body]);
}

/** @returns false when the bytes are not a whole batch */
function decode(bytes: Buffer, vectors: Map<string, Float32Array>): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const body = bytes.subarray(HASH_BYTES);
  if (!createHash("sha256").update(body).digest().equals(bytes.subarray(0, HASH_BYTES))) return false;
  const rows = bytes.readUInt32LE(HASH_BYTES);
  const columns = bytes.readUInt32LE(HASH_BYTES + 4);
  const start = HEADER_BYTES + rows * HASH_BYTES;
  const values = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length),
  );
  for (let row = 0; row < rows; row++) {
    const at = HEADER_BYTES + row * HASH_BYTES;
    const key = bytes.subarray(at, at + HASH_BYTES).toString("hex");
    vectors.set(key, values.subarray(row * columns, (row + 1) * columns));
  }
  return true;
}
