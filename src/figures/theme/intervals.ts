import type { Interval, Json, RecordRow } from "../../core/index.js";
import { checkFunction, checkObject, checkRows, tInterval } from "../../core/index.js";
import type { PlotlyObject } from "../figure.js";
import { rgba } from "./palette.js";
import { axisOf } from "./references.js";
import { plainText } from "./text.js";

/** The mean of a group of runs, its interval and the runs themselves. */
export interface Summary {
  readonly x: number;
  readonly interval: Interval;
  readonly runs: readonly { readonly seed: number; readonly value: number }[];
}

/** How one line of means is made and drawn. */
export interface IntervalSeriesOptions {
  readonly rows: readonly RecordRow[];
  /** Where a row stands on the horizontal axis; rows without a value are left out. */
  readonly x: (row: RecordRow) => number | undefined;
  /** What is averaged; default the row's accuracy. */
  readonly y?: (row: RecordRow) => number | undefined;
  /** Plain text for the legend. */
  readonly name: string;
  /** "#rrggbb". */
  readonly color: string;
  readonly symbol?: string;
  readonly dash?: string;
  /** Shifts the whole line, in units of the axis (decades when `log`), so that lines do not hide each other. */
  readonly dodge?: number;
  /** Width over which the runs of one mean are spread, in the same units; default 0. */
  readonly spread?: number;
  /** What values cannot leave, such as 0 and 1 of a fraction: intervals are drawn no farther. */
  readonly within?: readonly [number, number];
  /** The horizontal axis is logarithmic. */
  readonly log?: boolean;
  /** Which panel, from 1; default 1. */
  readonly panel?: number;
  /** Whether the line is named in the legend; default true. */
  readonly inLegend?: boolean;
}

/** Rows grouped by `x`, ascending, each group with the 95 % t interval of its mean. */
export function summarise(
  rows: readonly RecordRow[],
  x: (row: RecordRow) => number | undefined,
  y: (row: RecordRow) => number | undefined = (row) => row.accuracy,
): readonly Summary[] {
  checkFunction("summarise: y", y, "a function of a row");
  checkRows("summarise: rows", rows);
  checkFunction("summarise: x", x, "a function of a row");
  const groups = new Map<number, { seed: number; value: number }[]>();
  for (const row of rows) {
    const [at, value] = [x(row), y(row)];
    if (at === undefined || value === undefined) continue;
    const group = groups.get(at) ?? [];
    group.push({ seed: row.seed, value });
    groups.set(at, group);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([at, runs]) => ({
      x: at,
      interval: tInterval(runs.map((run) => run.value)),
      runs: runs.sort((a, b) => a.seed - b.seed),
    }));
}

/**
 * Two traces: each run as a small faint point (ordered by seed), and the means as a line with their 95 % t
 * intervals. A mean of one run has no interval and gets no bar.
 */
export function intervalSeries(options: IntervalSeriesOptions): PlotlyObject[] {
  checkObject(
    "intervalSeries: options",
    options,
    ["rows", "x", "name", "color"],
    "an object { rows, x, name, color }",
  );
  const { color, name, symbol = "circle", dash = "solid", inLegend = true, panel = 1 } = options;
  const groups = summarise(options.rows, options.x, options.y);
  const axes = { xaxis: axisOf("x", panel), yaxis: axisOf("y", panel), legendgroup: plainText(name) };
  return [
    {
      ...runPoints(groups, options),
      ...axes,
      type: "scatter",
      mode: "markers",
      showlegend: false,
      marker: { color: rgba(color, 0.35), size: 5, symbol },
    },
    {
      ...means(groups, options),
      ...axes,
      type: "scatter",
      mode: "lines+markers",
      name: plainText(name),
      showlegend: inLegend,
      line: { color, width: 2, dash },
      marker: { color, size: 8, symbol, line: { color: "#FFFFFF", width: 1 } },
    },
  ];
}

function runPoints(groups: readonly Summary[], options: IntervalSeriesOptions): PlotlyObject {
  const { spread = 0, dodge = 0 } = options;
  const points = groups.flatMap(({ x, runs }) =>
    runs.map(({ seed, value }, i) => {
      const offset = runs.length === 1 ? 0 : spread * (i / (runs.length - 1) - 0.5);
      return { x: shifted(x, dodge + offset, options.log), y: value, seed };
    }),
  );
  return {
    x: points.map((point) => point.x),
    y: points.map((point) => point.y),
    customdata: points.map((point) => point.seed),
    hovertemplate: "seed %{customdata}: %{y:.3f}<extra></extra>",
  };
}

function means(groups: readonly Summary[], options: IntervalSeriesOptions): PlotlyObject {
  const [least, most] = options.within ?? [-Infinity, Infinity];
  const above: Json = groups.map(({ interval }) => Math.min(most, interval.high) - interval.mean);
  const below: Json = groups.map(({ interval }) => interval.mean - Math.max(least, interval.low));
  return {
    x: groups.map(({ x }) => shifted(x, options.dodge ?? 0, options.log)),
    y: groups.map(({ interval }) => interval.mean),
    error_y: {
      ...{ type: "data", array: above, ...(options.within && { symmetric: false, arrayminus: below }) },
      ...{ color: options.color, thickness: 1.5, width: 4 },
    },
    customdata: groups.map(({ interval, x }) => [x, interval.low, interval.high, interval.n]),
    hovertemplate:
      "%{customdata[0]}: %{y:.3f}, 95 % interval %{customdata[1]:.3f} to %{customdata[2]:.3f}, n = %{customdata[3]}",
  };
}

function shifted(x: number, offset: number, log = false): number {
  return log ? x * 10 ** offset : x + offset;
}
