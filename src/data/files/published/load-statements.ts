import { join } from "node:path";
import {
  checkArray,
  checkKeys,
  checkOneOf,
  type DataReference,
  InputError,
  list,
  show,
} from "../../../core/index.js";
import type { PersonaSet } from "../../persona-pool.js";
import type { DataSource } from "../../preference-data.js";
import { UnreachableError } from "./download.js";
import { statementsFolder } from "../folders.js";
import { OWN_PERSONAS, PERSONA_OWN, PERSONA_PUBLISHED, PERSONA_SHA256 } from "./persona-files.js";
import {
  PUBLISHED_OPTIONS,
  readChecked,
  readPublished,
  type Publication,
  type PublishedFile,
  type PublishedOptions,
} from "./published-files.js";
import { sha256Of } from "../sha256.js";
import { parseStatements } from "./read-statements.js";

/** Options of {@link loadStatements}: which personas, from where. */
export interface LoadStatementsOptions extends PublishedOptions {
  /** "published" (default) is Anthropic's set, with ours where it cannot be had; "own" is ours without asking. */
  readonly set?: "published" | "own";
}

/** Statements, and what was found in their file. */
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

const PUBLICATION: Publication = {
  title: "downloading Persona statements",
  url: PERSONA_PUBLISHED.url,
  sha256: Object.fromEntries(Object.entries(PERSONA_SHA256).map(([persona, sum]) => [fileOf(persona), sum])),
};

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
  checkArray("loadStatements: personas", personas, "an array of names of personas");
  checkKeys("loadStatements", options, ["set", ...PUBLISHED_OPTIONS]);
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

async function publishedStatements(
  personas: readonly string[],
  options: LoadStatementsOptions,
): Promise<LoadedStatements> {
  const files = await readPublished(personas.map(fileOf), PUBLICATION, options);
  return combine(
    "anthropic",
    files.map((file, i) => parseSet(personas[i], file)),
  );
}

async function ownStatements(personas: readonly string[], because?: string): Promise<LoadedStatements> {
  const reason = because === undefined ? "" : `${because}; set PAL_LAB_DATA_MIRROR to a copy of the data. `;
  checkPersonas(personas, OWN_PERSONAS, `${reason}Our own set has`);
  const files = await Promise.all(
    personas.map((persona) => readChecked(fileOf(persona), join(statementsFolder(), `${persona}.jsonl`))),
  );
  return combine(
    "own",
    files.map((file, i) => parseSet(personas[i], file)),
  );
}

interface ReadSet extends PersonaSet {
  readonly sha256: string;
}

function parseSet(persona: string, { path, bytes, sha256 }: PublishedFile): ReadSet {
  return { persona, sha256, statements: parseStatements(path, bytes.toString("utf8")) };
}

function combine(origin: "anthropic" | "own", read: readonly ReadSet[]): LoadedStatements {
  const { name, license, url } = origin === "own" ? PERSONA_OWN : PERSONA_PUBLISHED;
  const sums = read.map(({ persona, sha256 }) => `${sha256}  ${fileOf(persona)}\n`).join("");
  return {
    sets: read.map(({ persona, statements }) => ({ persona, statements })),
    source: { name, license, sha256: sha256Of(Buffer.from(sums)), ...(url === undefined ? {} : { url }) },
    files: read.map(({ persona, sha256 }) => ({
      name: fileOf(persona),
      sha256,
      source: `${name} (${license})`,
    })),
    origin,
  };
}

function checkPersonas(personas: readonly string[], known: readonly string[], which: string): void {
  if (personas.length === 0)
    throw new InputError(`loadStatements: needs at least one persona, got none; ${which} ${all(known)}`);
  const unknown = personas.find((persona) => !known.includes(persona));
  if (unknown !== undefined)
    throw new InputError(`loadStatements: there is no persona ${show(unknown)}. ${which} ${all(known)}`);
}

/** All of them: the list is what the reader needs. */
function all(names: readonly string[]): string {
  return names.length <= 10 ? list(names) : names.join(", ");
}

function fileOf(persona: string): string {
  return `persona/${persona}.jsonl`;
}
