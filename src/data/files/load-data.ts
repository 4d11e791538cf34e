import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkKeys, DataError, InputError, messageOf, show } from "../../core/index.js";
import type { LoadedTable } from "../tables/assemble.js";
import { dataFromTable, type TableDataOptions } from "../tables/data-from-table.js";
import { unclear } from "../tables/settings.js";
import { TABLE_OPTIONS } from "../tables/read-answers.js";
import type { PreferenceData } from "../preference-data.js";
import { loadPolis, type LoadPolisOptions } from "./published/load-polis.js";
import { isPolis } from "./published/polis-folder.js";
import type { ItemColumns } from "../tables/item-table.js";
import { readItems, readTable, type TableSource } from "./tables/load-tables.js";
import { POLIS_CONVERSATIONS } from "./published/polis-files.js";

/** How {@link loadData} reads a file, whichever kind of answers it holds. */
export interface LoadDataOptions
  extends TableDataOptions, Omit<LoadPolisOptions, "passes" | keyof TableDataOptions> {
  /** A second table that ids of items refer to; default: `items.*` beside a `comparisons.*`. */
  readonly items?: TableSource;
  readonly itemColumns?: ItemColumns;
  /** The same for contexts; default: `contexts.*` beside a `comparisons.*`. */
  readonly contexts?: TableSource;
  readonly contextColumns?: ItemColumns;
}

const BESIDE = ["items", "itemColumns", "contexts", "contextColumns"];
const OWN = [...TABLE_OPTIONS, ...BESIDE];
/** What a Polis conversation leaves open; with any other choice of reading a path is a table. */
const OF_POLIS: readonly string[] = ["ties", "minimumPerUser", "source", "votes", "texts"];
const POLIS = ["moderated", "cacheFolder", "progress", "mirror", "baseUrl", "connectTimeoutMs"];

/**
 * Data by its path alone: a Polis conversation (its name, folder or one of its files), a folder that `writeData` wrote (comparisons.* with items.*
 * and contexts.* beside it), or one table of comparisons, votes, ratings, rankings or choices, told by its columns.
 * @throws InputError for what the caller can mend; DataError naming file and line
 */
export async function loadData(path: string, options: LoadDataOptions = {}): Promise<LoadedTable> {
  checkKeys("loadData", options, [...OWN, ...POLIS]);
  const { items, contexts, itemColumns, contextColumns, ...rest } = options;
  const of = (isMeant: (name: string) => boolean): TableDataOptions =>
    Object.fromEntries(Object.entries(rest).filter(([name, value]) => value !== undefined && isMeant(name)));
  const reading = of((name) => !POLIS.includes(name));
  const isPolisOption = (name: string): boolean => POLIS.includes(name) || OF_POLIS.includes(name);
  const isOwn = [items, contexts].some((option) => option !== undefined);
  if (!isOwn && Object.keys(reading).every(isPolisOption)) {
    const { ties, ...polis } = of((name) => isPolisOption(name) && name !== "texts");
    if (POLIS_CONVERSATIONS.includes(path) || (await isPolis(path)))
      return loadPolis(path, { ...polis, ...(ties === undefined ? {} : { passes: ties }) });
  }
  const file = await tableAt(path);
  const table = await readTable(file);
  const folder = /(^|[\\/])comparisons\.[^.\\/]+$/.test(file) ? dirname(file) : undefined;
  const [itemTable, contextTable] = await Promise.all(
    (
      [
        [items, "items", itemColumns],
        [contexts, "contexts", contextColumns],
      ] as const
    ).map(async ([given, name, names]) => {
      const second = given ?? (folder === undefined ? undefined : await tableNamed(folder, name));
      if (second === undefined && names !== undefined)
        throw unclear(
          `loadData: columns of ${name} are named, but there is no table of ${name}`,
          { program: `${name}: "${name}.csv"`, flags: `--${name} ${name}.csv` },
          (how) => `name it: ${how}`,
        );
      return second === undefined ? undefined : readItems(second, names);
    }),
  );
  const published = folder === undefined ? undefined : await sourceBeside(folder);
  const loaded = dataFromTable(
    table,
    {
      ...(published === undefined ? {} : { source: published.source }),
      ...reading,
      ...(published?.weight === undefined
        ? {}
        : { columns: { weight: published.weight, ...reading.columns }, repeated: reading.repeated ?? "all" }),
    },
    {
      ...(itemTable === undefined ? {} : { items: itemTable }),
      ...(contextTable === undefined ? {} : { contexts: contextTable }),
    },
  );
  const subject = published?.subject ?? loaded.data.subject;
  return { ...loaded, data: { ...loaded.data, ...(subject === undefined ? {} : { subject }) } };
}

/** The table that a path means: itself, or comparisons.* in a folder. */
async function tableAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new InputError(
      `there is no file or folder ${show(path)}, and no Polis conversation of that name (${POLIS_CONVERSATIONS.join(", ")})`,
    );
  }
  if (!found.isDirectory()) return path;
  const inside = await tableNamed(path, "comparisons");
  if (inside !== undefined) return inside;
  throw new InputError(
    `${show(path)} holds neither comparisons.csv, .jsonl or .parquet nor votes.csv with comments.csv; name the table itself`,
  );
}

/** `<name>.csv`, `.jsonl` and so on in a folder. @throws InputError when there are several */
async function tableNamed(folder: string, name: string): Promise<string | undefined> {
  const endings = ["csv", "tsv", "jsonl", "ndjson", "parquet"].map((ending) => `${name}.${ending}`);
  const found = (await readdir(folder)).filter((file) => endings.includes(file)).sort();
  if (found.length > 1)
    throw new InputError(`${show(folder)} holds ${found.join(" and ")}: keep one, or name the table itself`);
  return found.length === 0 ? undefined : join(folder, found[0]);
}

/** Who made the data and what users did, from source.json beside it. */
async function sourceBeside(folder: string): Promise<
  | {
      readonly source: NonNullable<LoadDataOptions["source"]>;
      readonly subject?: PreferenceData["subject"];
      /** The column of weights. */
      readonly weight?: string;
    }
  | undefined
> {
  const file = join(folder, "source.json");
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DataError({ file }, `is not JSON (${messageOf(cause)})`, { cause });
  }
  const { name, license, url, subject, weight } = (value ?? {}) as { readonly [key: string]: unknown };
  if (typeof name !== "string" || typeof license !== "string")
    throw new DataError({ file }, 'must be {"name": "…", "license": "…"}');
  return {
    source: { name, license, ...(typeof url === "string" ? { url } : {}) },
    ...(subject === "votes" || subject === "pairs" ? { subject } : {}),
    ...(typeof weight === "string" ? { weight } : {}),
  };
}
