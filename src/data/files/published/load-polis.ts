import { basename, dirname, join } from "node:path";
import { checkKeys, checkOneOf, InputError, type DataReference } from "../../../core/index.js";
import { decodeText } from "../../tables/parse/decode-text.js";
import { parseCsv } from "../../tables/parse/csv.js";
import {
  readComments,
  readGroupsOfParticipants,
  readStated,
  differences,
  turnedVotes,
  type StatedFacts,
} from "../../tables/polis.js";
import type { LoadedTable } from "../../tables/assemble.js";
import { votesFromTable, type VoteOptions } from "../../tables/votes.js";
import type { Table } from "../../tables/table.js";
import { POLIS_NAMES, polisFilesAt, polisKind, type PolisKind } from "./polis-folder.js";
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
export interface LoadPolisOptions
  extends PublishedOptions, Pick<VoteOptions, "passes" | "minimumPerUser" | "source" | "votes"> {
  /** Statements that the moderators removed, and their votes: `drop` (default, as Polis does) or `keep`. */
  readonly moderated?: "drop" | "keep";
}

/** A Polis conversation as preferences, and what its own files say of it. */
export interface LoadedPolis extends LoadedTable {
  readonly conversation: string;
  /** What summary.csv states; its topic, address and description are text from the data. */
  readonly stated: StatedFacts;
  /** Each file that was read, for a record. */
  readonly files: readonly DataReference[];
}

const COLUMNS = { user: "voter-id", statement: "comment-id", vote: "vote", time: "timestamp" };
const POLIS_VOTES = { agree: [1], disagree: [-1], pass: [0] };

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

function conversationOf(
  files: readonly PublishedFile[],
  options: LoadPolisOptions,
  source: { readonly name: string; readonly license: string; readonly url?: string },
): LoadedTable & { readonly stated: StatedFacts } {
  const of = (kind: PolisKind): PublishedFile | undefined =>
    files.find(({ path }) => polisKind(basename(path))?.kind === kind);
  const table = (kind: PolisKind): Table | undefined => {
    const file = of(kind);
    return file === undefined
      ? undefined
      : parseCsv(file.path, decodeText(file.path, file.bytes), file.sha256);
  };
  const need = (kind: PolisKind, found: Table | undefined): Table => {
    if (found === undefined) throw new InputError(`loadPolis: there is no ${kind}.csv`);
    return found;
  };
  const participants = table("participants-votes");
  const ownVotes = table("votes");
  const votes = need("votes", ownVotes ?? participants);
  const comments = readComments(need("comments", table("comments")));
  const summary = of("summary");
  const groups = participants === undefined ? undefined : readGroupsOfParticipants(participants);
  const stated =
    summary === undefined ? {} : readStated(summary.path, decodeText(summary.path, summary.bytes));
  const isDropped = options.moderated !== "keep";
  const { passes, minimumPerUser, votes: coding = POLIS_VOTES } = options;
  const loaded = votesFromTable(
    votes,
    {
      ...(ownVotes === undefined ? {} : { columns: COLUMNS, votes: coding }),
      ...(passes === undefined ? {} : { passes }),
      ...(minimumPerUser === undefined ? {} : { minimumPerUser }),
      source: options.source ?? source,
    },
    {
      text: comments.text,
      ...(groups === undefined ? {} : { groups }),
      ...(isDropped ? { without: comments.removed } : {}),
    },
  );
  const facts = differences({ votes, comments, groups, stated });
  const turned = turnedVotes(loaded.data, comments);
  const matrixNote =
    ownVotes === undefined ? ["there is no votes.csv: the matrix of participants is read"] : [];
  const removed = `${comments.removed.size} of ${comments.count} statements were removed by the moderators: ${isDropped ? "they and their votes are left out" : "they are kept"}`;
  return {
    data: loaded.data,
    summary: {
      ...loaded.summary,
      warnings: [...loaded.summary.warnings, ...facts.warnings, ...turned],
      notes: [
        ...loaded.summary.notes,
        ...matrixNote,
        ...(comments.removed.size > 0 ? [removed] : []),
        ...facts.notes,
      ],
    },
    stated,
  };
}
