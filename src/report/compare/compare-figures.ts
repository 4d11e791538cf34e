import type { FigureRecord } from "../../core/index.js";
import { isSureGain, type Comparison, type ComparisonRow } from "../../evaluate/index.js";
import type { Figure } from "../../figures/index.js";
import * as figures from "../figures/index.js";
import { studyRecord, type Written } from "../study-record.js";
import { blindName } from "../words/index.js";

/** Families whose curves are in colour, at most. */
const MOST_SHOWN = 6;

/** The figures of a comparison, in the order of the page. */
export function compareFigures(found: Comparison): Figure[] {
  return [gainsFigure(found), ...(found.given.length < 2 ? [] : [curvesFigure(found)])];
}

function gainsFigure(found: Comparison): Figure {
  const most = found.given.at(-1);
  const conditions = [undefined, ...(most === undefined ? [] : [most])];
  const families = byFamily(found)
    .map((rows) => ({ name: rows[0].name, gains: conditions.map((answers) => at(rows, answers)?.gain) }))
    .flatMap(({ name, gains: each }) => {
      const known = each.flatMap((gain) =>
        gain === undefined ? [] : [{ mean: gain.mean, low: gain.low, high: gain.high }],
      );
      return known.length === conditions.length ? [{ name, gains: known }] : [];
    })
    .sort((a, b) => b.gains[0].mean - a.gains[0].mean);
  const winners = found.rows.filter((row) => row.users === "seen" && isSureGain(row)).length;
  const tested = families.length;
  return figures.compareGains(
    recordOf(found, {
      id: "compare-gains",
      claim:
        winners === 0
          ? "No family surely gains from knowing users who trained"
          : `${winners} of ${tested} families gain from knowing users who trained`,
      caption: `What each family gains in log-likelihood over ${blindName(found)}, on the same held-out answers; 95 % intervals over users and ${found.seeds.length} divisions. At the dotted line it is no better than who knows no users.`,
      extra: {
        families,
        of: ["users who trained", ...(most === undefined ? [] : [`new users after ${most} answers`])],
        blind: blindName(found),
      },
    }),
  );
}

function curvesFigure(found: Comparison): Figure {
  const { given, rows } = found;
  const most = given.at(-1);
  const nats = (row: ComparisonRow | undefined): number => row?.nats?.mean ?? -Infinity;
  const families = byFamily(found).toSorted((a, b) => nats(at(b, most)) - nats(at(a, most)));
  const beaten = rows.filter((row) => row.id === found.blind);
  const bayes = rows.filter(({ id }) => id === "bayes");
  const curve = (own: readonly ComparisonRow[], look: "shown" | "beside" | "ceiling") => {
    const each = given.flatMap((answers) => at(own, answers)?.nats ?? []);
    return {
      name: own[0].name,
      look,
      means: each.map(({ mean }) => mean),
      lows: each.map(({ low }) => low),
      highs: each.map(({ high }) => high),
    };
  };
  const isOff = (own: readonly ComparisonRow[]): boolean =>
    given.some((answers) => nats(at(own, answers)) < -1.1);
  const drawn = families.filter((own) => !isOff(own));
  const left = families.length - drawn.length;
  return figures.compareCurves(
    recordOf(found, {
      id: "compare-curves",
      claim: "New users, by how many answers they gave",
      caption: `Log-likelihood of the same held-out answers of new users after their first answers, with 95 % intervals. In colour the ${Math.min(MOST_SHOWN, drawn.length)} families that are best after ${most ?? 0}, in grey the others${left === 0 ? "" : ` (${left} below −1.1 are left out)`}; dotted who knows no users${bayes.length === 0 ? "" : ", dashed exact Bayes"}.`,
      extra: {
        given,
        curves: [
          ...drawn.map((own, i) => curve(own, i < MOST_SHOWN ? "shown" : "beside")),
          ...(beaten.length === 0 ? [] : [curve(beaten, "ceiling")]),
          ...(bayes.length === 0 ? [] : [curve(bayes, "ceiling")]),
        ],
      },
    }),
  );
}

/** Rows of each family that ran and knows users. */
function byFamily({ rows }: Comparison): ComparisonRow[][] {
  const found = new Map<string, ComparisonRow[]>();
  for (const row of rows)
    if (row.role === "family" && row.status === "ran" && row.knowsUsers)
      found.set(row.id, [...(found.get(row.id) ?? []), row]);
  return [...found.values()];
}

function at(rows: readonly ComparisonRow[], answers: number | undefined): ComparisonRow | undefined {
  return rows.find((row) => row.answers === answers);
}

function recordOf<Extra>({ source, seeds }: Comparison, written: Written<Extra>): FigureRecord<Extra> {
  return studyRecord(source, { config: { seeds: [...seeds] }, seeds: [...seeds], engine: "wasm" }, written);
}
