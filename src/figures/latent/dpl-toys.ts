import { checkIsRecord, mean, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { averageOf } from "./latent-rows.js";

const MODELS = ["Bradley-Terry", "DPL mean-variance", "DPL categorical"];
const TOYS = ["1-D", "2-D"];
/** A learned utility is called the one of two that it is correlated with at least so well. */
const LEAST = 0.95;

/**
 * Learned utilities of DPL's two toys over expected utility and Borda count, a row for each toy: in one dimension all places, in two those with y = 0.6.
 * Learned ones are brought to the scale of the Borda count by least squares: comparisons say nothing of scale and origin. r: correlation with it.
 */
export function dplToys(record: FigureRecord): Figure {
  checkIsRecord("dplToys: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const at = (toy: string, model: string): readonly RecordRow[] =>
    record.rows.filter((row) => row.settings?.toy === toy && row.method === model);
  const measured = (toy: string, model: string, name: string): number =>
    averageOf(at(toy, model), (row) => row.measures?.[name]);
  const one = (toy: string, name: string): number => measured(toy, "Bradley-Terry", name);
  const spreads = MODELS.slice(1).map((model) => TOYS.map((toy) => measured(toy, model, "deviation")));
  const said = checkedTitle({
    holds: TOYS.every((toy) => one(toy, "borda") >= LEAST && one(toy, "expected") < one(toy, "borda") - 0.1),
    title: "One reward learns how often an alternative wins, not what it is worth on average",
    alt: `Learned utilities of two toys. Correlation of one reward with the Borda count ${TOYS.map((toy) => words(one(toy, "borda"))).join(" and ")}, with the expected utility ${TOYS.map((toy) => words(one(toy, "expected"))).join(" and ")}; of DPL's deviations with the true ones: ${MODELS.slice(
      1,
    )
      .map((model, i) => `${model} ${spreads[i].map(words).join(" and ")}`)
      .join(", ")}.`,
    otherwise: "Learned utilities of DPL's two toys, over expected utility and Borda count",
  });
  const panels = TOYS.flatMap((toy, row) => MODELS.map((model, column) => ({ toy, model, row, column })));
  const axes: Record<string, PlotlyObject> = {};
  panels.forEach(({ row, column }, i) => {
    const suffix = i === 0 ? "" : String(i + 1);
    const [x, y] = [theme.axisOf("x", i + 1), theme.axisOf("y", i + 1)];
    axes[`xaxis${suffix}`] = theme.axis(row === 0 ? "a" : "x, at y = 0.6", {
      ...{ range: [0, 1], domain: theme.panelDomain(column, MODELS.length), anchor: y },
    });
    axes[`yaxis${suffix}`] = theme.axis(column === 0 ? "utility" : "", {
      ...{ range: [-0.25, 1.25], domain: ROWS[row], anchor: x, showticklabels: column === 0 },
    });
  });
  return {
    id: record.id,
    data: panels.flatMap(({ toy, model }, i) => traces(at(toy, model), i)),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        height: 720,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "below",
      }),
      ...axes,
      annotations: [
        ...MODELS.map((model, i) => theme.panelTitle(model, theme.panelDomain(i, MODELS.length))),
        ...panels.map(({ toy, model }, i) => ({
          ...{ text: `r = ${words(measured(toy, model, "borda"))}`, font: { size: 12, color: theme.INK } },
          ...{ xref: `${theme.axisOf("x", i + 1)} domain`, yref: `${theme.axisOf("y", i + 1)} domain` },
          ...{ x: 0.03, y: 0.98, xanchor: "left", yanchor: "top", showarrow: false },
        })),
      ],
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

function words(correlation: number): string {
  return Number.isFinite(correlation) ? correlation.toFixed(2) : "not measured";
}

const ROWS = [
  [0.58, 1],
  [0, 0.42],
];

/** The true curves, then each run's learned one with its deviation around it. */
function traces(rows: readonly RecordRow[], panel: number): PlotlyObject[] {
  const known = rows[0]?.series ?? {};
  const axes = { xaxis: theme.axisOf("x", panel + 1), yaxis: theme.axisOf("y", panel + 1) };
  const line = (y: readonly number[], name: string, style: PlotlyObject): PlotlyObject => ({
    ...{ type: "scatter", mode: "lines", x: y.map((_, i) => i / (y.length - 1)), y: [...y], ...axes },
    ...{
      name,
      legendgroup: name,
      showlegend: false,
      line: style,
      hovertemplate: `%{y:.2f}<extra>${name}</extra>`,
    },
  });
  const inLegend = { showlegend: panel === 1 };
  return [
    ...rows.flatMap((row, run) => {
      const { learned = [], deviation, borda = [] } = row.series ?? {};
      const { slope, origin } = bestLine(learned, borda);
      const y = learned.map((value) => origin + slope * value);
      const color = theme.groupColor(0);
      const edge = (sign: number): PlotlyObject =>
        line(
          y.map((value, i) => value + sign * Math.abs(slope) * (deviation?.[i] ?? 0)),
          "learned, one deviation beside it",
          { color: theme.rgba(color, 0.45), width: 1 },
        );
      const edges = deviation === undefined ? [] : [edge(-1), { ...edge(1), ...(run === 0 ? inLegend : {}) }];
      return [...edges, { ...line(y, "learned", { color, width: 2 }), ...(run === 0 ? inLegend : {}) }];
    }),
    {
      ...line(known.expected ?? [], "expected utility", { color: theme.INK, width: 1.6, dash: "dot" }),
      ...inLegend,
    },
    {
      ...line(known.borda ?? [], "Borda count: how often it wins", {
        color: theme.INK,
        width: 1.6,
        dash: "dash",
      }),
      ...inLegend,
    },
  ];
}

/** y ~ origin + slope x by least squares. */
function bestLine(
  x: readonly number[],
  y: readonly number[],
): { readonly slope: number; readonly origin: number } {
  const [mx, my] = [x, y].map((values) => (values.length === 0 ? NaN : mean(values)));
  const xy = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  const xx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  const slope = xx === 0 ? 0 : xy / xx;
  return { slope, origin: my - slope * mx };
}
