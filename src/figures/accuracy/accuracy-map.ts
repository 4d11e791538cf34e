import { mean, valuesIn, type FigureRecord, type RecordRow } from "../../core/index.js";
import { meanOf, withClaim, type SaidTitle } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { heatTrace } from "../heat-trace.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import type { RuleForK } from "./accuracy-lines.js";

/** Rows that share a panel. */
export interface AccuracyPanel {
  readonly title: string;
  readonly rows: readonly RecordRow[];
}

/** Accuracy that is white; 1 is the full colour. */
const LOWEST = 0.5;
/** From here on text is white. */
const DARK = 0.93;

/**
 * Accuracies by K of the model (columns) and true K* (rows), a panel for each setting: where lines would all lie at 1, numbers can still be read. The
 * first column is the best user-blind accuracy; the chosen K of each row is framed.
 */
export function accuracyMap(
  record: FigureRecord,
  { panels, chosen, ...said }: SaidTitle & { panels: readonly AccuracyPanel[]; chosen?: RuleForK },
): Figure {
  const rows = panels.flatMap((panel) => panel.rows);
  const [ks, kStars] = [valuesIn(rows, "k"), valuesIn(rows, "kStar")];
  if (ks.length === 0 || kStars.length === 0) return emptyFigure(record);
  const columns = ["blind", ...ks.map(String)];
  const place = { ks, kStars };
  const { axes, annotations } = theme.panelAxes({
    titles: panels.map(({ title }) => title),
    xaxis: theme.axis("prototypes of the model, K", {
      ...{ tickvals: columns.map((_, x) => x), ticktext: columns },
      ...{ range: [-0.5, columns.length - 0.5], showgrid: false, ticks: "" },
    }),
    yaxis: theme.axis("true K*", {
      ...{ tickvals: kStars.map((_, y) => y), ticktext: kStars.map(String) },
      ...{ range: [-0.5, kStars.length - 0.5], showgrid: false, ticks: "" },
    }),
  });
  const drawn = panels.map((panel, i) => cellsOf(panel.rows, place, i + 1));
  const frames = panels.flatMap((panel, i) =>
    chosen === undefined ? [] : framesOf(panel, place, chosen, i + 1),
  );
  return {
    id: record.id,
    data: [...drawn.map(({ trace }) => trace), ...(frames.length === 0 ? [] : [frameKey()])],
    layout: {
      ...theme.baseLayout({
        ...{ width: theme.WIDE.width, height: 190 + 56 * kStars.length, panels: true },
        ...{
          title: said.title,
          subtitle: subtitleOf(record),
          legend: frames.length === 0 ? "none" : "below",
        },
      }),
      ...axes,
      shapes: frames,
      annotations: [
        ...annotations,
        ...drawn.flatMap(({ texts }) => texts),
        ...(drawn.some(({ isOfSeveral }) => isOfSeveral) ? [] : [theme.oneRun()]),
      ],
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

interface Place {
  readonly ks: readonly number[];
  readonly kStars: readonly number[];
}

function cellsOf(
  rows: readonly RecordRow[],
  { ks, kStars }: Place,
  panel: number,
): { trace: PlotlyObject; texts: PlotlyObject[]; isOfSeveral: boolean } {
  const axes = { xaxis: theme.axisOf("x", panel), yaxis: theme.axisOf("y", panel) };
  const cells = kStars.map((kStar) => [blindOf(rows, kStar), ...ks.map((k) => cellOf(rows, k, kStar))]);
  return {
    isOfSeveral: cells.some((row) => row.some(({ half }) => half !== undefined)),
    trace: heatTrace(theme.prototypeColor(0), {
      ...{ ...axes, x: cells[0].map((_, x) => x), y: kStars.map((_, y) => y) },
      z: cells.map((row) => row.map(({ value }) => (Number.isNaN(value) ? null : value))),
      customdata: cells.map((row) => row.map(({ about }) => about)),
      ...{ zmin: LOWEST, zmax: 1, xgap: 2, ygap: 2 },
      hovertemplate: "%{customdata}<extra></extra>",
    }),
    texts: cells.flatMap((row, y) =>
      row.flatMap(({ value, half }, x) =>
        Number.isNaN(value)
          ? []
          : {
              ...{ x, y, xref: axes.xaxis, yref: axes.yaxis, showarrow: false },
              text: `<b>${value.toFixed(3)}</b>${half === undefined ? "" : `<br>±${half.toFixed(3).replace(/^0/, "")}`}`,
              font: { size: 12, color: value > DARK ? "#FFFFFF" : theme.INK },
            },
      ),
    ),
  };
}

interface Cell {
  readonly value: number;
  /** Half of the 95 % interval over the runs. */
  readonly half?: number;
  readonly about: string;
}

function cellOf(rows: readonly RecordRow[], k: number, kStar: number): Cell {
  const [found] = theme.summarise(
    rows.filter((row) => row.k === k && row.kStar === kStar),
    () => 0,
  );
  const where = `K* = ${kStar}, K = ${k}`;
  if (found === undefined) return { value: NaN, about: `${where}: not run` };
  const { mean: value, low, high, n } = found.interval;
  if (n === 1) return { value, about: `${where}: ${value.toFixed(3)}, one run` };
  const interval = `95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}, n = ${n}`;
  return { value, half: high - value, about: `${where}: ${value.toFixed(3)}, ${interval}` };
}

function blindOf(rows: readonly RecordRow[], kStar: number): Cell {
  const known = rows.flatMap((row) => (row.kStar === kStar ? (row.ceilings?.blind ?? []) : []));
  const value = known.length === 0 ? NaN : mean(known);
  return { value, about: `K* = ${kStar}, best predictor that does not know the user: ${value.toFixed(3)}` };
}

function framesOf(
  { rows }: AccuracyPanel,
  { ks, kStars }: Place,
  chosen: RuleForK,
  panel: number,
): PlotlyObject[] {
  return kStars.flatMap((kStar, y) => {
    const k = chosen(rows.filter((row) => row.kStar === kStar));
    if (k === undefined || Number.isNaN(meanOf(rows, { k, kStar }))) return [];
    const x = 1 + ks.indexOf(k);
    return {
      ...{ type: "rect", xref: theme.axisOf("x", panel), yref: theme.axisOf("y", panel) },
      ...{ x0: x - 0.47, x1: x + 0.47, y0: y - 0.46, y1: y + 0.46 },
      line: { color: theme.INK, width: 2.5 },
    };
  });
}

/** An entry of the legend that is drawn nowhere. */
function frameKey(): PlotlyObject {
  return {
    ...{ type: "scatter", mode: "markers", x: [null], y: [null], hoverinfo: "skip" },
    marker: { symbol: "square-open", size: 13, color: theme.INK, line: { width: 2.5 } },
    name: "K chosen on validation",
  };
}
