import { checkIsRecord, mean, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle } from "../checked-title.js";
import type { Figure } from "../figure.js";
import * as theme from "../theme/index.js";
import { accuracyLines, type AccuracyLine } from "./accuracy-lines.js";

/** Families that are drawn: those that are best after the most answers, on average over worlds. */
const MOST_SHOWN = 6;
const BAYES = "exact Bayes";

/** Accuracy for new users against how many answers they gave: a panel for each world, a line for each of the best families, exact Bayes beside them. */
export function familiesFewShot(record: FigureRecord): Figure {
  checkIsRecord("familiesFewShot: record", record);
  const { rows } = record;
  const worlds = distinct(rows.map(worldOf));
  const families = byAccuracy(rows);
  const shown = families.slice(0, MOST_SHOWN);
  return accuracyLines({
    record,
    ...checkedTitle(wordsOf(rows, { worlds, families, shown })),
    panels: worlds.map((world) => ({
      title: world,
      rows: [...rows, ...bayesRows(rows)].filter(
        (row) => worldOf(row) === world && (row.method === BAYES || shown.includes(familyOf(row))),
      ),
    })),
    lines: [...shown.map(lineOf), { name: BAYES, color: theme.INK, has: (row) => row.method === BAYES }],
    x: { value: (row) => row.newComparisonsPerUser, title: "answers of the new user", scale: "count" },
    blind: "all",
    lowest: 0.49,
  });
}

function lineOf(family: string, i: number): AccuracyLine {
  return {
    name: family,
    color: theme.groupColor(i),
    has: (row) => familyOf(row) === family && row.method !== BAYES,
  };
}

/** What exact Bayes reaches, once for each world, seed and number of answers. */
function bayesRows(rows: readonly RecordRow[]): RecordRow[] {
  const found = new Map<string, RecordRow>();
  for (const row of rows)
    if (row.ceilings?.bayes !== undefined)
      found.set(`${worldOf(row)} ${row.seed} ${row.newComparisonsPerUser}`, {
        ...row,
        ...{ method: BAYES, accuracy: row.ceilings.bayes },
      });
  return [...found.values()];
}

function byAccuracy(rows: readonly RecordRow[]): string[] {
  const most = Math.max(...rows.map((row) => row.newComparisonsPerUser ?? 0));
  const of = (family: string): number =>
    mean(
      rows
        .filter((row) => familyOf(row) === family && row.newComparisonsPerUser === most)
        .map(({ accuracy }) => accuracy),
    );
  return distinct(rows.map(familyOf))
    .map((family) => ({ family, by: of(family) }))
    .sort((a, b) => b.by - a.by)
    .map(({ family }) => family);
}

interface Shown {
  readonly worlds: readonly string[];
  readonly families: readonly string[];
  readonly shown: readonly string[];
}

/** Mean accuracies by number of answers, of one family (or of Bayes) in one world. */
function meansOf(rows: readonly RecordRow[]): readonly (readonly [answers: number, mean: number])[] {
  return distinct(rows.map((row) => row.newComparisonsPerUser ?? 0))
    .sort((a, b) => a - b)
    .map((answers) => [
      answers,
      mean(rows.filter((row) => row.newComparisonsPerUser === answers).map(({ accuracy }) => accuracy)),
    ]);
}

function wordsOf(rows: readonly RecordRow[], { worlds, families, shown }: Shown) {
  const bayes = bayesRows(rows);
  const parts = worlds.map((world) => {
    const known = meansOf(bayes.filter((row) => worldOf(row) === world));
    const own = families.map((family) => ({
      family,
      means: meansOf(rows.filter((row) => worldOf(row) === world && familyOf(row) === family)),
    }));
    const ends = own.map(({ family, means }) => ({ family, at: means.at(-1)?.[1] ?? NaN }));
    const best = ends.reduce((a, b) => (b.at > a.at ? b : a), { family: "", at: -Infinity });
    return {
      ...{ world, best, answers: known.at(-1)?.[0] ?? 0, behind: (known.at(-1)?.[1] ?? NaN) - best.at },
      isBelow: own.every(({ means }) => means.every(([, value], i) => value <= (known[i]?.[1] ?? NaN))),
    };
  });
  const said = parts.map(
    ({ world, best, answers, behind }) =>
      `${best.family} comes within ${behind.toFixed(3)} of it in ${world} after ${answers}`,
  );
  const all = `Accuracy for new users by how many answers they gave, in ${worlds.join(" and ")}, with exact Bayes of the same answers: ${shown.join(", ")} of ${families.length} families are drawn.`;
  return {
    holds: parts.length > 0 && parts.every(({ isBelow }) => isBelow),
    title: `New users: no family passes exact Bayes; ${said.join(", ")}`,
    alt: `${all} None is above exact Bayes at any number; ${said.join("; ")}.`,
    otherwise: "Accuracy for new users by how many answers they gave, beside exact Bayes",
    altOtherwise: all,
  };
}

function worldOf({ settings }: RecordRow): string {
  return String(settings?.world ?? "");
}

function familyOf({ settings }: RecordRow): string {
  return String(settings?.family ?? "");
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
