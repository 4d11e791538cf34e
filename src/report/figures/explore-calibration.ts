import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure, subtitleOf, theme, type Figure } from "../../figures/index.js";

/** Probabilities in tenths, and what came. */
export interface ExploreCalibration {
  readonly bins: readonly {
    readonly predicted: number;
    readonly observed: number;
    readonly answers: number;
    readonly independent?: number;
  }[];
  /** The answer whose probability is meant: "agree", "the second is preferred". */
  readonly answer: string;
}

/** Whether probabilities of held-out answers mean what they say: on the diagonal they do. */
export function exploreCalibration(record: FigureRecord<ExploreCalibration>): Figure {
  checkIsRecord("exploreCalibration: record", record);
  const { bins, answer } = record.extra ?? { bins: [], answer: "" };
  if (bins.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const color = theme.INK;
  const half = ({ observed, answers, independent: n = answers }: (typeof bins)[number]): number =>
    1.96 * Math.sqrt(Math.max(observed * (1 - observed), 0.25 / n) / n);
  return {
    id: record.id,
    data: [
      {
        ...{
          type: "scatter",
          mode: "lines",
          x: [0, 1],
          y: [0, 1],
          name: "perfect",
          line: { color: theme.MUTED, width: 1.4, dash: "dot" },
        },
        hoverinfo: "skip",
      },
      {
        ...{
          type: "scatter",
          mode: "lines+markers",
          name: "tenths of the answers",
          line: { color, width: 2 },
          marker: { color, size: 8 },
        },
        x: bins.map(({ predicted }) => predicted),
        y: bins.map(({ observed }) => observed),
        error_y: {
          ...{ type: "data", symmetric: false, color, thickness: 1.2, width: 4 },
          array: bins.map((bin) => Math.min(half(bin), 1 - bin.observed)),
          arrayminus: bins.map((bin) => Math.min(half(bin), bin.observed)),
        },
        hovertemplate: "predicted %{x:.2f}, observed %{y:.2f}<extra></extra>",
      },
    ],
    layout: {
      ...theme.baseLayout({
        title: record.claim,
        subtitle: subtitleOf(record),
        width: 620,
        height: 480,
        legend: "below",
      }),
      xaxis: theme.axis(`predicted P(${answer})`, { range: [-0.02, 1.02], tickformat: ".1f" }),
      yaxis: theme.axis(`observed share: ${answer}`, { range: [-0.02, 1.02], tickformat: ".1f" }),
    },
    alt: "Observed fractions against predicted probabilities for tenths of the held-out answers, with 95 % intervals, beside the diagonal.",
    record,
  };
}
