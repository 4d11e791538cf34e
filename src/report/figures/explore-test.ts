import { checkIsRecord, nullPValue, type FigureRecord } from "../../core/index.js";
import { emptyFigure, subtitleOf, theme, type Figure } from "../../figures/index.js";
import { pWords } from "../words/index.js";

/** The statistic of a test, on the data and on data sets in which users do not differ. */
export interface ExploreTest {
  readonly statistic: number;
  readonly nullStatistics: readonly number[];
  /** How those data sets were made, in words. */
  readonly nulls: string;
  /** What the statistic is, with its unit. */
  readonly measure: string;
}

/** Where the data's statistic stands in its null distribution, and by which p: a twentieth of it is the most for users to differ. */
export function exploreTest(record: FigureRecord<ExploreTest>): Figure {
  checkIsRecord("exploreTest: record", record);
  const {
    statistic: gain,
    nullStatistics,
    nulls,
    measure,
  } = record.extra ?? { statistic: 0, nullStatistics: [], nulls: "", measure: "" };
  if (nullStatistics.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const highestNull = Math.max(...nullStatistics);
  const highest = Math.max(gain, highestNull);
  const lowest = Math.min(gain, ...nullStatistics);
  const span = Math.max(highest - lowest, 1e-6);
  const nearRight = gain > lowest + span / 2;
  const beside = nearRight && highestNull < lowest + span / 2; // the bars leave room on their right
  const draws = nullStatistics.length;
  const p = nullPValue(gain, nullStatistics);
  const claim = `${p <= 0.05 ? "Users differ" : "No difference between users is shown"}: score test, ${pWords(p, draws)}`;
  return {
    id: record.id,
    data: [
      {
        ...{ type: "histogram", name: theme.plainText(nulls), x: [...nullStatistics] },
        xbins: { start: lowest, end: highest + span / 40, size: span / 40 },
        marker: { color: theme.rgba(theme.MUTED, 0.7) },
        hovertemplate: "%{y} data sets<extra></extra>",
      },
    ],
    layout: {
      ...theme.baseLayout({ title: claim, subtitle: subtitleOf(record), legend: "none", height: 360 }),
      xaxis: theme.axis(measure, {
        range: [lowest - span / 15, highest + span / 15],
      }),
      yaxis: theme.axis("data sets of the null distribution", { rangemode: "tozero", tickformat: "d" }),
      shapes: [
        {
          type: "line",
          xref: "x",
          yref: "paper",
          x0: gain,
          x1: gain,
          y0: 0,
          y1: 1,
          line: { color: theme.INK, width: 2.5 },
        },
      ],
      annotations: [
        {
          ...{
            text: "this data",
            font: { size: 13, color: theme.INK },
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
    alt: `A histogram of the null distribution over ${draws} data sets, and a line where this data stands, at ${gain.toFixed(3)}.`,
    record: { ...record, claim },
  };
}
