import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hostName } from "./host-name.js";
import { isGone } from "./is-gone.js";

/** `.name.host.pid-uuid.tmp`: beside the file, because a rename is one step only within a file system; hosts may share a folder. */
const TEMPORARY = /^\..+\.([\w-]+)\.(\d+)-[0-9a-f-]{36}\.tmp$/;

/**
 * Writes a file so that it appears whole or not at all, whatever else writes it and whenever the process or the machine stops; whoever reads
 * meanwhile sees the old one. Makes the folder; keeps the permissions of the old file, and a link that leads to it.
 * @throws the system's error (`code` ENOSPC, EACCES, ENOTDIR …) when that is not possible; the old file is still there and nothing is left over
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  // a link stays a link: what it points to is written
  const target = await realpath(path).catch(() => path);
  await throughTemporary(target, content, (temporary) => rename(temporary, target));
}

/**
 * Like {@link writeAtomically}, but what is there already stays: of several writers, on this machine or others, one writes.
 * @returns whether this one did
 * @throws as {@link writeAtomically}
 */
export async function writeOnce(path: string, content: string | Uint8Array): Promise<boolean> {
  return throughTemporary(path, content, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === "EEXIST") return false;
      // a file system without hard links
      if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw cause;
      await rename(temporary, path);
      return true;
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

async function throughTemporary<T>(
  path: string,
  content: string | Uint8Array,
  take: (temporary: string) => Promise<T>,
): Promise<T> {
  const before = await stat(path).catch(() => undefined);
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const name = `.${basename(path)}.${hostName()}.${process.pid}-${randomUUID()}.tmp`;
  const temporary = join(folder, name);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      if (before !== undefined) await file.chmod(before.mode & 0o7777);
      await file.sync();
    } finally {
      await file.close();
    }
    return await take(temporary);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cause;
  }
}

/** Removes what writers that were killed left in a folder; does nothing where there is no such folder. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const [, host, pid] = TEMPORARY.exec(name) ?? [];
      if (host === undefined) return;
      const path = join(folder, name);
      const isAbandoned = await isGone({ host, pid: Number(pid) }, path).catch(() => false);
      if (isAbandoned) await rm(path, { force: true });
    }),
  );
}
