import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { averageOf } from "./latent-rows.js";

/** True rewards of the kinds along the places of a record's curves. */
export interface DidacticTruth {
  /** Places from 0 to 1, shape [n]. */
  readonly places: readonly number[];
  /** Reward of each kind at each place, [M][n]. */
  readonly rewards: readonly (readonly number[])[];
}

const MODELS = ["Bradley-Terry", "VPL", "PAL-A"];
const LEAST_CORRELATION = 0.97;

/** Learned rewards of each kind's users over the true ones, one panel for each model; where they are largest they are 0. */
export function vplDidactic(record: FigureRecord<DidacticTruth>): Figure {
  checkIsRecord("vplDidactic: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const { places = [], rewards = [] } = record.extra ?? {};
  const shown = record.rows.filter((row) => row.series !== undefined);
  if (shown.length === 0) return emptyFigure(record, "no row has learned rewards");
  const models = MODELS.filter((model) => shown.some((row) => row.method === model));
  const correlation = (model: string): number =>
    averageOf(
      shown.filter((row) => row.method === model),
      (row) => row.measures?.correlation,
    );
  const holds = correlation("VPL") >= LEAST_CORRELATION && correlation("Bradley-Terry") < 0.8;
  const words = models.map((model) => `${model} ${correlation(model).toFixed(3)}`).join(", ");
  const said = checkedTitle({
    holds,
    title: "One reward averages what people want; VPL finds each kind's own",
    alt: `Rewards along the line, learned over true, for ${models.join(", ")}; correlation with the true rewards: ${words}.`,
    otherwise: "Learned rewards of each kind of users, over the true ones",
  });
  const { axes, annotations } = theme.panelAxes({
    titles: models.map((model) => `${model}: r = ${correlation(model).toFixed(2)}`),
    xaxis: theme.axis("x", { range: [0, 1], tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1] }),
    yaxis: theme.axis("reward less its largest value", { range: [-12, 0.8] }),
  });
  return {
    id: record.id,
    data: models.flatMap((model, panel) => [
      ...rewards.map((truth, kind) => line(places, truth, { kind, panel, isTruth: true })),
      ...shown
        .filter((row) => row.method === model)
        .flatMap((row) =>
          Object.values(row.series ?? {}).map((curve, kind) =>
            line(places, curve, { kind, panel, isTruth: false }),
          ),
        ),
    ]),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "below",
      }),
      ...axes,
      annotations,
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

function line(
  places: readonly number[],
  values: readonly number[],
  { kind, panel, isTruth }: { readonly kind: number; readonly panel: number; readonly isTruth: boolean },
): PlotlyObject {
  const top = Math.max(...values);
  const color = theme.prototypeColor(kind);
  return {
    ...{ type: "scatter", mode: "lines", x: [...places], y: values.map((value) => value - top) },
    xaxis: theme.axisOf("x", panel + 1),
    yaxis: theme.axisOf("y", panel + 1),
    line: isTruth ? { color, width: 1.6, dash: "dot" } : { color: theme.rgba(color, 0.65), width: 2 },
    name: isTruth ? `kind ${kind + 1}, true (dotted) and learned` : `kind ${kind + 1}`,
    legendgroup: `kind ${kind}`,
    showlegend: isTruth && panel === 0,
    hovertemplate: `kind ${kind + 1}, x = %{x:.2f}: %{y:.2f}<extra>${isTruth ? "true" : "learned"}</extra>`,
  };
}
