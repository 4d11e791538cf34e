import type { FigureRecord } from "../core/index.js";
import type { Figure, PlotlyObject } from "./figure.js";
import * as theme from "./theme.js";

/** The part of p-values that is at most x, for homogeneous populations (on the diagonal where the test is calibrated) and for two groups (power). */
export function heterogeneityTestCalibration(record: FigureRecord): Figure {
  const kStars = [...new Set(record.rows.map((row) => row.kStar ?? 1))].sort((a, b) => a - b);
  const lines = kStars.map((kStar, i): PlotlyObject => {
    const p = record.rows
      .flatMap((row) => (row.kStar === kStar ? (row.pValue ?? []) : []))
      .sort((a, b) => a - b);
    const values = [...new Set(p)];
    const color = theme.kStarColor(kStar);
    return {
      ...{
        type: "scatter",
        mode: "lines+markers",
        line: { color, width: 2, shape: "hv", dash: theme.dashOf(i) },
        marker: { color, size: 5, symbol: theme.symbolOf(i) },
      },
      name: kStar === 1 ? `homogeneous, ${p.length} populations` : `${kStar} groups, ${p.length} populations`,
      x: [0, ...values, 1],
      y: [0, ...values.map((value) => p.filter((each) => each <= value).length / p.length), 1],
      hovertemplate: "p ≤ %{x:.2f} in %{y:.2f} of populations<extra></extra>",
    };
  });
  return {
    id: record.id,
    data: [
      ...lines,
      {
        type: "scatter",
        mode: "lines",
        x: [0, 1],
        y: [0, 1],
        name: "calibrated",
        line: { color: theme.MUTED, width: 1.4, dash: "dot" },
        hoverinfo: "skip",
      },
    ],
    layout: {
      ...theme.baseLayout({ title: record.claim, legend: "below", height: 480, legendRows: 2 }),
      xaxis: theme.axis("p-value of the test", { range: [-0.01, 1.01], tickformat: ".2f" }),
      yaxis: theme.axis("fraction of populations with p at most this", {
        range: [-0.01, 1.03],
        tickformat: ".1f",
      }),
    },
    alt: "Cumulative distributions of p-values: along the diagonal for homogeneous populations, at 1 from the smallest p-value on for two groups.",
    record,
  };
}
