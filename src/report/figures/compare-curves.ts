import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure, theme, type Figure, type PlotlyObject } from "../../figures/index.js";

/** How well new users are predicted, by how many answers they gave. */
export interface CompareCurves {
  readonly given: readonly number[];
  readonly curves: readonly {
    readonly name: string;
    /** `shown`: in colour; `beside`: in grey; `ceiling`: the first dotted, others dashed. */
    readonly look: "shown" | "beside" | "ceiling";
    readonly means: readonly number[];
    readonly lows: readonly number[];
    readonly highs: readonly number[];
  }[];
}

/** A line for each predictor over the numbers of answers, which stand side by side. */
export function compareCurves(record: FigureRecord<CompareCurves>): Figure {
  checkIsRecord("compareCurves: record", record);
  const { given, curves } = record.extra ?? { given: [], curves: [] };
  if (curves.length === 0 || given.length === 0) return emptyFigure(record, "new users gave no answers");
  const shown = curves.filter(({ look }) => look === "shown");
  const ceilings = curves.filter(({ look }) => look === "ceiling");
  const places = given.map((_, i) => i);
  const lineOf = (curve: (typeof curves)[number]): PlotlyObject => {
    const at = shown.indexOf(curve);
    const color =
      curve.look === "shown" ? theme.groupColor(at) : curve.look === "ceiling" ? theme.INK : theme.GRID;
    const shift = at < 0 ? 0 : 0.02 * (at - (shown.length - 1) / 2);
    const bars = {
      error_y: {
        ...{ type: "data", symmetric: false, color, thickness: 1.2, width: 3 },
        array: curve.highs.map((high, i) => high - curve.means[i]),
        arrayminus: curve.lows.map((low, i) => curve.means[i] - low),
      },
    };
    return {
      ...{
        type: "scatter",
        mode: curve.look === "shown" ? "lines+markers" : "lines",
        name: theme.plainText(curve.name),
      },
      ...{ x: places.map((place) => place + shift), y: curve.means, showlegend: curve.look !== "beside" },
      line: {
        color,
        width: curve.look === "beside" ? 1 : 2,
        dash: curve.look === "ceiling" ? (curve === ceilings[0] ? "dot" : "dash") : "solid",
      },
      ...(curve.look === "shown" ? { marker: { color, size: 8, symbol: theme.symbolOf(at) }, ...bars } : {}),
      hovertemplate: "%{y:.3f}<extra></extra>",
    };
  };
  // those in grey below the others
  const inTurn = ["beside", "ceiling", "shown"].flatMap((look) =>
    curves.filter((curve) => curve.look === look),
  );
  return {
    id: record.id,
    data: inTurn.map(lineOf),
    layout: {
      ...theme.baseLayout({ width: 860, height: 460, title: record.claim, legend: "right" }),
      xaxis: theme.axis("answers that a new user gave", {
        tickvals: places,
        ticktext: given.map(String),
        range: [-0.3, given.length - 0.7],
      }),
      yaxis: theme.axis("log-likelihood (nats an answer)"),
    },
    alt: `Log-likelihood of new users' answers by how many they gave, ${given.join(", ")}: ${shown.map(({ name, means }) => `${name} from ${means[0].toFixed(3)} to ${means[means.length - 1].toFixed(3)}`).join("; ")}.`,
    record,
  };
}
