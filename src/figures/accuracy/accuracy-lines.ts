import { mean, type FigureRecord, type RecordRow } from "../../core/index.js";
import { withClaim, type SaidTitle } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** One line of a figure: which rows it shows, in every panel. */
export interface AccuracyLine {
  /** Plain text for the legend. */
  readonly name: string;
  readonly color: string;
  readonly has: (row: RecordRow) => boolean;
}

/** The K that is chosen of the rows of one line. */
export type RuleForK = (rows: readonly RecordRow[]) => number | undefined;

/** What one figure of accuracies says about its axes and lines. */
export interface AccuracyLines {
  readonly record: FigureRecord;
  readonly title: string;
  readonly alt: string;
  readonly checked: SaidTitle["checked"];
  /** Panels, each with the rows that it shows; one is enough. */
  readonly panels: readonly { readonly title: string; readonly rows: readonly RecordRow[] }[];
  readonly lines: readonly AccuracyLine[];
  readonly x: {
    readonly value: (row: RecordRow) => number | undefined;
    readonly title: string;
    /** `count` (default): every value a tick; `log`; `linear`. */
    readonly scale?: "count" | "log" | "linear";
  };
  /** Title of the vertical axis, default "held-out accuracy (fraction)". */
  readonly y?: string;
  /** Lowest accuracy shown; default 0.45. */
  readonly lowest?: number;
  /** At which end the line of chance is named; default "right". */
  readonly chanceAt?: "left" | "right";
  /** Draws the best user-blind accuracy: of `each` line (default), once for `all`, or not. */
  readonly blind?: "each" | "all" | "none";
  /** The K of each line's rows that gets a ring; only where x is K. */
  readonly chosen?: RuleForK | undefined;
}

/** Accuracies as lines with 95 % intervals over seeds, single runs as points, chance and ceilings drawn. */
export function accuracyLines(options: AccuracyLines): Figure {
  const { record, panels, title, alt, lowest = 0.45 } = options;
  const rows = panels.flatMap((panel) => panel.rows);
  if (distinct(rows, options.x.value).length === 0) return emptyFigure(record);
  const several = panels.length > 1;
  const xaxis = xAxis(options, distinct(rows, options.x.value));
  const yaxis = theme.accuracyAxis(options.y, [lowest, 1.015]);
  const { axes, annotations } = several
    ? theme.panelAxes({ titles: panels.map((panel) => panel.title), xaxis, yaxis })
    : { axes: { xaxis, yaxis }, annotations: [] };
  const lines = theme.marks(
    ...(lowest < 0.5
      ? panels.map((_, i) => theme.chanceLine({ panel: i + 1, side: options.chanceAt ?? "right" }))
      : []),
  );
  const size = several ? theme.WIDE : theme.ONE_PANEL;
  return {
    id: record.id,
    data: panels.flatMap((_, i) => panelTraces(options, i)),
    layout: {
      ...theme.baseLayout({ ...size, title, subtitle: subtitleOf(record), panels: several, legend: "right" }),
      ...axes,
      shapes: lines.shapes,
      annotations: [...annotations, ...lines.annotations, ...(hasIntervals(options) ? [] : [theme.oneRun()])],
    },
    alt,
    record: withClaim(record, options),
  };
}

/** Whether any mean is one of several runs. */
function hasIntervals({ panels, lines, x }: AccuracyLines): boolean {
  return panels.some(({ rows }) =>
    lines.some(({ has }) =>
      theme.summarise(rows.filter(has), x.value).some(({ interval }) => interval.n > 1),
    ),
  );
}

function xAxis({ x }: AccuracyLines, values: readonly number[]): PlotlyObject {
  if (x.scale === "log") return theme.logAxis(x.title, values);
  if (x.scale !== "linear") return theme.countAxis(x.title, values);
  const [first, last] = [values[0], values.at(-1) ?? values[0]];
  const pad = 0.05 * (last - first) || 0.5;
  return theme.axis(x.title, {
    tickvals: [...values],
    ticktext: values.map(String),
    range: [first - pad, last + pad],
  });
}

/** How far lines stand apart, in units of the axis (decades when logarithmic). */
function stepOf({ x }: AccuracyLines, values: readonly number[]): number {
  if (x.scale === "log") return 0.012;
  return x.scale === "linear" ? 0.008 * ((values.at(-1) ?? 1) - values[0]) : 0.05;
}

function panelTraces(options: AccuracyLines, panel: number): PlotlyObject[] {
  const { lines, panels, blind = "each" } = options;
  const { rows } = panels[panel];
  const xs = distinct(rows, options.x.value);
  const step = stepOf(options, xs);
  const shown = lines
    .map((line, index) => ({ ...line, index, rows: rows.filter(line.has) }))
    .filter((line) => line.rows.length > 0);
  const isNew = (line: AccuracyLine): boolean =>
    !panels.slice(0, panel).some((before) => before.rows.some(line.has));
  const traces = shown.flatMap((line, i) => {
    const dodge = (i - (shown.length - 1) / 2) * step;
    const look = { color: line.color, symbol: theme.symbolOf(line.index), dash: theme.dashOf(line.index) };
    const place = {
      panel: panel + 1,
      inLegend: isNew(line),
      dodge,
      spread: step * 0.8,
      log: options.x.scale === "log",
    };
    const series = theme.intervalSeries({
      rows: line.rows,
      x: options.x.value,
      name: line.name,
      ...look,
      ...place,
    });
    const ceiling = blind === "each" ? blindTrace(options, line.rows, { color: line.color, panel, xs }) : [];
    return [...ceiling, ...series];
  });
  const common = blind === "all" ? blindTrace(options, rows, { color: theme.MUTED, panel, xs }) : [];
  const { chosen } = options;
  const rings = chosen === undefined ? [] : chosenTrace(shown, chosen, { panel, step });
  return named([...common, ...traces, ...rings]);
}

/** Keeps one legend entry for each kind of line that stands for several. */
function named(traces: readonly PlotlyObject[]): PlotlyObject[] {
  const first = traces.findIndex((trace) => trace.legendgroup === "blind");
  return traces.map((trace, i) =>
    trace.legendgroup === "blind" && i !== first ? { ...trace, showlegend: false } : trace,
  );
}

type BlindLook = { readonly color: string; readonly panel: number; readonly xs: readonly number[] };

/** The user-blind ceiling: dots over the width of the panel, in the line's colour. */
function blindTrace(options: AccuracyLines, rows: readonly RecordRow[], look: BlindLook): PlotlyObject[] {
  const blind = rows.flatMap((row) => row.ceilings?.blind ?? []);
  if (blind.length === 0) return [];
  const y = mean(blind);
  const [first, last] = [look.xs[0], look.xs.at(-1) ?? look.xs[0]];
  const pad = options.x.scale === undefined || options.x.scale === "count" ? 0.4 : 0;
  return [
    {
      type: "scatter",
      mode: "lines",
      x: [first - pad, last + pad],
      y: [y, y],
      xaxis: theme.axisOf("x", look.panel + 1),
      yaxis: theme.axisOf("y", look.panel + 1),
      line: { color: theme.rgba(look.color, 0.8), width: 1.5, dash: "dot" },
      name: "best user-blind",
      legendgroup: "blind",
      legendrank: 2000,
      showlegend: look.panel === 0,
      hovertemplate: "best predictor that does not know the user: %{y:.3f}<extra></extra>",
    },
  ];
}

type Shown = AccuracyLine & { readonly rows: readonly RecordRow[] };

/** A ring around the mean at the chosen K of every line. */
function chosenTrace(
  lines: readonly Shown[],
  chosen: RuleForK,
  { panel, step }: { panel: number; step: number },
): PlotlyObject[] {
  const rings = lines.flatMap(({ rows }, i) => {
    const k = chosen(rows);
    const at = rows.filter((row) => row.k === k && row.split === "seen");
    if (k === undefined || at.length === 0) return [];
    return [{ x: k + (i - (lines.length - 1) / 2) * step, y: mean(at.map((row) => row.accuracy)) }];
  });
  if (rings.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      x: rings.map((ring) => ring.x),
      y: rings.map((ring) => ring.y),
      xaxis: theme.axisOf("x", panel + 1),
      yaxis: theme.axisOf("y", panel + 1),
      marker: { symbol: "circle-open", size: 19, color: theme.INK, line: { width: 2 } },
      cliponaxis: false,
      name: "K chosen on validation",
      legendgroup: "chosen",
      legendrank: 3000,
      showlegend: panel === 0,
      hoverinfo: "skip",
    },
  ];
}

function distinct(rows: readonly RecordRow[], value: (row: RecordRow) => number | undefined): number[] {
  const values = rows.flatMap((row) => value(row) ?? []);
  return [...new Set(values)].sort((a, b) => a - b);
}

/** A line for each value that `value` takes in the rows, ascending. */
export function linesBy(
  rows: readonly RecordRow[],
  value: (row: RecordRow) => number | undefined,
  look: { readonly name: (value: number) => string; readonly color: (value: number) => string },
): AccuracyLine[] {
  return distinct(rows, value).map((wanted) => ({
    name: look.name(wanted),
    color: look.color(wanted),
    has: (row) => value(row) === wanted,
  }));
}
