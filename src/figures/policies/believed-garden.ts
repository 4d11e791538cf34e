import { checkIsRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { heatTrace } from "../heat-trace.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** Where the cells of a grid are, and what each is. */
export interface GardenCells {
  readonly rows: number;
  readonly columns: number;
  /** Row and column of each cell. */
  readonly row: readonly number[];
  readonly column: readonly number[];
  /** What stands in each cell; what is left empty is written nowhere. */
  readonly names: readonly string[];
  /** Cells that end a walk. */
  readonly ends: readonly number[];
}

const ARROWS = ["triangle-up", "triangle-down", "triangle-left", "triangle-right"];

/** What being in each cell is worth, and the best move from it, to a rater who believes least and to one who believes most in slipping. */
export function believedGarden(record: FigureRecord<GardenCells>): Figure {
  checkIsRecord("believedGarden: record", record);
  const cells = record.extra ?? { rows: 1, columns: 1, row: [], column: [], names: [], ends: [] };
  const shown = record.rows
    .filter((row) => (row.series?.worth ?? []).length > 0)
    .toSorted((a, b) => slipOf(a) - slipOf(b) || a.seed - b.seed);
  if (shown.length === 0) return emptyFigure(record);
  const { seed } = shown.reduce((a, b) => (b.seed < a.seed ? b : a));
  const own = shown.filter((row) => row.seed === seed);
  const panels = [own[0], own[own.length - 1]];
  const walked = cells.names.flatMap((_, cell) => (cells.ends.includes(cell) ? [] : [cell]));
  const [least, most] = panels.map((row) => row.series?.best ?? []);
  const other = walked.filter((cell) => least[cell] !== most[cell]).length;
  const said = checkedTitle({
    holds: other > 0,
    title: `Same values, other beliefs: in ${other} of ${walked.length} cells another move is best`,
    alt: `A grid with what each cell is worth and the best move from it, to somebody who believes that steps slip with a chance of ${slipOf(panels[0])}, and of ${slipOf(panels[1])}: in ${other} of ${walked.length} cells the best move differs.`,
    otherwise: "What cells are worth, and the best moves, by what is believed",
  });
  const shades = shadesOf(panels.flatMap((row) => walked.map((cell) => row.series?.worth[cell] ?? 0)));
  const { axes, annotations } = theme.panelAxes({
    titles: panels.map(
      (row) =>
        `believes that ${slipOf(row) === 0 ? "no step slips" : `${Math.round(100 * slipOf(row))} % of steps slip`}`,
    ),
    xaxis: blank([-0.5, cells.columns - 0.5]),
    yaxis: blank([cells.rows - 0.5, -0.5]),
  });
  return {
    id: record.id,
    data: panels.flatMap((row, i) => panelOf(cells, row, { walked, shades, n: i + 1 })),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        ...{
          title: said.title,
          subtitle: `${subtitleOf(record)} · drawn: seed ${seed}`,
          panels: true,
          legend: "none",
        },
      }),
      ...axes,
      annotations,
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** Few shades, light enough for dark words on them. */
const LEVELS = 8;
const END_COLORS = { pit: "#A6A6A6", goal: theme.OKABE_ITO[6] };

interface Shades {
  /** The shade of a value, 0 to {@link LEVELS}. */
  of(value: number | null): number | null;
}

function shadesOf(values: readonly number[]): Shades {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const width = high > low ? high - low : 1;
  return { of: (value) => (value === null ? null : Math.round((LEVELS * (value - low)) / width)) };
}

function slipOf({ settings }: RecordRow): number {
  return Number(settings?.believed ?? NaN);
}

function blank(range: readonly [number, number]): PlotlyObject {
  return theme.axis("", {
    range: [...range],
    showticklabels: false,
    ticks: "",
    showgrid: false,
    showline: false,
  });
}

function panelOf(
  { rows, columns, row, column, names }: GardenCells,
  { series }: RecordRow,
  of: { readonly walked: readonly number[]; readonly shades: Shades; readonly n: number },
): PlotlyObject[] {
  const { walked, shades, n } = of;
  const at = { xaxis: theme.axisOf("x", n), yaxis: theme.axisOf("y", n) };
  const grid = (of: (cell: number) => number | null): (number | null)[][] => {
    const z = Array.from({ length: rows }, () => new Array<number | null>(columns).fill(null));
    names.forEach((_, cell) => (z[row[cell]][column[cell]] = of(cell)));
    return z;
  };
  const worth = (cell: number): number | null =>
    walked.includes(cell) ? (series?.worth[cell] ?? null) : null;
  const end = (name: string) => (cell: number) => (names[cell] === name ? 1 : null);
  const named = names.flatMap((name, cell) => (name === "" ? [] : [cell]));
  return [
    heatTrace(theme.groupColor(0), {
      z: grid((cell) => shades.of(worth(cell))),
      ...{ zmin: -1, zmax: LEVELS * 1.7, xgap: 1, ygap: 1, ...at },
      ...{ text: grid(worth), hovertemplate: "worth %{text}<extra></extra>" },
    }),
    ...Object.entries(END_COLORS).map(([name, color]) =>
      heatTrace(color, { z: grid(end(name)), zmin: 0, zmax: 1, xgap: 1, ygap: 1, hoverinfo: "skip", ...at }),
    ),
    {
      ...{ type: "scatter", mode: "markers", hoverinfo: "skip", showlegend: false, ...at },
      ...{ x: walked.map((cell) => column[cell]), y: walked.map((cell) => row[cell] - 0.18) },
      marker: {
        symbol: walked.map((cell) => ARROWS[series?.best[cell] ?? 0]),
        ...{ size: 12, color: theme.INK },
      },
    },
    {
      ...{ type: "scatter", mode: "text", hoverinfo: "skip", showlegend: false, ...at },
      ...{ x: named.map((cell) => column[cell]), y: named.map((cell) => row[cell] + 0.28) },
      ...{
        text: named.map((cell) => theme.plainText(names[cell])),
        textfont: { size: 12, color: theme.INK },
      },
    },
  ];
}
