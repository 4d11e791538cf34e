import { InputError } from "../../core/index.js";
import type { LoadedTable } from "./assemble.js";
import { parseCsv } from "./parse/csv.js";
import { decodeText } from "./parse/decode-text.js";
import {
  differences,
  readComments,
  readGroupsOfParticipants,
  readStated,
  turnedVotes,
  type StatedFacts,
} from "./polis.js";
import type { Table } from "./table.js";
import { votesFromTable, type VoteOptions } from "./votes.js";

/** Which votes of a Polis conversation are kept. */
export interface ConversationOptions extends Pick<
  VoteOptions,
  "passes" | "minimumPerUser" | "source" | "votes"
> {
  /** Statements that the moderators removed, and their votes: `drop` (default, as Polis does) or `keep`. */
  readonly moderated?: "drop" | "keep";
}

/** One of its files. */
export interface PolisFile {
  /** Its name, with or without folders before it. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** What a file of a Polis conversation holds. */
export type PolisKind = "votes" | "comments" | "participants-votes" | "summary";

/** What a file's name says: "2025-06-19-1201-abc-participant-votes.csv". Undefined: it is no file of Polis. */
export function polisKind(name: string): { readonly kind: PolisKind; readonly prefix: string } | undefined {
  const match = /^(?:(.*)-)?(votes|comments|summary)\.csv$/.exec(name);
  if (match === null) return undefined;
  const [, prefix = "", kind] = match;
  const matrix = /^(?:(.*)-)?participants?$/.exec(prefix);
  if (kind !== "votes" || matrix === null) return { kind: kind as PolisKind, prefix };
  return { kind: "participants-votes", prefix: matrix[1] ?? "" };
}

const COLUMNS = { user: "voter-id", statement: "comment-id", vote: "vote", time: "timestamp" };
const POLIS_VOTES = { agree: [1], disagree: [-1], pass: [0] };

/**
 * A conversation from its files: comments, and votes one a row or as a matrix.
 * @throws InputError where one of these is not there; DataError for a damaged file
 */
export function conversationOf(
  files: readonly PolisFile[],
  options: ConversationOptions,
  source: { readonly name: string; readonly license: string; readonly url?: string },
): LoadedTable & { readonly stated: StatedFacts } {
  const of = (kind: PolisKind): PolisFile | undefined =>
    files.find(({ path }) => polisKind(nameOf(path))?.kind === kind);
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

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
