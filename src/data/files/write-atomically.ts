import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError, messageOf } from "../../core/index.js";

/**
 * Writes a file so that it appears whole or not at all, whatever else writes it at the same time.
 * @throws InputError when the folder cannot be written
 */
export async function writeAtomically(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(path, cause);
  }
}

/** The error for a file of the cache that cannot be written, which says what to do. */
export function cannotWrite(path: string, cause: unknown): InputError {
  const hint = "set PAL_LAB_CACHE to a folder that can be written";
  return new InputError(`cannot write ${path} (${messageOf(cause)}); ${hint}`, { cause });
}
