import type { FigureRecord } from "../core/index.js";
import type { Figure } from "./figure.js";
import * as theme from "./theme.js";

/** The statistic of the test, on the data and on data sets without persons; nats an answer. */
export interface ExploreTest {
  readonly gain: number;
  readonly nullGains: readonly number[];
  /** How the data sets without persons were made, in words. */
  readonly nulls: string;
}

/** Where the data's gain stands among those of data sets in which persons have vanished. */
export function exploreTest(record: FigureRecord<ExploreTest>): Figure {
  const { gain, nullGains, nulls } = record.extra ?? { gain: 0, nullGains: [], nulls: "" };
  const highestNull = Math.max(...nullGains);
  const highest = Math.max(gain, highestNull);
  const lowest = Math.min(gain, ...nullGains);
  const span = Math.max(highest - lowest, 1e-6);
  const nearRight = gain > lowest + span / 2;
  const beside = nearRight && highestNull < lowest + span / 2; // the bars leave room on their right
  return {
    id: record.id,
    data: [
      {
        ...{ type: "histogram", name: theme.plainText(nulls), x: [...nullGains] },
        xbins: { start: lowest, end: highest + span / 40, size: span / 40 },
        marker: { color: theme.rgba(theme.MUTED, 0.7) },
        hovertemplate: "%{y} data sets<extra></extra>",
      },
    ],
    layout: {
      ...theme.baseLayout({ title: record.claim, legend: "none", height: 360 }),
      xaxis: theme.axis("gain over one reward for all (nats a held-out answer)", {
        range: [lowest - span / 15, highest + span / 15],
      }),
      yaxis: theme.axis("data sets without persons", { rangemode: "tozero", tickformat: "d" }),
      shapes: [
        {
          type: "line",
          xref: "x",
          yref: "paper",
          x0: gain,
          x1: gain,
          y0: 0,
          y1: 1,
          line: { color: theme.prototypeColor(5), width: 2.5 },
        },
      ],
      annotations: [
        {
          ...{
            text: "this data",
            font: { size: 13, color: theme.prototypeColor(5) },
            showarrow: false,
            x: gain,
            xref: "x",
          },
          ...{
            y: 1,
            yref: "paper",
            yanchor: "top",
            xanchor: nearRight ? "right" : "left",
            xshift: nearRight ? -5 : 5,
          },
        },
        {
          ...{ text: theme.plainText(nulls), font: { size: 13, color: theme.MUTED }, showarrow: false },
          ...(beside ? { x: highestNull, xref: "x" } : { x: nearRight ? 0 : 1, xref: "paper" }),
          ...{ y: 1, yref: "paper", yanchor: "top", xanchor: nearRight ? "left" : "right" },
          ...{ xshift: beside ? 16 : nearRight ? 70 : -8, yshift: -22 },
        },
      ],
    },
    alt: `A histogram of the gains of ${nullGains.length} data sets without persons, and a line where this data's gain of ${gain.toFixed(4)} nats stands.`,
    record,
  };
}
