import { InputError, messageOf } from "../../core/index.js";

/** The error for a file of the cache that cannot be written, which says what to do. */
export function cannotWrite(path: string, cause: unknown): InputError {
  const hint = "set PAL_LAB_CACHE to a folder that can be written";
  return new InputError(`cannot write ${path} (${messageOf(cause)}); ${hint}`, { cause });
}
