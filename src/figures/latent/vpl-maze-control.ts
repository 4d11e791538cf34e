import { checkIsRecord, tInterval, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { averageOf, colorOf, wholePercent } from "./latent-rows.js";

const MODELS = ["VPL", "Bradley-Terry"];
const LEAST_SUCCESS = 0.9;

/** Held-out accuracy beside how often the greedy policy of what was learned gets to the user's goal. */
export function vplMazeControl(record: FigureRecord): Figure {
  checkIsRecord("vplMazeControl: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const models = MODELS.filter((model) => record.rows.some((row) => row.method === model));
  const of = (model: string, value: (row: RecordRow) => number | undefined): readonly number[] =>
    record.rows.filter((row) => row.method === model).flatMap((row) => value(row) ?? []);
  const success = (model: string): number =>
    averageOf(
      record.rows.filter((row) => row.method === model),
      successOf,
    );
  const blind = averageOf(record.rows, (row) => row.ceilings?.blind);
  const oracle = averageOf(record.rows, (row) => row.ceilings?.oracle);
  const said = checkedTitle({
    holds: success("VPL") >= LEAST_SUCCESS && success("Bradley-Terry") < 0.6,
    title: `Following VPL's rewards reaches the user's goal in ${wholePercent(success("VPL"))} of starts, one reward for all in ${wholePercent(success("Bradley-Terry"))}`,
    alt: `Accuracy and success of control: ${models
      .map(
        (m) =>
          `${m} ${averageOf(
            record.rows.filter((row) => row.method === m),
            (row) => row.accuracy,
          ).toFixed(3)} and ${successWords(success(m))}`,
      )
      .join("; ")}.`,
    otherwise: "Held-out accuracy, and how often following the learned reward reaches the user's goal",
  });
  const { axes, annotations } = theme.panelAxes({
    titles: ["Held-out accuracy", "Starts from which the goal is reached"],
    xaxis: theme.axis("", {
      tickvals: models.map((_, i) => i),
      ticktext: [...models],
      range: [-0.6, models.length - 0.4],
      showgrid: false,
    }),
    yaxis: theme.axis("fraction", { range: [-0.03, 1.05], tickformat: ".1f" }),
  });
  const lines = theme.marks(
    theme.chanceLine({ side: "left" }),
    ...[
      { y: blind, label: "best that does not know the user" },
      { y: oracle, label: "knows the user" },
    ].flatMap((level) => (Number.isFinite(level.y) ? [theme.ceilingLine({ ...level, side: "left" })] : [])),
    theme.ceilingLine({ y: 1, label: "knows the goal", panel: 2, side: "left" }),
  );
  return {
    id: record.id,
    data: models.flatMap((model, i) => [
      ...points(
        of(model, (row) => row.accuracy),
        { model, i, panel: 1 },
      ),
      ...points(of(model, successOf), { model, i, panel: 2 }),
    ]),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "none",
      }),
      ...axes,
      shapes: lines.shapes,
      annotations: [...annotations, ...lines.annotations],
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

function successWords(success: number): string {
  return Number.isFinite(success) ? success.toFixed(3) : "not measured";
}

function successOf(row: RecordRow): number | undefined {
  return row.measures?.success;
}

/** Each run, and their mean with its interval. */
function points(
  values: readonly number[],
  { model, i, panel }: { readonly model: string; readonly i: number; readonly panel: number },
): PlotlyObject[] {
  if (values.length === 0) return [];
  const color = colorOf(model);
  const at = {
    xaxis: theme.axisOf("x", panel),
    yaxis: theme.axisOf("y", panel),
    type: "scatter",
    mode: "markers",
  };
  const { mean, high, n } = tInterval(values);
  const spread = values.map((_, run) => i + (n === 1 ? 0 : 0.3 * (run / (n - 1) - 0.5)));
  return [
    {
      ...at,
      x: spread,
      y: [...values],
      marker: { color: theme.rgba(color, 0.4), size: 6 },
      showlegend: false,
      hoverinfo: "skip",
    },
    {
      ...{ ...at, x: [i], y: [mean], showlegend: false, hovertemplate: `%{y:.3f}, n = ${n}<extra></extra>` },
      error_y: { type: "data", array: [high - mean], color, thickness: 2, width: 7 },
      marker: { color, size: 12, symbol: theme.symbolOf(i), line: { color: "#FFFFFF", width: 1 } },
    },
  ];
}
