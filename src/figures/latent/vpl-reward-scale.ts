import { checkIsRecord, tInterval, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { averageOf, wholePercent } from "./latent-rows.js";

const NONE = "none";

/** How often a policy fitted to all users at once gets to the user's goal, by how their rewards were scaled. */
export function vplRewardScale(record: FigureRecord): Figure {
  checkIsRecord("vplRewardScale: record", record);
  const { rows } = record;
  if (rows.length === 0) return emptyFigure(record);
  const scalings = [...new Set(rows.map(scalingOf))];
  const gains = scalings.filter((scaling) => scaling !== NONE).map((scaling) => gainOf(rows, scaling));
  const helped = gains.filter(({ low }) => low > 0);
  const average = (scaling: string, measure: string): number =>
    averageOf(
      rows.filter((row) => scalingOf(row) === scaling),
      (row) => row.measures?.[measure],
    );
  const success = (scaling: string): string => wholePercent(average(scaling, "success"));
  const words = scalings.map((scaling) => `${scaling} ${success(scaling)}`).join(", ");
  const said = checkedTitle({
    holds: helped.length > 0,
    title: `A fitted policy gets to the goal in ${helped.map(({ scaling }) => `${success(scaling)} by ${scaling}`).join(", ")}; without scaling in ${success(NONE)}`,
    alt: `Chance that a policy fitted offline gets to the user's goal: ${words}; over none by more than its interval: ${helped.map(({ scaling }) => scaling).join(", ")}.`,
    otherwise: `No scaling helps a fitted policy by more than its interval: ${words}`,
  });
  const lines = theme.marks(
    theme.ceilingLine({
      y: average(NONE, "tabular"),
      label: "value iteration on the rewards themselves",
      side: "left",
      place: "below",
    }),
    theme.chanceLine({ y: average(NONE, "random"), label: "random walk", side: "left" }),
  );
  return {
    id: record.id,
    data: scalings.flatMap((scaling, i) =>
      theme.intervalSeries({
        rows: rows.filter((row) => scalingOf(row) === scaling),
        name: scaling,
        color: theme.groupColor(i),
        symbol: theme.symbolOf(i),
        spread: 0.3,
        within: [0, 1],
        inLegend: false,
        x: () => i,
        y: (row) => row.measures?.success,
      }),
    ),
    layout: {
      ...theme.baseLayout({
        ...theme.ONE_PANEL,
        title: said.title,
        subtitle: subtitleOf(record),
        legend: "none",
      }),
      xaxis: theme.axis("rewards divided by, or turned into", {
        tickvals: scalings.map((_, i) => i),
        ticktext: scalings.map((scaling) => NAMES[scaling] ?? scaling),
        range: [-0.6, scalings.length - 0.4],
        showgrid: false,
      }),
      yaxis: theme.axis("chance to reach the user's goal", { range: [-0.03, 1.06], tickformat: ".1f" }),
      ...lines,
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

const NAMES: { readonly [scaling: string]: string } = {
  none: "nothing",
  "batch norm": "mean of the latent<br>(batch norm)",
  "max norm": "largest of all<br>(max norm)",
  SPO: "chance to win<br>(SPO)",
  "SPO classifier": "a classifier's<br>(SPO)",
};

/** How much more often a scaling succeeds than none, run by run, with its 95 % interval. */
function gainOf(
  rows: readonly RecordRow[],
  scaling: string,
): { readonly scaling: string; readonly low: number } {
  const differences = rows.flatMap((row) => {
    if (scalingOf(row) !== scaling) return [];
    const beside = rows.find((other) => other.seed === row.seed && scalingOf(other) === NONE);
    return [(row.measures?.success ?? NaN) - (beside?.measures?.success ?? NaN)];
  });
  const { low, n } = tInterval(differences);
  return { scaling, low: n > 1 ? low : NaN };
}

function scalingOf(row: RecordRow): string {
  return String(row.settings?.scaling ?? "");
}
