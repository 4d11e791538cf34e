import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, InputError, show } from "../../../core/index.js";
import { download, UnreachableError } from "./download.js";
import { cacheFolder } from "../folders.js";
import { sha256Of } from "../sha256.js";
import type { StartProgress } from "../start-progress.js";

/** Where published files may come from. */
export interface PublishedOptions {
  /** Default {@link cacheFolder}. */
  readonly cacheFolder?: string;
  /** Shows the downloads, where there are any. */
  readonly progress?: StartProgress;
  /** Default: the environment variable `PAL_LAB_DATA_MIRROR`; a folder or an http(s) address that holds the files by their names. */
  readonly mirror?: string;
  /** Default: the address where the files are published; ends in "/". */
  readonly baseUrl?: string;
  /** Default 5000 ms. */
  readonly connectTimeoutMs?: number;
}

/** The names of {@link PublishedOptions}. */
export const PUBLISHED_OPTIONS: readonly (keyof PublishedOptions)[] = [
  "cacheFolder",
  "progress",
  "mirror",
  "baseUrl",
  "connectTimeoutMs",
];

/** A set of files that somebody publishes. */
export interface Publication {
  /** What progress says. */
  readonly title: string;
  /** Ends in "/"; a file's name (`persona/interest-in-art.jsonl`) is its path in the mirror and the cache. */
  readonly url: string;
  /** Where a name differs from the path below `url`. */
  pathOf?(name: string): string;
  /** By name, hexadecimal. */
  readonly sha256: Readonly<Record<string, string>>;
}

export interface PublishedFile {
  readonly name: string;
  /** Where it was read. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/**
 * Published files, each from the first of: the cache; the mirror, where one is set; the public address. Each is checked by its sha256.
 * @throws InputError for a mirror that is not there; DataError for a file that was altered; UnreachableError without a network
 */
export async function readPublished(
  names: readonly string[],
  publication: Publication,
  options: PublishedOptions,
): Promise<PublishedFile[]> {
  const mirror = await findMirror(options.mirror ?? process.env.PAL_LAB_DATA_MIRROR);
  const cache = options.cacheFolder ?? cacheFolder();
  const isCached = await Promise.all(names.map((name) => isThere(join(cache, name))));
  const folders = names.map((_, i) => (isCached[i] ? cache : (mirror?.folder ?? cache)));
  if (mirror?.folder === undefined) {
    const missing = names.filter((_, i) => !isCached[i]);
    await downloadAll(missing, publication, { ...options, cacheFolder: cache, mirrorUrl: mirror?.url });
  }
  return Promise.all(
    names.map((name, i) => readChecked(name, join(folders[i], name), publication.sha256[name])),
  );
}

async function downloadAll(
  names: readonly string[],
  publication: Publication,
  options: PublishedOptions & { readonly cacheFolder: string; readonly mirrorUrl?: string },
): Promise<void> {
  if (names.length === 0) return;
  const { mirrorUrl, connectTimeoutMs } = options;
  const progress = options.progress?.(publication.title, names.length);
  try {
    for (const name of names) {
      const base = options.baseUrl ?? publication.url;
      await download({
        url: mirrorUrl === undefined ? `${base}${publication.pathOf?.(name) ?? name}` : `${mirrorUrl}${name}`,
        path: join(options.cacheFolder, name),
        sha256: publication.sha256[name],
        ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
      });
      progress?.advance(name);
    }
  } catch (cause) {
    if (mirrorUrl === undefined || !(cause instanceof UnreachableError)) throw cause;
    throw new InputError(`PAL_LAB_DATA_MIRROR is ${show(mirrorUrl)}, but ${cause.message}`, { cause });
  } finally {
    progress?.finish();
  }
}

/** A file with its sha256. @param expected what it must be, where that is known @throws DataError */
export async function readChecked(name: string, path: string, expected?: string): Promise<PublishedFile> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const problem = cause.code === "ENOENT" ? "is not there" : `cannot be read (${cause.message})`;
    throw new DataError({ file: path }, problem, { cause });
  });
  const sha256 = sha256Of(bytes);
  if (expected !== undefined && sha256 !== expected) {
    const problem = `is not the published file: sha256 expected ${expected}, found ${sha256}`;
    throw new DataError(
      { file: path },
      `${problem}; a file in the cache can be deleted and is then fetched again`,
    );
  }
  return { name, path, bytes, sha256 };
}

/** @throws InputError when the mirror is a folder that is not there */
async function findMirror(
  setting: string | undefined,
): Promise<{ folder?: string; url?: string } | undefined> {
  if (setting === undefined || setting === "") return undefined;
  if (/^https?:/.test(setting)) return { url: setting.endsWith("/") ? setting : `${setting}/` };
  const folder = resolve(setting.startsWith("file:") ? fileURLToPath(setting) : setting);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    throw new InputError(`PAL_LAB_DATA_MIRROR is ${show(setting)}, but there is no folder ${show(folder)}`);
  return { folder };
}

/** Whether there is a file or folder of this name. */
export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
