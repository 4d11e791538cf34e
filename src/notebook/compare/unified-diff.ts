import { diffArrays, FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";

/** Two versions of the same lines, and what they are called. */
export interface LinesPair {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly beforeName: string;
  readonly afterName: string;
}

const longestLine = 400;
/** With more lines added and removed than this there is nothing to align: the beginnings are shown. */
const mostEdits = 1000;
const firstLines = 20;

/**
 * A unified diff with three lines of context.
 * @param equal whether two lines say the same; lines that do are shown as they were before
 * @returns undefined when all lines do
 */
export function unifiedDiff(
  { before, after, beforeName, afterName }: LinesPair,
  equal: (before: string, after: string) => boolean,
): string | undefined {
  if (before.length === after.length && before.every((line, i) => equal(line, after[i] ?? "")))
    return undefined;
  const aligned = withEqualLines(before, after, equal);
  const heads = `--- ${beforeName}\n+++ ${afterName}\n`;
  if (aligned === undefined) return `${heads}${beginning(before, "-")}${beginning(after, "+")}`;
  const text = (lines: readonly string[]): string => lines.map((line) => `${short(line)}\n`).join("");
  const patch = structuredPatch(beforeName, afterName, text(before), text(aligned), "", "", { context: 3 });
  if (patch.hunks.length === 0) return undefined;
  return formatPatch(patch, FILE_HEADERS_ONLY).replace(/^(---|\+\+\+) (.*)\t$/gm, "$1 $2");
}

/** `after` with the lines of `before` where they are equal; undefined when there are too many differences. */
function withEqualLines(
  before: readonly string[],
  after: readonly string[],
  equal: (before: string, after: string) => boolean,
): string[] | undefined {
  const options = { comparator: equal, maxEditLength: mostEdits };
  const changes = diffArrays([...before], [...after], options);
  let next = 0;
  return changes?.flatMap(({ value, added, removed }) => {
    if (added) return value;
    const from = next;
    next += value.length;
    return removed ? [] : before.slice(from, next);
  });
}

/** The first lines of a text that has next to nothing in common with the other. */
function beginning(lines: readonly string[], sign: "-" | "+"): string {
  const shown = lines.slice(0, firstLines).map((line) => `${sign}${short(line)}\n`);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`${sign}… (${more} more lines)\n`] : [])].join("");
}

function short(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)} … (${line.length} characters)` : line;
}
