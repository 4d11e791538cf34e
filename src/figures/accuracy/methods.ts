import { checkIsRecord, type FigureRecord, mean, type RecordRow, tInterval } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import { checkedTitle, withClaim, type CheckedWords } from "../checked-title.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** Accuracy of several methods side by side: every run a point, the mean with its interval, chance and ceilings as lines. */
export function methodComparison(record: FigureRecord): Figure {
  checkIsRecord("methodComparison: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const methods = [...new Set(record.rows.map((row) => row.method ?? ""))];
  const ceilings = record.rows[0]?.ceilings ?? {};
  const traces = methods.flatMap((method, i): PlotlyObject[] => {
    const rows = record.rows.filter((row) => (row.method ?? "") === method);
    const color = theme.groupColor(i);
    const interval = tInterval(rows.map((row) => row.accuracy));
    const spread = rows.map((_, run) => i + (rows.length === 1 ? 0 : 0.3 * (run / (rows.length - 1) - 0.5)));
    return [
      {
        ...{ type: "scatter", mode: "markers", showlegend: false, hoverinfo: "skip" },
        x: spread,
        y: rows.map((row) => row.accuracy),
        marker: { color: theme.rgba(color, 0.4), size: 6, symbol: theme.symbolOf(i) },
      },
      {
        ...{ type: "scatter", mode: "markers", showlegend: false },
        x: [i],
        y: [interval.mean],
        error_y: { type: "data", array: [interval.high - interval.mean], color, thickness: 2, width: 7 },
        marker: { color, size: 12, symbol: theme.symbolOf(i), line: { color: "#FFFFFF", width: 1 } },
        hovertemplate: `%{y:.3f}, n = ${interval.n}<extra></extra>`,
      },
    ];
  });
  const said = checkedTitle(wordsOf(record.rows, methods));
  const lines = [theme.chanceLine()];
  if (record.rows.length === methods.length) lines.push({ shapes: [], annotations: [theme.oneRun()] });
  if (ceilings.blind !== undefined)
    lines.push(theme.ceilingLine({ y: ceilings.blind, label: "best that does not know the user" }));
  return {
    id: record.id,
    data: traces,
    layout: {
      ...theme.baseLayout({ title: said.title, subtitle: subtitleOf(record), legend: "none" }),
      xaxis: theme.axis("", {
        tickvals: methods.map((_, i) => i),
        ticktext: methods.map((m) => theme.wrapText(m, 18)),
        range: [-0.6, methods.length - 0.4],
        showgrid: false,
      }),
      yaxis: theme.accuracyAxis(),
      ...theme.marks(...lines),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** Whether every run of one method passes what nobody can pass without knowing the user, and no run of the others does. */
function wordsOf(rows: readonly RecordRow[], methods: readonly string[]): CheckedWords {
  const over = ({ accuracy, ceilings }: RecordRow): boolean => accuracy > (ceilings?.blind ?? Infinity);
  const of = (method: string): readonly RecordRow[] => rows.filter((row) => (row.method ?? "") === method);
  const passing = methods.filter((method) => of(method).every(over));
  const others = methods.filter((method) => !passing.includes(method));
  const holds = passing.length === 1 && others.every((method) => !of(method).some(over));
  const what = `Held-out accuracy of ${methods.join(", ")}, with chance and the best user-blind accuracy as lines`;
  const means = methods.map(
    (method) => `${method} ${mean(of(method).map((row) => row.accuracy)).toFixed(3)}`,
  );
  return {
    ...{ holds, otherwise: "Held-out accuracy by method, beside the best that does not know the user" },
    title: `Only ${passing[0] ?? ""} passes the best that does not know the user`,
    alt: `${what}: ${means.join(", ")}.`,
  };
}
