import { InputError, sha256 } from "../../core/index.js";
import {
  conversationOf,
  dataFromTable,
  parseParquet,
  parseTable,
  polisKind,
  readItemTable,
  type LoadedTable,
  type Table,
} from "../../data/index.js";
import type { OwnFile } from "./calls.js";
import { shortened, tooLarge } from "./limits.js";

/**
 * Answers from somebody's own files: a Polis export (votes.csv or participants-votes.csv with comments.csv), a table of comparisons with `items.*` and
 * `contexts.*`, or one table alone.
 * @throws InputError for files that do not belong together, or are too large; DataError for a damaged one
 */
export async function readOwn(files: readonly OwnFile[]): Promise<LoadedTable> {
  const large = tooLarge(files.map(({ name, bytes }) => ({ name, size: bytes.length })));
  if (large !== undefined) throw new InputError(large);
  const kinds = files.map(({ name }) => polisKind(name)?.kind);
  if (kinds.includes("comments") && (kinds.includes("votes") || kinds.includes("participants-votes")))
    return polis(files);
  const [items, contexts] = ["items", "contexts"].map((name) => files.find((file) => stem(file) === name));
  const others = files.filter((file) => file !== items && file !== contexts);
  if (others.length !== 1) throw new InputError(whyNotThese(files, others));
  const [table, itemTable, contextTable] = await Promise.all(
    [others[0], items, contexts].map(async (file) => (file === undefined ? undefined : tableOf(file))),
  );
  return dataFromTable(
    table as Table,
    {},
    {
      ...(itemTable === undefined ? {} : { items: readItemTable(itemTable) }),
      ...(contextTable === undefined ? {} : { contexts: readItemTable(contextTable) }),
    },
  );
}

function polis(files: readonly OwnFile[]): LoadedTable {
  const known = files.filter(({ name }) => polisKind(name) !== undefined);
  const left = files.length - known.length;
  const conversation = polisKind(known[0].name)?.prefix ?? "";
  const prefixes = new Set(known.map(({ name }) => polisKind(name)?.prefix.replace(/-?participants?$/, "")));
  if (prefixes.size > 1 || left > 0)
    throw new InputError(
      `these files are not of one Polis conversation: give votes.csv and comments.csv of one, and perhaps its participants-votes.csv and summary.csv`,
    );
  const sources = known.map(({ name, bytes }) => ({ path: name, bytes, sha256: sha256(bytes) }));
  const sums = sources.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("");
  const name = `Polis conversation${conversation === "" ? "" : ` ${conversation}`}`;
  const loaded = conversationOf(sources, {}, { name, license: "not stated" });
  return { ...loaded, data: { ...loaded.data, source: { ...loaded.data.source, sha256: sha256(sums) } } };
}

async function tableOf({ name, bytes }: OwnFile): Promise<Table> {
  return /\.parquet$/i.test(name) ? parseParquet(name, bytes) : parseTable({ name, bytes });
}

function stem({ name }: OwnFile): string {
  return name.replace(/\.[^.]*$/, "").toLowerCase();
}

function whyNotThese(files: readonly OwnFile[], others: readonly OwnFile[]): string {
  if (files.length === 0) return "no file was given";
  const names = others.map(({ name }) => shortened(name, 40)).join(", ");
  if (others.length === 0)
    return "items and contexts alone hold no answers: give the table of answers with them";
  return `${others.length} tables of answers were given (${shortened(names)}): give one; or votes.csv with comments.csv of a Polis export; or comparisons with items and contexts`;
}
