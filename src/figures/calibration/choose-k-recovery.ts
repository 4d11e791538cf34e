import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** How often each K is chosen for populations of K* prototypes: a row of squares for each population. */
export function chooseKRecovery(record: FigureRecord): Figure {
  checkIsRecord("chooseKRecovery: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const { rows } = record;
  const cells = [...new Set(rows.map((row) => `${row.setting}/${row.kStar}`))].sort().reverse();
  const ks = Array.from({ length: Math.max(...rows.map((row) => row.k ?? 1)) }, (_, i) => i + 1);
  const share = (cell: string, k: number): number => {
    const mine = rows.filter((row) => `${row.setting}/${row.kStar}` === cell);
    return mine.filter((row) => row.k === k).length / mine.length;
  };
  const exact = rows.filter((row) => row.k === row.kStar).length;
  const said = `chooseK finds K = K* in ${exact} of ${rows.length} populations`;
  const z = cells.map((cell) => ks.map((k) => share(cell, k)));
  const name = (cell: string): string => cell.replace("/", ", K* = ");
  return {
    id: record.id,
    data: [
      {
        ...{ type: "heatmap", x: ks.map(String), y: cells.map(name), z, zmin: 0, zmax: 1, xgap: 2, ygap: 2 },
        colorscale: [
          [0, "#FFFFFF"],
          [1, theme.prototypeColor(0)],
        ],
        ...{ showscale: false, hovertemplate: "%{y}: K = %{x} in %{z:.2f}<extra></extra>" },
      },
    ],
    layout: {
      ...theme.baseLayout({
        title: said,
        subtitle: subtitleOf(record),
        legend: "none",
        height: 130 + 44 * cells.length,
      }),
      xaxis: theme.axis("K chosen", { type: "category", showgrid: false }),
      yaxis: theme.axis("", { type: "category", showgrid: false, ticks: "" }),
      annotations: cells.flatMap((_, y) =>
        ks.map((__, x) => ({
          ...{ x, y, showarrow: false, text: z[y][x] === 0 ? "" : `${Math.round(100 * z[y][x])} %` },
          font: { size: 13, color: z[y][x] > 0.55 ? "#FFFFFF" : theme.INK },
        })),
      ),
    },
    alt: `${said}. For each kind of population and true number of prototypes K*, the percentage of populations for which each K is chosen.`,
    record: { ...record, claim: said },
  };
}
