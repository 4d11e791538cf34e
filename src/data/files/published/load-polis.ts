import { basename, dirname, join } from "node:path";
import { checkKeys, checkOneOf, InputError, type DataReference } from "../../../core/index.js";
import type { StatedFacts } from "../../tables/polis.js";
import { conversationOf, type ConversationOptions } from "../../tables/polis-conversation.js";
import type { LoadedTable } from "../../tables/assemble.js";
import { POLIS_NAMES, polisFilesAt } from "./polis-folder.js";
import { UnreachableError } from "./download.js";
import { POLIS_CONVERSATIONS, POLIS_PUBLISHED, POLIS_SHA256 } from "./polis-files.js";
import {
  PUBLISHED_OPTIONS,
  readChecked,
  readPublished,
  type PublishedFile,
  type PublishedOptions,
} from "./published-files.js";
import { sha256Of } from "../sha256.js";

/** Which votes of a Polis conversation are kept, and from where they come. */
export interface LoadPolisOptions extends PublishedOptions, ConversationOptions {}

/** A Polis conversation as preferences, and what its own files say of it. */
export interface LoadedPolis extends LoadedTable {
  readonly conversation: string;
  /** What summary.csv states; its topic, address and description are text from the data. */
  readonly stated: StatedFacts;
  /** Each file that was read, for a record. */
  readonly files: readonly DataReference[];
}

/**
 * A Polis conversation: votes on statements as preferences (see {@link votesFromTable}), texts as contexts, Polis's own groups as `groups`
 * ("" for users whom Polis put in none). Where the counts differ from what summary.csv states, a note says so.
 * @param conversation one of `POLIS_CONVERSATIONS`, or the path of a folder or of one of its files: comments.csv with votes.csv or, where there are
 *   none, participants-votes.csv, and perhaps summary.csv; their names may begin with a date and an id, as Polis exports them
 * @throws InputError for a conversation that is neither known nor there; DataError for a damaged file; UnreachableError without a network
 */
export async function loadPolis(conversation: string, options: LoadPolisOptions = {}): Promise<LoadedPolis> {
  checkKeys("loadPolis", options, [
    ...PUBLISHED_OPTIONS,
    "passes",
    "minimumPerUser",
    "source",
    "votes",
    "moderated",
  ]);
  checkOneOf("loadPolis: moderated", options.moderated ?? "drop", ["drop", "keep"]);
  const isKnown = POLIS_CONVERSATIONS.includes(conversation);
  const files = isKnown ? await published(conversation, options) : await beside(conversation);
  const name = isKnown ? conversation : basename(dirname(files[0].path));
  const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("");
  const loaded = conversationOf(files, options, {
    name: `Polis conversation ${name}`,
    license: isKnown ? POLIS_PUBLISHED.license : "not stated",
    ...(isKnown ? { url: `${POLIS_PUBLISHED.url}${conversation}` } : {}),
  });
  const { source } = loaded.data;
  return {
    ...loaded,
    data: { ...loaded.data, source: { ...source, sha256: sha256Of(Buffer.from(sums)) } },
    conversation: name,
    files: files.map(({ name, sha256 }) => ({ name, sha256, source: `${source.name} (${source.license})` })),
  };
}

/**
 * The files of a public conversation as they are published.
 * @throws InputError for another name; what {@link readPublished} throws
 */
export async function polisFiles(
  conversation: string,
  options: PublishedOptions = {},
): Promise<PublishedFile[]> {
  checkOneOf("loadPolis: conversation", conversation, POLIS_CONVERSATIONS);
  return published(conversation, options);
}

async function published(conversation: string, options: PublishedOptions): Promise<PublishedFile[]> {
  const publication = {
    title: `downloading the Polis conversation ${conversation}`,
    url: POLIS_PUBLISHED.url,
    pathOf: (name: string): string => name.replace(/^polis\//, ""),
    sha256: POLIS_SHA256,
  };
  try {
    return await readPublished(
      POLIS_NAMES.map((file) => `polis/${conversation}/${file}`),
      publication,
      options,
    );
  } catch (cause) {
    if (!(cause instanceof UnreachableError)) throw cause;
    const how = "set PAL_LAB_DATA_MIRROR to a copy of the data, or give the folder of an export";
    throw new UnreachableError(`loadPolis: ${cause.message}; ${how}`, { cause });
  }
}

async function beside(path: string): Promise<PublishedFile[]> {
  const found = await polisFilesAt(path);
  if (found === undefined) {
    throw new InputError(
      `loadPolis: ${JSON.stringify(path)} is neither a known conversation (${POLIS_CONVERSATIONS.join(", ")}) ` +
        "nor a folder that holds comments.csv with votes.csv or participants-votes.csv",
    );
  }
  const { folder, files } = found;
  return Promise.all(
    Object.values(files).map((name) => readChecked(`${basename(folder)}/${name}`, join(folder, name))),
  );
}
