import { InputError, mean, type FigureRecord, type RecordRow } from "../core/index.js";
import { chosenK } from "./chosen-k.js";
import type { Figure, PlotlyObject } from "./figure.js";
import * as theme from "./theme.js";

/** What one figure of accuracies says about its axes and lines. */
export interface AccuracyLines {
  readonly record: FigureRecord;
  readonly title: string;
  readonly alt: string;
  /** Panels, each with the rows that it shows; one is enough. */
  readonly panels: readonly { readonly title: string; readonly rows: readonly RecordRow[] }[];
  readonly x: { readonly value: (row: RecordRow) => number | undefined; readonly title: string; readonly isLog?: boolean };
  /** What tells lines apart: a number (K*, K) and its name in the legend. */
  readonly line: {
    readonly value: (row: RecordRow) => number | undefined;
    readonly name: (value: number) => string;
    readonly color: (value: number) => string;
  };
  /** Lowest accuracy shown; default 0.45. */
  readonly lowest?: number;
  /** Draws the best user-blind accuracy of each line; default true. */
  readonly blind?: boolean;
  /** Rings the K that validation chooses on each line; only where x is K. */
  readonly chosen?: boolean;
}

/** Accuracies as lines with 95 % intervals over seeds, single runs as points, chance and ceilings drawn. @throws InputError without rows */
export function accuracyLines(options: AccuracyLines): Figure {
  const { record, panels, title, alt } = options;
  const rows = panels.flatMap((panel) => panel.rows);
  if (rows.length === 0) throw new InputError(`figure ${record.id}: the record has no rows to show`);
  const xs = distinct(rows, options.x.value);
  const several = panels.length > 1;
  const size = several ? theme.WIDE : theme.ONE_PANEL;
  const xaxis = options.x.isLog === true ? theme.logAxis(options.x.title, xs) : theme.countAxis(options.x.title, xs);
  const yaxis = theme.accuracyAxis(undefined, [options.lowest ?? 0.45, 1.015]);
  const layout = theme.baseLayout({ ...size, title, panels: several, legend: "right" });
  const { axes, annotations } = several
    ? theme.panelAxes({ titles: panels.map((panel) => panel.title), xaxis, yaxis })
    : { axes: { xaxis, yaxis }, annotations: [] };
  const chance = panels.map((_, i) => theme.chanceLine({ panel: i + 1 }));
  const lines = theme.marks(...((options.lowest ?? 0.45) < 0.5 ? chance : []));
  return {
    id: record.id,
    data: panels.flatMap((panel, i) => panelTraces(options, panel.rows, i + 1)),
    layout: { ...layout, ...axes, shapes: lines.shapes, annotations: [...annotations, ...lines.annotations] },
    alt,
    record,
  };
}

function panelTraces(options: AccuracyLines, rows: readonly RecordRow[], panel: number): PlotlyObject[] {
  const values = distinct(rows, options.line.value);
  const xs = distinct(rows, options.x.value);
  const inLegend = panel === 1;
  const isLog = options.x.isLog === true;
  const step = isLog ? 0.012 : 0.05;
  const traces = values.flatMap((value, i) => {
    const mine = rows.filter((row) => options.line.value(row) === value);
    const dodge = (i - (values.length - 1) / 2) * step;
    const color = options.line.color(value);
    const look = { color, symbol: theme.symbolOf(i), dash: theme.dashOf(i), panel, inLegend };
    const line = { rows: mine, x: options.x.value, name: options.line.name(value), dodge, spread: step * 0.8, log: isLog };
    return [
      ...(options.blind === false ? [] : blindTrace(options, mine, { color, panel, xs, inLegend: inLegend && i === 0 })),
      ...theme.intervalSeries({ ...line, ...look }),
    ];
  });
  return options.chosen === true ? [...traces, ...chosenTrace(options, { rows, values, panel, step })] : traces;
}

type BlindLook = { readonly color: string; readonly panel: number; readonly xs: readonly number[]; readonly inLegend: boolean };

/** The user-blind ceiling of one line: thin dots in the line's colour, named once. */
function blindTrace(options: AccuracyLines, rows: readonly RecordRow[], look: BlindLook): PlotlyObject[] {
  const blind = rows.flatMap((row) => row.ceilings?.blind ?? []);
  if (blind.length === 0) return [];
  const y = mean(blind);
  const [first, last] = [look.xs[0], look.xs.at(-1) ?? look.xs[0]];
  const pad = options.x.isLog === true ? 0 : 0.4;
  return [
    {
      type: "scatter",
      mode: "lines",
      x: [first - pad, last + pad],
      y: [y, y],
      xaxis: theme.axisOf("x", look.panel),
      yaxis: theme.axisOf("y", look.panel),
      line: { color: theme.rgba(look.color, 0.8), width: 1.5, dash: "dot" },
      name: "best user-blind",
      legendgroup: "blind",
      legendrank: 2000,
      showlegend: look.inLegend,
      hovertemplate: "best predictor that does not know the user: %{y:.3f}<extra></extra>",
    },
  ];
}

type Chosen = { readonly rows: readonly RecordRow[]; readonly values: readonly number[]; readonly panel: number; readonly step: number };

/** A ring around the mean at the chosen K of every line. */
function chosenTrace(options: AccuracyLines, { rows, values, panel, step }: Chosen): PlotlyObject[] {
  const rings = values.flatMap((value, i) => {
    const mine = rows.filter((row) => options.line.value(row) === value);
    const k = chosenK(mine);
    const at = mine.filter((row) => row.k === k && row.split === "seen");
    if (k === undefined || at.length === 0) return [];
    return [{ x: k + (i - (values.length - 1) / 2) * step, y: mean(at.map((row) => row.accuracy)) }];
  });
  if (rings.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      x: rings.map((ring) => ring.x),
      y: rings.map((ring) => ring.y),
      xaxis: theme.axisOf("x", panel),
      yaxis: theme.axisOf("y", panel),
      marker: { symbol: "circle-open", size: 19, color: theme.INK, line: { width: 2 } },
      cliponaxis: false,
      name: "K chosen on validation",
      legendgroup: "chosen",
      legendrank: 3000,
      showlegend: panel === 1,
      hoverinfo: "skip",
    },
  ];
}

function distinct(rows: readonly RecordRow[], value: (row: RecordRow) => number | undefined): number[] {
  const values = rows.flatMap((row) => value(row) ?? []);
  return [...new Set(values)].sort((a, b) => a - b);
}
