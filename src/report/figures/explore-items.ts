import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure, subtitleOf, theme, type Figure } from "../../figures/index.js";

/** Statements or items, as each prototype sees them. */
export interface ExploreItems {
  readonly items: readonly { readonly text: string; readonly byPrototype: readonly number[] }[];
  /** What the horizontal axis is: "P(agree)". */
  readonly measure: string;
  /** What they are seen by: "type" or "prototype" (default). */
  readonly noun?: string;
}

const COLUMNS = 46;
const LINES = 2;
const ROW = 46;

/** A line for each item: where each prototype stands between no and yes. */
export function exploreItems(record: FigureRecord<ExploreItems>): Figure {
  checkIsRecord("exploreItems: record", record);
  const { items, measure, noun = "prototype" } = record.extra ?? { items: [], measure: "" };
  if (items.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const k = items[0]?.byPrototype.length ?? 0;
  const rows = items.map((_, i) => items.length - 1 - i);
  const base = theme.baseLayout({
    width: 860,
    height: 130 + ROW * items.length,
    title: record.claim,
    subtitle: subtitleOf(record),
    legend: k === 1 ? "none" : "below",
  });
  return {
    id: record.id,
    data: Array.from({ length: k }, (_, j) => ({
      ...{ type: "scatter", mode: "markers", name: `${noun} ${j + 1}` },
      x: items.map(({ byPrototype }) => byPrototype[j]),
      y: rows,
      marker: {
        color: theme.prototypeColor(j),
        symbol: theme.symbolOf(j),
        size: 11,
        line: { color: "#FFFFFF", width: 1 },
      },
      hovertemplate: "%{x:.2f}",
    })),
    layout: {
      ...base,
      margin: { l: 352, r: 24, t: (base.margin as { t: number }).t, b: 92 },
      xaxis: theme.axis(measure, { range: [-0.03, 1.03], tickformat: ".1f", dtick: 0.2 }),
      yaxis: theme.axis("", {
        ...{
          tickvals: rows,
          ticktext: items.map(({ text }) => shortened(text)),
          range: [-0.6, items.length - 0.4],
        },
        ...{ automargin: false, ticks: "", tickfont: { size: 12 } },
      }),
      shapes: items.map(({ byPrototype }, i) => ({
        ...{ type: "line", layer: "below", xref: "x", yref: "y", y0: rows[i], y1: rows[i] },
        ...{
          x0: Math.min(...byPrototype),
          x1: Math.max(...byPrototype),
          line: { color: "#B0B0B0", width: 2 },
        },
      })),
    },
    alt: `${items.length} lines; on each ${k === 1 ? "a point stands" : `the ${k} ${noun}s stand`} between 0 and 1 by ${measure}.`,
    record,
  };
}

/** At most two lines of a text; what was left out is marked. */
function shortened(text: string): string {
  const lines = theme.breakLines([...text].slice(0, COLUMNS * (LINES + 1)).join(""), COLUMNS);
  const isCut = lines.length > LINES || [...text].length > COLUMNS * (LINES + 1);
  const kept = lines.slice(0, LINES);
  return kept
    .map((line, i) => theme.plainText(line) + (isCut && i === kept.length - 1 ? " …" : ""))
    .join("<br>");
}
