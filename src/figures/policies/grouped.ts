import { tInterval, type FigureRecord, type Interval, type RecordRow } from "../../core/index.js";
import type { SaidTitle } from "../checked-title.js";
import { withClaim } from "../checked-title.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** Points with intervals over named places, one colour a series. */
export interface Grouped {
  readonly record: FigureRecord;
  readonly said: SaidTitle;
  /** Names below the axis, in order. */
  readonly places: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly rows: readonly RecordRow[];
    readonly x: (row: RecordRow) => number | undefined;
    readonly y: (row: RecordRow) => number | undefined;
    readonly color?: string;
  }[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Of the vertical axis. */
  readonly range?: readonly [number, number];
  readonly marks?: PlotlyObject;
}

/** The middle of n series is at the place itself. */
function shifted(i: number, count: number): number {
  return ((i - (count - 1) / 2) * 0.6) / count;
}

/** A figure of means with their 95 % intervals and runs as points, side by side over each place; nothing joins places. */
export function grouped({ record, said, places, series, xTitle, yTitle, range, marks }: Grouped): Figure {
  const traces = series.flatMap(({ name, rows, x, y, color }, i) =>
    theme.intervalSeries({
      ...{ rows, name, x, y, spread: 0.12, dodge: shifted(i, series.length) },
      ...{ color: color ?? theme.groupColor(i), symbol: theme.symbolOf(i) },
    }),
  );
  return {
    id: record.id,
    data: traces.map((trace) => (trace["mode"] === "lines+markers" ? { ...trace, mode: "markers" } : trace)),
    layout: {
      ...theme.baseLayout({
        ...theme.ONE_PANEL,
        title: said.title,
        subtitle: subtitleOf(record),
        legend: "below",
      }),
      xaxis: theme.axis(xTitle, {
        tickvals: places.map((_, i) => i),
        ticktext: [...places],
        range: [-0.6, places.length - 0.4],
        showgrid: false,
      }),
      yaxis: theme.axis(yTitle, range === undefined ? {} : { range: [...range] }),
      ...marks,
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** What a measure is in the rows of a method. */
export function measuresOf(record: FigureRecord, method: string, name: string): number[] {
  return record.rows.flatMap((row) => (row.method === method ? (row.measures?.[name] ?? []) : []));
}

/** The mean of what was measured, NaN where nothing was, and its interval, which one run has not. */
export function intervalOf(values: readonly number[]): Pick<Interval, "mean" | "low" | "high"> {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return { mean: NaN, low: NaN, high: NaN };
  const found = tInterval(known);
  return known.length > 1 ? found : { mean: found.mean, low: NaN, high: NaN };
}

/** A number in words, or that there is none. */
export function shown(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : "not measured";
}
