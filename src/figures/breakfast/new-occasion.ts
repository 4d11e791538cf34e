import { checkIsRecord, tInterval, type FigureRecord, type RecordRow } from "../../core/index.js";
import { accuracyLines } from "../accuracy/accuracy-lines.js";
import { checkedTitle, type CheckedWords } from "../checked-title.js";
import type { Figure } from "../figure.js";
import { groupColor } from "../theme/index.js";

/** What models must beat, the model that does, and those that do not. */
const AVERAGES = "the two averages, weighted";
const BEST = "types by occasion + own tastes";
const BEHIND = ["PAL-A: ideal points, occasions ignored", "PAL-B: the occasion as context"];

const givenIn = (row: RecordRow): number | undefined =>
  typeof row.settings?.given === "number" ? row.settings.given : undefined;

/** How well a person's order of items on an occasion that is new to them is predicted, by how many of its items they have ranked: a line for each way. */
export function breakfastNewOccasion(record: FigureRecord): Figure {
  checkIsRecord("breakfastNewOccasion: record", record);
  // the row of the map is no way of its own
  const rows = record.rows.filter((row) => row.series?.people === undefined);
  const ways = [...new Set(rows.flatMap(({ method }) => method ?? []))];
  return accuracyLines({
    record,
    ...checkedTitle(wordsOf(rows, ways)),
    panels: [{ title: "", rows }],
    lines: ways.map((way, i) => ({
      name: way,
      color: groupColor(i),
      has: (row: RecordRow) => row.method === way,
    })),
    x: { value: givenIn, title: "items of the occasion that the person has ranked" },
    y: "pairs of other items predicted (fraction)",
    ...{ lowest: 0.55, blind: "none" },
  });
}

function wordsOf(rows: readonly RecordRow[], ways: readonly string[]): CheckedWords {
  const counts = [...new Set(rows.flatMap((row) => givenIn(row) ?? []))].sort((a, b) => a - b);
  const at = (method: string, given: number): RecordRow[] =>
    rows.filter((row) => row.method === method && givenIn(row) === given);
  const [none, most] = [counts[0] ?? 0, counts[counts.length - 1] ?? 0];
  const mean = (method: string, given: number): string => {
    const found = at(method, given);
    return found.length === 0
      ? "not measured"
      : tInterval(found.map(({ accuracy }) => accuracy)).mean.toFixed(3);
  };
  /** How much more is predicted than by the averages, run by run. */
  const lead = (method: string, given: number): number[] =>
    at(method, given).flatMap((row) => {
      const other = at(AVERAGES, given).find(({ seed }) => seed === row.seed);
      return other === undefined ? [] : [row.accuracy - other.accuracy];
    });
  const isSure = (leads: readonly number[]): boolean => leads.length > 1 && tInterval(leads).low > 0;
  const what =
    "Pairs predicted of a person's ranking on an occasion that is new to them, by how many other items of it they have ranked";
  return {
    holds:
      counts.length > 0 &&
      counts.every((given) => isSure(lead(BEST, given))) &&
      counts.every((given) => BEHIND.every((method) => isSure(lead(method, given).map((value) => -value)))),
    title: "What an occasion calls for and own tastes predict more than averages; PAL predicts less",
    alt: `${what}: ${ways.map((way) => `${way} ${mean(way, none)} after none, ${mean(way, most)} after ${most}`).join("; ")}.`,
    otherwise: what,
  };
}
