import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkKeys, checkOneOf, DataError, InputError, list, show, type DataReference } from "../../core/index.js";
import type { PersonaSet } from "../persona-pool.js";
import type { DataSource } from "../preference-data.js";
import { download, UnreachableError } from "./download.js";
import { cacheFolder, statementsFolder } from "./folders.js";
import { OWN_PERSONAS, PERSONA_OWN, PERSONA_PUBLISHED, PERSONA_SHA256 } from "./persona-files.js";
import { parseStatements, sha256Of } from "./read-statements.js";
import type { StartProgress } from "./start-progress.js";

export interface LoadStatementsOptions {
  /** "published" (default) is Anthropic's set, with ours where it cannot be had; "own" is ours without asking. */
  readonly set?: "published" | "own";
  /** Default {@link cacheFolder}. */
  readonly cacheFolder?: string;
  /** Shows the downloads, where there are any. */
  readonly progress?: StartProgress;
  /** Default: the environment variable `PAL_LAB_DATA_MIRROR`; a folder or an http(s) address that holds `persona/<name>.jsonl`. */
  readonly mirror?: string;
  /** Default: the address where Anthropic publishes the files; ends in "/". */
  readonly baseUrl?: string;
  /** Default 5000 ms. */
  readonly connectTimeoutMs?: number;
}

export interface LoadedStatements {
  readonly sets: readonly PersonaSet[];
  readonly source: DataSource;
  /** Each file that was read, for a record. */
  readonly files: readonly DataReference[];
  /** Whose statements these are. Never a mixture. */
  readonly origin: "anthropic" | "own";
  /** Why our own set is used although Anthropic's was asked for. */
  readonly note?: string;
}

/** The personas that {@link loadStatements} knows. */
export const PERSONAS: readonly string[] = Object.keys(PERSONA_SHA256);

/**
 * The statements of `personas`, from the first of: the cache; the mirror, where one is set; the public address; our own
 * set. Where one of them must come from our own set, all do. Every published file is checked by its sha256.
 * @throws InputError for an unknown persona or a mirror that is not there
 * @throws DataError for an altered or truncated file, or a broken line
 */
export async function loadStatements(
  personas: readonly string[],
  options: LoadStatementsOptions = {},
): Promise<LoadedStatements> {
  const known = ["set", "cacheFolder", "progress", "mirror", "baseUrl", "connectTimeoutMs"];
  checkKeys("loadStatements", options, known);
  if (checkOneOf("loadStatements: set", options.set ?? "published", ["published", "own"]) === "own") {
    return ownStatements(personas);
  }
  checkPersonas(personas, PERSONAS, "the known are");
  try {
    return await publishedStatements(personas, options);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    const note = `${error.message}: our own small statement set is used instead`;
    return { ...(await ownStatements(personas, error.message)), note };
  }
}

async function publishedStatements(personas: readonly string[], options: LoadStatementsOptions): Promise<LoadedStatements> {
  const mirror = await findMirror(options.mirror ?? process.env.PAL_LAB_DATA_MIRROR);
  const cache = options.cacheFolder ?? cacheFolder();
  const cached = personas.map((persona) => join(cache, fileOf(persona)));
  const isCached = await Promise.all(cached.map((path) => stat(path).then(isTrue, isFalse)));
  const paths = cached.map((path, i) =>
    !isCached[i] && mirror?.folder !== undefined ? join(mirror.folder, fileOf(personas[i])) : path,
  );
  if (mirror?.folder === undefined) {
    const wanted = personas.filter((_, i) => !isCached[i]);
    await downloadAll(wanted, cache, mirror?.url, options);
  }
  const read = await Promise.all(personas.map((persona, i) => readSet(persona, paths[i], PERSONA_SHA256[persona])));
  return combine("anthropic", read);
}

async function downloadAll(
  personas: readonly string[],
  cache: string,
  mirror: string | undefined,
  options: LoadStatementsOptions,
): Promise<void> {
  if (personas.length === 0) return;
  const base = mirror ?? options.baseUrl ?? PERSONA_PUBLISHED.url;
  const progress = options.progress?.("downloading Persona statements", personas.length);
  try {
    for (const persona of personas) {
      const { connectTimeoutMs } = options;
      await download({
        url: `${base}${fileOf(persona)}`,
        path: join(cache, fileOf(persona)),
        sha256: PERSONA_SHA256[persona],
        ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
      });
      progress?.advance(persona);
    }
  } catch (cause) {
    if (mirror === undefined || !(cause instanceof UnreachableError)) throw cause;
    throw new InputError(`PAL_LAB_DATA_MIRROR is ${show(mirror)}, but ${cause.message}`, { cause });
  } finally {
    progress?.finish();
  }
}

async function ownStatements(personas: readonly string[], because?: string): Promise<LoadedStatements> {
  const reason = because === undefined ? "" : `${because}; set PAL_LAB_DATA_MIRROR to a copy of the data. `;
  checkPersonas(personas, OWN_PERSONAS, `${reason}Our own set has`);
  const read = await Promise.all(
    personas.map((persona) => readSet(persona, join(statementsFolder(), `${persona}.jsonl`))),
  );
  return combine("own", read);
}

interface ReadSet extends PersonaSet {
  readonly sha256: string;
}

async function readSet(persona: string, path: string, expected?: string): Promise<ReadSet> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const problem = cause.code === "ENOENT" ? "is not there" : `cannot be read (${cause.message})`;
    throw new DataError({ file: path }, problem, { cause });
  });
  const sha256 = sha256Of(bytes);
  if (expected !== undefined && sha256 !== expected) {
    const problem = `is not the published file: sha256 expected ${expected}, found ${sha256}`;
    throw new DataError({ file: path }, `${problem}; a file in the cache can be deleted and is then fetched again`);
  }
  return { persona, sha256, statements: parseStatements(path, bytes.toString("utf8")) };
}

function combine(origin: "anthropic" | "own", read: readonly ReadSet[]): LoadedStatements {
  const { name, license, url } = origin === "own" ? PERSONA_OWN : PERSONA_PUBLISHED;
  const sums = read.map(({ persona, sha256 }) => `${sha256}  ${fileOf(persona)}\n`).join("");
  return {
    sets: read.map(({ persona, statements }) => ({ persona, statements })),
    source: { name, license, sha256: sha256Of(Buffer.from(sums)), ...(url === undefined ? {} : { url }) },
    files: read.map(({ persona, sha256 }) => ({ name: fileOf(persona), sha256, source: `${name} (${license})` })),
    origin,
  };
}

/** @throws InputError when the mirror is a folder that is not there */
async function findMirror(setting: string | undefined): Promise<{ folder?: string; url?: string } | undefined> {
  if (setting === undefined || setting === "") return undefined;
  if (/^https?:/.test(setting)) return { url: setting.endsWith("/") ? setting : `${setting}/` };
  const folder = resolve(setting.startsWith("file:") ? fileURLToPath(setting) : setting);
  const isFolder = await stat(folder).then((found) => found.isDirectory(), isFalse);
  if (!isFolder) throw new InputError(`PAL_LAB_DATA_MIRROR is ${show(setting)}, but there is no folder ${show(folder)}`);
  return { folder };
}

function checkPersonas(personas: readonly string[], known: readonly string[], which: string): void {
  if (personas.length === 0) throw new InputError(`loadStatements: needs at least one persona, got none; ${which} ${all(known)}`);
  const unknown = personas.find((persona) => !known.includes(persona));
  if (unknown !== undefined) throw new InputError(`loadStatements: there is no persona ${show(unknown)}. ${which} ${all(known)}`);
}

/** All of them: the list is what the reader needs. */
function all(names: readonly string[]): string {
  return names.length <= 10 ? list(names) : names.join(", ");
}

function fileOf(persona: string): string {
  return `persona/${persona}.jsonl`;
}

function isTrue(): boolean {
  return true;
}

function isFalse(): boolean {
  return false;
}
