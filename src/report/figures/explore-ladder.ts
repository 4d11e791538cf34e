import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure, subtitleOf, theme, type Figure } from "../../figures/index.js";

/** Methods on the same held-out answers. */
export interface ExploreLadder {
  readonly methods: readonly {
    readonly name: string;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    /** The one that was chosen in validation. */
    readonly isBest: boolean;
  }[];
}

const ROW = 34;
const COLUMNS = 34;

/** A line for each method: held-out log-likelihood with its interval, from chance upwards. */
export function exploreLadder(record: FigureRecord<ExploreLadder>): Figure {
  checkIsRecord("exploreLadder: record", record);
  const { methods } = record.extra ?? { methods: [] };
  if (methods.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const rows = methods.map((_, i) => methods.length - 1 - i);
  const lowest = Math.min(...methods.map(({ low }) => low), -Math.LN2);
  const highest = Math.max(...methods.map(({ high }) => high), -Math.LN2);
  const span = Math.max(highest - lowest, 1e-6);
  const base = theme.baseLayout({
    width: 860,
    height: 130 + ROW * methods.length,
    title: record.claim,
    subtitle: subtitleOf(record),
    legend: "none",
  });
  const [usual, chosen] = [theme.MUTED, theme.INK];
  const best = methods.find(({ isBest }) => isBest);
  return {
    id: record.id,
    data: [true, false].map((isBest) => {
      const own = methods.flatMap((method, i) =>
        method.isBest === isBest ? [{ ...method, row: rows[i] }] : [],
      );
      const color = isBest ? chosen : usual;
      return {
        ...{ type: "scatter", mode: "markers", showlegend: false },
        x: own.map(({ mean }) => mean),
        y: own.map(({ row }) => row),
        error_x: {
          ...{ type: "data", symmetric: false, color, thickness: 1.5, width: 5 },
          array: own.map(({ mean, high }) => high - mean),
          arrayminus: own.map(({ mean, low }) => mean - low),
        },
        marker: { color, size: isBest ? 11 : 8, symbol: isBest ? "diamond" : "circle" },
        hovertemplate: "%{x:.4f} nats an answer<extra></extra>",
      };
    }),
    layout: {
      ...base,
      margin: { l: 280, r: 24, t: (base.margin as { t: number }).t, b: 64 },
      shapes: [
        {
          ...{ type: "line", layer: "below", xref: "x", yref: "paper", y0: 0, y1: 1 },
          ...{ x0: -Math.LN2, x1: -Math.LN2, line: { color: theme.MUTED, width: 1.5, dash: "dot" } },
        },
      ],
      xaxis: theme.axis("held-out log-likelihood (nats an answer)", {
        range: [lowest - 0.04 * span, highest + 0.04 * span],
      }),
      yaxis: theme.axis("", {
        ...{ tickvals: rows, range: [-0.6, methods.length - 0.4] },
        ticktext: methods.map(({ name, isBest }) => {
          const lines = theme.breakLines(name, COLUMNS).map((line) => theme.plainText(line));
          return isBest ? `<b>${lines.join("<br>")}</b>` : lines.join("<br>");
        }),
        ...{ automargin: false, ticks: "", tickfont: { size: 12 } },
      }),
    },
    alt: `${methods.length} methods by held-out log-likelihood, with intervals over users${best === undefined ? "" : `; ${best.name}, chosen in validation, has ${best.mean.toFixed(4)} nats an answer`}.`,
    record,
  };
}
