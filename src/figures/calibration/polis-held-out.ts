import { checkIsRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** What PAL is compared with, and the interval of a row that says how it compares. */
const PANELS = [
  { interval: "overMajority", title: "over one reward for all" },
  { interval: "overFactors", title: "over the factor model" },
] as const;

/** How far PAL may be behind the factor model before it counts as behind, in nats a vote. */
const MARGIN = -0.02;
/** Vertical distance of the seeds of a conversation, in rows. */
const STEP = 0.2;

/** For each Polis conversation how many nats a held-out vote PAL gains over one reward for all and over the factor model: a point a seed, with its interval. */
export function polisHeldOut(record: FigureRecord): Figure {
  checkIsRecord("polisHeldOut: record", record);
  const pal = record.rows.filter((row) => row.intervals?.overFactors !== undefined);
  if (pal.length === 0) return emptyFigure(record);
  const names = [...new Set(pal.map((row) => row.group ?? ""))].sort().reverse();
  const seeds = [...new Set(pal.map((row) => row.seed))].sort((a, b) => a - b);
  const said = counts(pal, names);
  const heightOf = (row: RecordRow): number =>
    names.indexOf(row.group ?? "") - STEP * (seeds.indexOf(row.seed) - (seeds.length - 1) / 2);
  const xaxis = theme.axis("nats a held-out vote", { tickformat: ".2f" });
  const tickvals = names.map((_, i) => i);
  const yaxis = theme.axis("", {
    tickvals,
    ticktext: names.map(theme.plainText),
    range: [-0.6, names.length - 0.4],
  });
  const { axes, annotations } = theme.panelAxes({ titles: PANELS.map(({ title }) => title), xaxis, yaxis });
  return {
    id: record.id,
    data: PANELS.map(({ interval }, i) => gains(pal, { interval, heightOf, panel: i + 1 })),
    layout: {
      ...theme.baseLayout({
        title: said,
        subtitle: subtitleOf(record),
        ...theme.WIDE,
        height: 150 + 50 * names.length,
        panels: true,
        legend: "none",
      }),
      ...axes,
      shapes: [verticalLine(0, 1, "solid"), verticalLine(0, 2, "solid"), verticalLine(MARGIN, 2, "dot")],
      annotations,
    },
    alt: `For ${names.length} Polis conversations, PAL's gain in held-out log-likelihood over one reward for all and over a factor model, with 95 % intervals over users.`,
    record: { ...record, claim: said },
  };
}

/** In how many conversations PAL gains over one reward, and is near the factor model, with every seed. */
function counts(rows: readonly RecordRow[], names: readonly string[]): string {
  const pass = (holds: (row: RecordRow) => boolean): number =>
    names.filter((name) => rows.filter((row) => (row.group ?? "") === name).every(holds)).length;
  const above = pass((row) => (row.intervals?.overMajority.low ?? NaN) > 0);
  const close = pass((row) => (row.intervals?.overFactors.mean ?? NaN) >= MARGIN);
  return `PAL predicts held-out votes better than popularity alone in ${above} of ${names.length} Polis conversations, and is at most ${-MARGIN} nats behind a factor model in ${close}`;
}

interface Gains {
  readonly interval: (typeof PANELS)[number]["interval"];
  readonly heightOf: (row: RecordRow) => number;
  readonly panel: number;
}

function gains(rows: readonly RecordRow[], { interval, heightOf, panel }: Gains): PlotlyObject {
  const found = rows.flatMap((row) => {
    const bounds = row.intervals?.[interval];
    return bounds === undefined ? [] : [{ ...bounds, row }];
  });
  const color = theme.groupColor(panel - 1);
  return {
    ...{ type: "scatter", mode: "markers", xaxis: theme.axisOf("x", panel), yaxis: theme.axisOf("y", panel) },
    marker: { color, size: 8, symbol: theme.symbolOf(panel - 1) },
    x: found.map(({ mean }) => mean),
    y: found.map(({ row }) => heightOf(row)),
    error_x: {
      ...{ type: "data", symmetric: false, color, thickness: 1.4, width: 4 },
      array: found.map(({ mean, high }) => high - mean),
      arrayminus: found.map(({ mean, low }) => mean - low),
    },
    text: found.map(({ row }) => `K = ${row.k}, seed ${row.seed}`),
    hovertemplate: "%{text}: %{x:.4f} nats<extra></extra>",
  };
}

function verticalLine(x: number, panel: number, dash: "solid" | "dot"): PlotlyObject {
  const yref = `${theme.axisOf("y", panel)} domain`;
  return {
    type: "line",
    layer: "below",
    xref: theme.axisOf("x", panel),
    yref,
    x0: x,
    x1: x,
    y0: 0,
    y1: 1,
    line: { color: theme.MUTED, width: 1.2, dash },
  };
}
