import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isRunning } from "../../../files/index.js";
import { cannotWrite } from "../cannot-write.js";

/**
 * Takes over what an earlier, broken download of `path` left (`path.part`, or the file of a process that is gone), by
 * renaming it to a name that only this call uses: two downloads at the same time never write into one file.
 * @returns the name to write to; nothing is there when there was nothing to take over
 * @throws InputError when the folder cannot be made
 */
export async function claimPart(path: string): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw cannotWrite(path, cause);
  });
  const own = `${path}.${process.pid}-${randomUUID()}.part`;
  const left = (await readdir(folder)).filter((name) => isAbandoned(basename(path), name)).sort();
  for (const name of left) {
    if (await moved(join(folder, name), own)) break;
  }
  return own;
}

/** Leaves the part for the next attempt, in this process or another. */
export async function releasePart(path: string, part: string): Promise<void> {
  await moved(part, `${path}.part`);
}

function isAbandoned(file: string, name: string): boolean {
  if (!name.startsWith(`${file}.`) || !name.endsWith(".part")) return false;
  if (name === `${file}.part`) return true;
  const pid = Number.parseInt(name.slice(file.length + 1), 10);
  return Number.isInteger(pid) && pid !== process.pid && !isRunning(pid);
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
