import type { Coding, TableOptions } from "../data/index.js";
import { UsageError } from "./command.js";

/** The flags that say how a table's answers are read: the same choices as the fields of `loadData`. */
export const READING_FLAGS = {
  format: { type: "string" },
  labels: { type: "string", multiple: true },
  votes: { type: "string", multiple: true },
  scale: { type: "string" },
  strength: { type: "string" },
  pairs: { type: "string" },
  repeated: { type: "string" },
  texts: { type: "boolean" },
  ids: { type: "boolean" },
} as const;

/** Their part of a command's help. */
export const READING_HELP = `  --format KIND        comparisons, votes, ratings, rankings or choices (default: told by the columns)
  --labels left=L      what labels mean: left=, right= and tie= (repeatable); --votes agree=5: of votes, agree=, disagree= and pass=
  --scale FROM..TO     the ends of graded answers, the first for left (of votes: disagree): 1..7, or --scale=-10..10 (default: guessed)
  --strength weight    the strength of a grade, or the difference of two ratings, is the answer's weight (default: ignore)
  --pairs KIND         pairs of a ranking: all (default), adjacent (neighbours), stages (Plackett-Luce: each stage counts as one answer)
  --repeated all|last  answers of a user to one question: all count, or the last (default: of votes the last)
  --texts, --ids       items are texts, which can be embedded, or ids, which are learned (default: short labels that repeat are ids)
`;

/** The values of these flags. */
export interface ReadingValues {
  readonly format?: string;
  readonly labels?: readonly string[];
  readonly votes?: readonly string[];
  readonly scale?: string;
  readonly strength?: string;
  readonly pairs?: string;
  readonly repeated?: string;
  readonly texts?: boolean;
  readonly ids?: boolean;
}

type Reading = Pick<
  TableOptions,
  "format" | "labels" | "votes" | "scale" | "strength" | "pairs" | "repeated" | "texts"
>;

/** What the flags ask for. @throws UsageError */
export function readingOptions(values: ReadingValues): Reading {
  const { labels, votes, scale } = values;
  if (values.texts === true && values.ids === true)
    throw new UsageError("--texts and --ids exclude each other");
  return {
    ...oneOf("format", values.format, ["comparisons", "votes", "ratings", "rankings", "choices"]),
    ...oneOf("strength", values.strength, ["ignore", "weight"]),
    ...oneOf("pairs", values.pairs, ["all", "adjacent", "stages"]),
    ...oneOf("repeated", values.repeated, ["all", "last"]),
    ...(labels === undefined ? {} : { labels: codingOf("labels", labels) }),
    ...(votes === undefined ? {} : { votes: codingOf("votes", votes) }),
    ...(scale === undefined ? {} : { scale: scaleOf(scale) }),
    ...(values.texts === true ? { texts: true } : values.ids === true ? { texts: false } : {}),
  };
}

function oneOf<Name extends string, const Value extends string>(
  name: Name,
  text: string | undefined,
  known: readonly Value[],
): { readonly [N in Name]?: Value } {
  if (text === undefined) return {};
  const value = known.find((each) => each === text);
  if (value === undefined)
    throw new UsageError(
      `--${name} must be ${known.slice(0, -1).join(", ")} or ${known.at(-1)}, got ${JSON.stringify(text)}`,
    );
  return { [name]: value } as { readonly [N in Name]?: Value };
}

/** `left=L`, each once or more. @throws UsageError */
function codingOf(name: string, pairs: readonly string[]): Coding {
  const coding: { [meaning: string]: string[] } = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1)
      throw new UsageError(
        `--${name} must be MEANING=VALUE, such as ${name === "votes" ? "agree=5" : "left=A"}, got ${JSON.stringify(pair)}`,
      );
    (coding[pair.slice(0, at)] ??= []).push(pair.slice(at + 1));
  }
  return coding;
}

/** `1..7`. @throws UsageError */
function scaleOf(text: string): readonly [number, number] {
  const match = /^([+-]?[\d.]+)\.\.([+-]?[\d.]+)$/.exec(text);
  const ends = [Number(match?.[1] ?? NaN), Number(match?.[2] ?? NaN)] as const;
  if (!ends.every(Number.isFinite) || ends[0] === ends[1])
    throw new UsageError(`--scale must be FROM..TO, such as 1..7, got ${JSON.stringify(text)}`);
  return ends;
}
