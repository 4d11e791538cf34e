import { readdir, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { InputError, show } from "../../../core/index.js";
import { polisKind, type PolisKind } from "../../tables/polis-conversation.js";

/** The files of a Polis conversation that are read, as the public ones are called. */
export const POLIS_NAMES = ["votes.csv", "comments.csv", "participants-votes.csv", "summary.csv"] as const;

/** The files of one conversation in a folder. */
export interface PolisFolder {
  readonly folder: string;
  readonly files: { readonly [K in PolisKind]?: string };
}

/**
 * The conversation that a path is: a folder, or one of its files of votes. Comments must be there, and votes, one a row or as a matrix.
 * @throws InputError for a folder that holds several conversations
 */
export async function polisFilesAt(path: string): Promise<PolisFolder | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const own = found.isDirectory() ? undefined : polisKind(basename(path));
  if (!found.isDirectory() && (own === undefined || own.kind === "comments" || own.kind === "summary"))
    return undefined;
  const folder = found.isDirectory() ? path : dirname(path);
  const all = new Map<string, { [K in PolisKind]?: string }>();
  for (const name of (await readdir(folder)).sort()) {
    const said = polisKind(name);
    if (said === undefined || (own !== undefined && said.prefix !== own.prefix)) continue;
    all.set(said.prefix, { ...all.get(said.prefix), [said.kind]: name });
  }
  const complete = [...all.values()].filter(
    (files) => files.comments !== undefined && (files.votes ?? files["participants-votes"]) !== undefined,
  );
  if (complete.length > 1)
    throw new InputError(
      `${show(folder)} holds ${complete.length} Polis conversations: name the file of votes of one, such as ${show(complete[0].votes ?? complete[0]["participants-votes"])}`,
    );
  return complete.length === 0 ? undefined : { folder, files: complete[0] };
}

/** Whether a path is a Polis conversation: a folder with comments and votes, or a file of votes that comments lie beside. */
export async function isPolis(path: string): Promise<boolean> {
  return (await polisFilesAt(path)) !== undefined;
}
