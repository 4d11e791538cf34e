import { checkKeys, checkOneOf, DataError, InputError } from "../../../core/index.js";
import type { LoadedTable } from "../../tables/assemble.js";
import { dataFromTable, type TableDataOptions } from "../../tables/data-from-table.js";
import { parseTable } from "../../tables/parse/parse-table.js";
import { TABLE_OPTIONS } from "../../tables/read-answers.js";
import { sha256Of } from "../sha256.js";
import { breakfastTable } from "./breakfast.js";
import { UnreachableError } from "./download.js";
import {
  PUBLISHED_OPTIONS,
  readPublished,
  type PublishedFile,
  type PublishedOptions,
} from "./published-files.js";

/** How {@link loadChoices} and {@link loadRankings} read. */
export interface LoadSetOptions extends PublishedOptions, Omit<TableDataOptions, "source" | "columns"> {}

/** A public set: its file in a mirror or the cache, and where it is published. */
interface PublicSet {
  readonly name: string;
  readonly sha256: string;
  readonly source: { readonly name: string; readonly license: string; readonly url: string };
  /** The published file that it is, or is made of; undefined where no file that can be read is published. */
  readonly from?: {
    readonly url: string;
    readonly path: string;
    readonly name: string;
    readonly sha256: string;
  };
  /** Makes the table of the published file. */
  make?(file: string, text: string): string;
}

const PREFLIB = "https://raw.githubusercontent.com/PrefLib/PrefLib-Data/";
const BREAKFAST = `${PREFLIB}ef9dacf7982889c55512e5a5e57d2e00242af3c5/`;
const DEBIAN = `${PREFLIB}34494be52d14f49f6531d0f67fec4c16daa1ac3f/`;
const DEBIAN_SHA256 = "11cbab2047f8d7327aa5cbe67ee10dfd72f0b51f4943626072cc5336462e841c";

const RANKING_SETS: { readonly [name: string]: PublicSet } = {
  breakfast: {
    name: "rankings/breakfast.csv",
    sha256: "c6d68be659ee5dd7d261f0114e81337ee7e18b7d767b6f66c9a78d775a224566",
    source: { name: "Green and Rao 1972, PrefLib 00035", license: "GPL-3.0", url: BREAKFAST },
    from: {
      url: BREAKFAST,
      path: "datasets/00035%20-%20breakfast/00035-00000001.csv",
      name: "rankings/00035-00000001.csv",
      sha256: "30b544ed040ceb3b0a23dc94a2dcb8ecf41a113592461f8d583a5db20c9f1816",
    },
    make: breakfastTable,
  },
  "debian-2002-leader": {
    name: "rankings/debian-2002-leader.soi",
    sha256: DEBIAN_SHA256,
    source: { name: "Debian 2002 leader election, PrefLib 00002", license: "GPL-3.0", url: DEBIAN },
    from: {
      url: DEBIAN,
      path: "datasets/00002%20-%20debian/00002-00000001.soi",
      name: "rankings/debian-2002-leader.soi",
      sha256: DEBIAN_SHA256,
    },
  },
};

const PSYCHOTOOLS = {
  license: "GPL-2.0 or GPL-3.0",
  url: "https://cran.r-project.org/package=psychotools",
} as const;

const CHOICE_SETS: { readonly [name: string]: PublicSet } = {
  firstnames: {
    name: "choices/firstnames.csv",
    sha256: "3bfdb27eec9791f89230f671bcff9c00d26e2b6d8bdcd7989dac2982ef0cb384",
    source: { name: "psychotools 0.7, FirstNames", ...PSYCHOTOOLS },
  },
  germanparties2009: {
    name: "choices/germanparties2009.csv",
    sha256: "caec9f833703820550ba37484ed2a1c783cbf8f973de3947680d74cf85ae2154",
    source: { name: "psychotools 0.7, GermanParties2009", ...PSYCHOTOOLS },
  },
  soundquality: {
    name: "choices/soundquality.csv",
    sha256: "748ba7f00bdace59eb08ceeb2986bd86df9faa6ff6be66b1eb6871886200b41a",
    source: { name: "psychotools 0.7, SoundQuality", ...PSYCHOTOOLS },
  },
};

/** The public sets of rankings that `loadRankings` knows by name. */
export const RANKINGS: readonly string[] = Object.keys(RANKING_SETS);
/** The public sets of paired comparisons that `loadChoices` knows by name. */
export const CHOICES: readonly string[] = Object.keys(CHOICE_SETS);

/**
 * Public rankings by name: `breakfast` (41 people rank 15 items on 6 occasions; Green and Rao 1972) or `debian-2002-leader` (475 ballots), from the
 * cache, the mirror `PAL_LAB_DATA_MIRROR`, or PrefLib's repository at a pinned commit. They are GPL and not part of this package.
 * @throws InputError for another name; DataError for a file that was altered; UnreachableError without a network
 * @example
 * const { data: breakfast } = await sets.loadRankings("breakfast");
 */
export async function loadRankings(name: string, options: LoadSetOptions = {}): Promise<LoadedTable> {
  return loadSet("loadRankings", RANKING_SETS, name, options);
}

/**
 * Public paired comparisons by name, of R's package psychotools: `firstnames`, `germanparties2009` or `soundquality`, from the cache or the mirror
 * `PAL_LAB_DATA_MIRROR`. They are published inside a package in a format of R's alone, and are GPL: neither packed nor downloaded here.
 * @throws InputError for another name, and where neither the cache nor a mirror has the file, with how to get it
 */
export async function loadChoices(name: string, options: LoadSetOptions = {}): Promise<LoadedTable> {
  return loadSet("loadChoices", CHOICE_SETS, name, options);
}

async function loadSet(
  caller: string,
  sets: { readonly [name: string]: PublicSet },
  name: string,
  options: LoadSetOptions,
): Promise<LoadedTable> {
  checkOneOf(`${caller}: name`, name, Object.keys(sets));
  const reading = TABLE_OPTIONS.filter((key) => key !== "source" && key !== "columns");
  checkKeys(caller, options, [...PUBLISHED_OPTIONS, ...reading]);
  const set = sets[name];
  const of = (keys: readonly string[]): object =>
    Object.fromEntries(Object.entries(options).filter(([key]) => keys.includes(key)));
  const file = await fileOf(caller, set, of(PUBLISHED_OPTIONS));
  const table = parseTable({ name: file.name, bytes: file.bytes });
  return dataFromTable(table, { ...of(reading), source: set.source });
}

/** The set from the cache or a mirror, else made of what is published. */
async function fileOf(caller: string, set: PublicSet, options: PublishedOptions): Promise<PublishedFile> {
  const { from, make } = set;
  const isMirrored = (options.mirror ?? process.env.PAL_LAB_DATA_MIRROR ?? "") !== "";
  try {
    if (make === undefined || from === undefined || isMirrored)
      return await published(set.name, set.sha256, from, options);
    const raw = await published(from.name, from.sha256, from, options);
    const bytes = Buffer.from(make(from.name, raw.bytes.toString("utf8")));
    const sha256 = sha256Of(bytes);
    if (sha256 !== set.sha256)
      throw new DataError({ file: raw.path }, "gives another table than the published file does");
    return { ...raw, name: set.name, bytes, sha256 };
  } catch (cause) {
    if (!(cause instanceof UnreachableError)) throw cause;
    const mirror = "set PAL_LAB_DATA_MIRROR to a folder that holds it";
    if (from !== undefined) throw new UnreachableError(`${caller}: ${cause.message}; ${mirror}`, { cause });
    throw new InputError(
      `${caller}: ${set.name} is not here, and is published in a format of R alone (${set.source.name}, ${set.source.url}); ${mirror}: a row for each comparison, user,left,right,label`,
      { cause },
    );
  }
}

async function published(
  name: string,
  sha256: string,
  from: PublicSet["from"],
  options: PublishedOptions,
): Promise<PublishedFile> {
  const publication = {
    title: `downloading ${name}`,
    url: from?.url ?? NOWHERE,
    pathOf: () => from?.path ?? name,
    sha256: { [name]: sha256 },
  };
  const [file] = await readPublished([name], publication, options);
  return file;
}

/** An address that never answers (RFC 2606): for files that no address has. */
const NOWHERE = "http://nowhere.invalid/";
