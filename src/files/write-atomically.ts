import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isRunning } from "./is-running.js";

/** `.name.pid-uuid.tmp`: beside the file, because a rename is one step only within a file system. */
const TEMPORARY = /^\..+\.(\d+)-[0-9a-f-]{36}\.tmp$/;

/**
 * Writes a file so that it appears whole or not at all, whatever else writes it and whenever the process or the machine stops; whoever reads
 * meanwhile sees the old one. Makes the folder; keeps the permissions of the old file, and a link that leads to it.
 * @throws the system's error (`code` ENOSPC, EACCES, ENOTDIR …) when that is not possible; the old file is still there and nothing is left over
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  // a link stays a link: what it points to is written
  const target = await realpath(path).catch(() => path);
  const before = await stat(target).catch(() => undefined);
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(target)}.${process.pid}-${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      if (before !== undefined) await file.chmod(before.mode & 0o7777);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cause;
  }
}

/** Removes what writers that were killed left in a folder; does nothing where there is no such folder. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const isAbandoned = (name: string): boolean => {
    const pid = TEMPORARY.exec(name)?.[1];
    return pid !== undefined && !isRunning(Number(pid));
  };
  await Promise.all(names.filter(isAbandoned).map((name) => rm(join(folder, name), { force: true })));
}
