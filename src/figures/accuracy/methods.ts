import { checkIsRecord, type FigureRecord, tInterval } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import * as theme from "../theme/index.js";

/** Accuracy of several methods side by side: every run a point, the mean with its interval, chance and ceilings as lines. */
export function methodComparison(record: FigureRecord): Figure {
  checkIsRecord("methodComparison: record", record);
  const methods = [...new Set(record.rows.map((row) => row.method ?? ""))];
  const ceilings = record.rows[0]?.ceilings ?? {};
  const traces = methods.flatMap((method, i): PlotlyObject[] => {
    const rows = record.rows.filter((row) => row.method === method);
    const color = theme.prototypeColor(i);
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
  const lines = [theme.chanceLine()];
  if (ceilings.blind !== undefined)
    lines.push(theme.ceilingLine({ y: ceilings.blind, label: "best that does not know the user" }));
  return {
    id: record.id,
    data: traces,
    layout: {
      ...theme.baseLayout({ title: record.claim, legend: "none" }),
      xaxis: theme.axis("", {
        tickvals: methods.map((_, i) => i),
        ticktext: methods.map((m) => theme.wrapText(m, 18)),
        range: [-0.6, methods.length - 0.4],
        showgrid: false,
      }),
      yaxis: theme.accuracyAxis(),
      ...theme.marks(...lines),
    },
    alt: `Held-out accuracy of ${methods.join(", ")}, with chance and the best user-blind accuracy as lines.`,
    record,
  };
}
