import { checkIsRecord, mean, tInterval, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim, type CheckedWords } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** Families that are drawn: those that are nearest to exact Bayes after the most answers, on average over worlds. */
const MOST_SHOWN = 6;
/** What lies below is cut off. */
const LOWEST = -0.26;
const HIGHEST = 0.05;
/** Width over which the lines stand apart, in steps of the axis. */
const APART = 0.6;
const LEVEL = 0.05;

/**
 * How far each of the best families stays below exact Bayes of the same answers, in nats an answer, by how many answers a new user gave: a panel for
 * each world, exact Bayes a line at 0.
 */
export function familiesFewShot(record: FigureRecord): Figure {
  checkIsRecord("familiesFewShot: record", record);
  const rows = record.rows.filter((row) => behind(row) !== undefined);
  if (rows.length === 0) return emptyFigure(record, "no family and exact Bayes have a log-likelihood");
  const shown = bySize(rows).slice(0, MOST_SHOWN);
  const worlds = distinct(rows.map(worldOf));
  const counts = distinct(rows.map(answersOf)).sort((a, b) => a - b);
  const said = checkedTitle(wordsOf(rows, shown));
  const xaxis = theme.axis("answers of the new user", {
    ...{ tickvals: counts.map((_, i) => i), ticktext: counts.map(String) },
    range: [-0.5, counts.length + 0.4],
  });
  const yaxis = theme.axis("beside exact Bayes (nats an answer)", {
    range: [LOWEST, HIGHEST],
  });
  const { axes, annotations } = theme.panelAxes({ titles: worlds, xaxis, yaxis });
  const lines = theme.marks(
    ...worlds.map((_, i) => theme.ceilingLine({ y: 0, label: "exact Bayes", panel: i + 1 })),
  );
  return {
    id: record.id,
    data: worlds.flatMap((world, panel) =>
      shown.flatMap((family, i): PlotlyObject[] =>
        theme.intervalSeries({
          rows: rows.filter((row) => worldOf(row) === world && familyOf(row) === family),
          x: (row) => counts.indexOf(answersOf(row)),
          y: behind,
          ...{ name: family, color: theme.groupColor(i), symbol: theme.symbolOf(i), dash: theme.dashOf(i) },
          ...{ panel: panel + 1, inLegend: panel === 0, spread: 0.05 },
          dodge: APART * ((i + 0.5) / shown.length - 0.5),
        }),
      ),
    ),
    layout: {
      ...theme.baseLayout({
        ...{ ...theme.WIDE, title: said.title, subtitle: subtitleOf(record), panels: true, legend: "right" },
      }),
      ...axes,
      shapes: lines.shapes,
      annotations: [...annotations, ...lines.annotations],
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

function bySize(rows: readonly RecordRow[]): string[] {
  const most = Math.max(...rows.map(answersOf));
  const last = rows.filter((row) => answersOf(row) === most);
  return distinct(rows.map(familyOf))
    .map((family) => ({ family, by: average(last.filter((row) => familyOf(row) === family)) }))
    .sort((a, b) => b.by - a.by)
    .map(({ family }) => family);
}

/** Whether any family is surely above exact Bayes, where so many are asked about, and who is nearest in the end. */
function wordsOf(rows: readonly RecordRow[], shown: readonly string[]): CheckedWords {
  const cells = new Map<string, number[]>();
  for (const row of rows) {
    const key = `${worldOf(row)}|${familyOf(row)}|${answersOf(row)}`;
    cells.set(key, [...(cells.get(key) ?? []), behind(row) ?? NaN]);
  }
  const level = 1 - LEVEL / cells.size;
  const several = [...cells.values()].filter((values) => values.length > 1);
  const most = Math.max(...rows.map(answersOf));
  const nearest = distinct(rows.map(worldOf)).map((world) => {
    const own = rows.filter((row) => worldOf(row) === world && answersOf(row) === most);
    const [best] = bySize(own);
    return `${best} in ${world} (${average(own.filter((row) => familyOf(row) === best)).toFixed(3)})`;
  });
  const families = distinct(rows.map(familyOf));
  const numbers = `Log-likelihood of held-out answers of new users, less that of exact Bayes of the same answers, by how many they gave; ${shown.join(", ")} of ${families.length} families are drawn. After ${most} the nearest are ${nearest.join(" and ")}.`;
  return {
    holds: several.length > 0 && several.every((values) => tInterval(values, level).low <= 0),
    title: `New users: no family passes exact Bayes; after ${most} answers the nearest are ${nearest.join(" and ")}`,
    alt: numbers,
    otherwise: "How far families stay below exact Bayes, by how many answers a new user gave",
  };
}

function behind({ measures }: RecordRow): number | undefined {
  const { nats, bayesNats } = measures ?? {};
  return nats === undefined || bayesNats === undefined ? undefined : nats - bayesNats;
}

function average(rows: readonly RecordRow[]): number {
  return rows.length === 0 ? -Infinity : mean(rows.map((row) => behind(row) ?? NaN));
}

function worldOf({ settings }: RecordRow): string {
  return String(settings?.world ?? "");
}

function familyOf({ settings }: RecordRow): string {
  return String(settings?.family ?? "");
}

function answersOf({ newComparisonsPerUser }: RecordRow): number {
  return newComparisonsPerUser ?? 0;
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
