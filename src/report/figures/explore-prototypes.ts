import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure, subtitleOf, theme, type Figure } from "../../figures/index.js";

/** Held-out log-likelihood of each K. */
export interface ExplorePrototypes {
  readonly candidates: readonly {
    readonly k: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly chosen: number;
}

/** How well K types predict held-out answers: nats an answer with intervals over users, the chosen K marked. */
export function explorePrototypes(record: FigureRecord<ExplorePrototypes>): Figure {
  checkIsRecord("explorePrototypes: record", record);
  const { candidates, chosen } = record.extra ?? { candidates: [], chosen: 1 };
  if (candidates.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const color = theme.INK;
  const lowest = Math.min(...candidates.map(({ low }) => low), -Math.LN2);
  const highest = Math.max(...candidates.map(({ high }) => high), -Math.LN2);
  const span = Math.max(highest - lowest, 1e-6);
  const marks = theme.marks(
    theme.chanceLine({ y: -Math.LN2, label: "chance (ln 1/2)" }),
    theme.chosenLine({ x: chosen, label: `chosen: K = ${chosen}`, place: "bottom" }),
  );
  return {
    id: record.id,
    data: [
      {
        ...{ type: "scatter", mode: "lines+markers", showlegend: false, line: { color, width: 2 } },
        x: candidates.map(({ k }) => k),
        y: candidates.map(({ mean }) => mean),
        error_y: {
          ...{ type: "data", symmetric: false, color, thickness: 1.5, width: 5 },
          array: candidates.map(({ mean, high }) => high - mean),
          arrayminus: candidates.map(({ mean, low }) => mean - low),
        },
        marker: { color, size: 9 },
        hovertemplate: "K = %{x}: %{y:.4f} nats an answer<extra></extra>",
      },
    ],
    layout: {
      ...theme.baseLayout({ title: record.claim, subtitle: subtitleOf(record), legend: "none" }),
      ...marks,
      xaxis: theme.countAxis(
        "types or prototypes, K",
        candidates.map(({ k }) => k),
      ),
      yaxis: theme.axis("held-out log-likelihood (nats an answer)", {
        range: [lowest - 0.06 * span, highest + 0.08 * span],
      }),
    },
    alt: `Held-out log-likelihood against the number of prototypes K, with intervals over users; K = ${chosen} is chosen.`,
    record,
  };
}
