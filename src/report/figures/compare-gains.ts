import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure, theme, type Figure } from "../../figures/index.js";

/** What families gain over the best that knows no users, in nats an answer. */
export interface CompareGains {
  readonly families: readonly {
    readonly name: string;
    /** Of each kind of users, in the order of `of`. */
    readonly gains: readonly { readonly mean: number; readonly low: number; readonly high: number }[];
  }[];
  /** What each gain is of. */
  readonly of: readonly string[];
  readonly blind: string;
}

const ROW = 40;
const COLUMNS = 30;

/** A line for each family: its gains, with their intervals, to the right or to the left of who knows no users. */
export function compareGains(record: FigureRecord<CompareGains>): Figure {
  checkIsRecord("compareGains: record", record);
  const { families, of, blind } = record.extra ?? { families: [], of: [], blind: "" };
  if (families.length === 0) return emptyFigure(record, "no family that knows users could be fitted");
  const all = families.flatMap(({ gains }) => gains);
  const [lowest, highest] = [
    Math.min(0, ...all.map(({ low }) => low)),
    Math.max(0, ...all.map(({ high }) => high)),
  ];
  const span = Math.max(highest - lowest, 1e-6);
  const rows = families.map((_, i) => families.length - 1 - i);
  const base = theme.baseLayout({
    ...{ width: 860, height: 170 + ROW * families.length, title: record.claim, legend: "below" },
  });
  const margin = base.margin as { readonly t: number; readonly b: number };
  return {
    id: record.id,
    data: of.map((name, g) => {
      const color = theme.groupColor(g);
      const own = families.map(({ gains }) => gains[g]);
      const shift = of.length === 1 ? 0 : 0.15 - (0.3 * g) / (of.length - 1);
      return {
        ...{ type: "scatter", mode: "markers", name, showlegend: true },
        x: own.map(({ mean }) => mean),
        y: rows.map((row) => row + shift),
        error_x: {
          ...{ type: "data", symmetric: false, color, thickness: 1.5, width: 4 },
          array: own.map(({ mean, high }) => high - mean),
          arrayminus: own.map(({ mean, low }) => mean - low),
        },
        marker: { color, size: 9, symbol: g === 0 ? "circle" : "diamond" },
        hovertemplate: "%{x:.4f} nats an answer<extra></extra>",
      };
    }),
    layout: {
      ...base,
      margin: { l: 250, r: 24, t: margin.t, b: margin.b + 10 },
      shapes: [
        {
          ...{ type: "line", layer: "below", xref: "x", yref: "paper", y0: 0, y1: 1 },
          ...{ x0: 0, x1: 0, line: { color: theme.INK, width: 1.5, dash: "dot" } },
        },
      ],
      xaxis: theme.axis(`nats an answer over ${blind}`, {
        range: [lowest - 0.04 * span, highest + 0.04 * span],
      }),
      yaxis: theme.axis("", {
        ...{ tickvals: rows, range: [-0.6, families.length - 0.4] },
        ticktext: families.map(({ name }) =>
          theme
            .breakLines(name, COLUMNS)
            .map((line) => theme.plainText(line))
            .join("<br>"),
        ),
        ...{ automargin: false, ticks: "", tickfont: { size: 12 } },
      }),
    },
    alt: `${families.length} families by what they gain over ${blind}, ${of.join(" and ")}; ${families[0].name} is first with ${families[0].gains.map(({ mean }) => mean.toFixed(3)).join(" and ")} nats an answer.`,
    record,
  };
}
