import { DataError, list, show, type DataLocation } from "../../../core/index.js";
import type { Table } from "../table.js";

/** PrefLib's formats of ballots: strict or with ties, complete or not; and categories. */
export const PREFLIB_ENDINGS = ["soc", "soi", "toc", "toi", "cat"] as const;
export type PreflibEnding = (typeof PREFLIB_ENDINGS)[number];

/** Ballots that are read, at most; a damaged count must not fill the memory. */
const MOST_BALLOTS = 2_000_000;

interface Header {
  /** The alternatives, in the order of their numbers. */
  readonly names: readonly string[];
  readonly voters?: number;
  readonly orders?: number;
  readonly categories?: number;
}

type Where = DataLocation & { readonly line: number };
type Ballot = readonly (readonly string[])[];

/**
 * Ballots in one of PrefLib's formats (preflib.github.io) as a table with a row for each voter: `voter`, a number, as the files name nobody, and
 * `order`, an array of the ballot's tiers (of .cat the categories), best first, each an array of names.
 * @throws DataError with the line, for an alternative that is unknown, there twice or missing, ties in a strict format, and a header that
 *   contradicts what follows it
 */
export function parsePreflib(
  file: string,
  text: string,
  { ending, sha256 }: { readonly ending: PreflibEnding; readonly sha256: string },
): Table {
  const lines = text.split("\n");
  const header = readHeader(file, lines);
  checkType(file, lines, ending);
  const ballots: Ballot[] = [];
  const lineOf: number[] = [];
  let orders = 0;
  lines.forEach((content, i) => {
    if (content.trim() === "" || content.startsWith("#")) return;
    const where = { file, line: i + 1 };
    const match = /^\s*(\d+)\s*:\s*(.*)$/.exec(content);
    if (match === null)
      throw new DataError(where, `must be a count and an order such as "3: 1,{2,3},4", got ${show(content)}`);
    const count = Number(match[1]);
    if (count < 1 || ballots.length + count > MOST_BALLOTS)
      throw new DataError(where, `the count must be from 1 to ${MOST_BALLOTS} in all, got ${match[1]}`);
    const ballot = readBallot(where, tiersOf(where, match[2].trim()), { ending, header });
    for (let voter = 0; voter < count; voter++) {
      ballots.push(ballot);
      lineOf.push(i + 1);
    }
    orders++;
  });
  if (ballots.length === 0) throw new DataError({ file }, "has no ballots");
  checkCount(file, "unique orders", header.orders, orders);
  checkCount(file, "voters", header.voters, ballots.length);
  return {
    file,
    format: "preflib",
    columns: ["voter", "order"],
    rows: ballots.length,
    sha256,
    notes: ["the file names no voters: they are numbered in its order"],
    cell: (row, column) => (column === 0 ? `voter-${row + 1}` : ballots[row]),
    line: (row) => lineOf[row],
  };
}

/** @throws DataError where the header states another of PrefLib's formats than the file's name */
function checkType(file: string, lines: readonly string[], ending: PreflibEnding): void {
  lines.forEach((content, i) => {
    const stated = /^#\s*DATA TYPE\s*:\s*(\w+)\s*$/.exec(content)?.[1].toLowerCase();
    const isKnown = PREFLIB_ENDINGS.some((known) => known === stated);
    if (stated === undefined || !isKnown || stated === ending) return;
    throw new DataError(
      { file, line: i + 1 },
      `its header says that it holds .${stated}, its name ends in .${ending}: rename the file, or mend the header`,
    );
  });
}

function checkCount(file: string, what: string, stated: number | undefined, found: number): void {
  if (stated === undefined || stated === found) return;
  throw new DataError(
    { file },
    `its header states ${stated} ${what}, but there are ${found}: it is damaged, or cut off`,
  );
}

function readHeader(file: string, lines: readonly string[]): Header {
  const names = new Map<number, string>();
  const stated = new Map<string, number>();
  lines.forEach((content, i) => {
    const match = /^#\s*([A-Z ]+?)(?:\s+(\d+))?\s*:\s*(.*)$/.exec(content);
    if (match === null) return;
    const [, key, number, value] = match;
    if (key === "ALTERNATIVE NAME" && number !== undefined) {
      if (names.has(Number(number)))
        throw new DataError({ file, line: i + 1 }, `names alternative ${number} twice`);
      names.set(Number(number), value.trim() === "" ? number : value.trim());
    } else if (/^\d+$/.test(value.trim())) stated.set(key, Number(value));
  });
  const count = stated.get("NUMBER ALTERNATIVES") ?? names.size;
  if (count < 1 || count > MOST_BALLOTS)
    throw new DataError({ file }, "its header must state the number of alternatives, at least 1");
  const isNamed = (number: number): boolean => names.has(number);
  if (
    names.size > 0 &&
    (names.size !== count || !Array.from({ length: count }, (_, i) => i + 1).every(isNamed))
  )
    throw new DataError(
      { file },
      `its header states ${count} alternatives, but names ${names.size}: ${list([...names.keys()].map(String))}`,
    );
  const plain = Array.from({ length: count }, (_, i) => names.get(i + 1) ?? String(i + 1));
  const isTwice = new Set(plain).size < plain.length;
  return {
    names: isTwice ? plain.map((name, i) => `${name} (${i + 1})`) : plain,
    voters: stated.get("NUMBER VOTERS"),
    orders: stated.get("NUMBER UNIQUE ORDERS") ?? stated.get("NUMBER UNIQUE PREFERENCES"),
    categories: stated.get("NUMBER CATEGORIES"),
  };
}

/** "1,{2,3},4" → [["1"], ["2", "3"], ["4"]]. */
function tiersOf(where: Where, text: string): Ballot {
  if (!/^(\{[^{}]*\}|[^,{}]+)(,(\{[^{}]*\}|[^,{}]+))*$/.test(text))
    throw new DataError(where, `is no order such as "1,{2,3},4": ${show(text)}`);
  return (text.match(/\{[^{}]*\}|[^,{}]+/g) ?? []).map((tier) =>
    tier
      .replace(/[{}]/g, "")
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );
}

/** @throws DataError for a ballot that its format does not allow */
function readBallot(
  where: Where,
  tiers: Ballot,
  { ending, header }: { readonly ending: PreflibEnding; readonly header: Header },
): Ballot {
  const { names, categories } = header;
  const seen = new Set<string>();
  const ballot = tiers.map((tier) => {
    if (tier.length > 1 && (ending === "soc" || ending === "soi"))
      throw new DataError(
        where,
        `.${ending} holds strict orders, but ${list(tier)} are tied; .toc and .toi may tie`,
      );
    return tier.map((item) => {
      const name = /^\d+$/.test(item) ? names[Number(item) - 1] : undefined;
      if (name === undefined)
        throw new DataError(
          where,
          `the alternative ${show(item)} is none of the ${names.length} that the header states`,
        );
      if (seen.has(name)) throw new DataError(where, `ranks ${show(name)} twice`);
      seen.add(name);
      return name;
    });
  });
  if (ending === "cat" && categories !== undefined && tiers.length !== categories)
    throw new DataError(where, `has ${tiers.length} categories, the header states ${categories}`);
  const missing = names.filter((name) => !seen.has(name));
  if (missing.length > 0 && (ending === "soc" || ending === "toc"))
    throw new DataError(
      where,
      `.${ending} holds complete orders, but ${list(missing)} ${missing.length === 1 ? "is" : "are"} not ranked; .soi and .toi may leave some out`,
    );
  return ballot;
}
