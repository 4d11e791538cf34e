import { mkdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { createProgress, InputError, messageOf } from "../core/index.js";
import type { ColumnNames } from "../data/index.js";
import type { LoadDataOptions } from "../data/files/index.js";
import { writeAtomically } from "../files/index.js";
import { numberOption, UsageError, type Terminal } from "./command.js";
import { READING_FLAGS, READING_HELP, readingOptions, type ReadingValues } from "./reading-options.js";

/** The options of every command that reads DATA. */
export const DATA_FLAGS = {
  column: { type: "string", multiple: true },
  ties: { type: "string" },
  items: { type: "string" },
  contexts: { type: "string" },
  features: { type: "string" },
  "context-features": { type: "string" },
  ...READING_FLAGS,
  minimum: { type: "string" },
  by: { type: "string" },
  "keep-moderated": { type: "boolean" },
} as const;

/** Their part of a command's help. */
export const DATA_HELP = `
DATA is one of:
  a table (.csv .tsv .jsonl .ndjson .parquet) of comparisons (columns like user, left, right, label), votes (user, statement, vote), ratings
    (user, item, rating), rankings (user, item, rank; user, rank1, rank2 …; or user, order: a > b = c) or choices (user, option_1, option_2,
    option_3, choice)
  ballots in a format of PrefLib (.soc .soi .toc .toi .cat)
  a folder with comparisons.* (and items.*, contexts.*), as "pal-lab data simulate" and "persona" write it
  a Polis conversation: its name, its folder, or one of its files; names of files may begin with a date and an id, as Polis exports them

  --column ROLE=NAME   the column for user, left, right, label, context, statement, vote, item, rating, rank, order, weight, group or
                       time (repeatable; default: guessed)
  --ties drop|half     ties and passes are dropped (default), or kept as half an answer either way
${READING_HELP}  --items FILE         the table that items' ids refer to: id, and text or features (--contexts FILE: of contexts)
  --features A,B       the columns of the items' table that are features (default: every column of numbers, and categories beside them)
  --context-features A,B   the same of the contexts' table
  --minimum N          leaves out users with fewer answers
  --by NAME            one person gave all answers: the table needs no user column
  --keep-moderated     keeps statements that a Polis conversation's moderators removed
`;

interface DataValues extends ReadingValues {
  readonly column?: readonly string[];
  readonly ties?: string;
  readonly items?: string;
  readonly contexts?: string;
  readonly features?: string;
  readonly "context-features"?: string;
  readonly minimum?: string;
  readonly by?: string;
  readonly "keep-moderated"?: boolean;
}

/** What the flags ask `loadData` for. @throws UsageError */
export function dataOptions(values: DataValues, terminal: Terminal): LoadDataOptions {
  const { column, ties, items, contexts } = values;
  const minimumPerUser = numberOption("minimum", values.minimum);
  return {
    ...columnsOption(column),
    ...tiesOption(ties),
    ...readingOptions(values),
    ...(values.by === undefined ? {} : { user: values.by }),
    ...(items === undefined ? {} : { items }),
    ...(contexts === undefined ? {} : { contexts }),
    ...(values.features === undefined ? {} : { itemColumns: { features: values.features.split(",") } }),
    ...(values["context-features"] === undefined
      ? {}
      : { contextColumns: { features: values["context-features"].split(",") } }),
    ...(minimumPerUser === undefined ? {} : { minimumPerUser }),
    ...(values["keep-moderated"] === true ? { moderated: "keep" } : {}),
    progress: (title, total) => createProgress(title, total, terminal.error),
  };
}

/** What --ties asks for. @throws UsageError */
export function tiesOption(ties: string | undefined): { readonly ties?: "drop" | "half" } {
  if (ties === undefined) return {};
  if (ties === "drop" || ties === "half") return { ties };
  throw new UsageError(`--ties must be drop or half, got ${JSON.stringify(ties)}`);
}

/** The columns that --column names. @throws UsageError */
export function columnsOption(pairs: readonly string[] = []): { readonly columns?: ColumnNames } {
  return pairs.length === 0 ? {} : { columns: Object.fromEntries(pairs.map(columnOption)) };
}

/** `ROLE=NAME`. @throws UsageError */
function columnOption(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`--column must be ROLE=NAME, got ${JSON.stringify(text)}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The number that an option gives, or a default. @throws UsageError */
export function numberOr(name: string, text: string | undefined, usual: number): number {
  return numberOption(name, text) ?? usual;
}

/** The only positional argument. @throws UsageError */
export function onePositional(what: string, positionals: readonly string[]): string {
  if (positionals.length === 1) return positionals[0];
  throw new UsageError(`needs one ${what}, got ${positionals.length} arguments`);
}

/** Writes a result. @throws InputError when that is not possible */
export async function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  await writeAtomically(path, content).catch((cause: unknown) => {
    throw new InputError(`cannot write ${path} (${messageOf(cause)})`, { cause });
  });
}

/** A file that is written after long work, looked at before it. @throws InputError where `--out` is a folder */
export async function checkIsNoFolder(path: string): Promise<void> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder)
    throw new InputError(
      `--out must be a file such as ${join(path, "model.safetensors")}, got the folder ${path}`,
    );
}

/** Makes the folder that `--out` names, before anything is computed that would be lost. @throws InputError when that is not possible */
export async function outFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw new InputError(`--out must be a folder: cannot make ${path} (${messageOf(cause)})`, { cause });
  });
  return path;
}

/** What results about DATA are named by: its file, or the folder of a Polis conversation's votes. */
export function dataName(path: string): string {
  const name = basename(path).replace(/\.[a-z]+$/i, "");
  return name === "votes" ? basename(dirname(resolve(path))) : name;
}
