import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { averageOf } from "./latent-rows.js";

/** Where the free cells of a maze are. */
export interface MazeCells {
  readonly rows: number;
  readonly columns: number;
  /** Row and column of each cell. */
  readonly row: readonly number[];
  readonly column: readonly number[];
  /** The cell of each goal. */
  readonly goals: readonly number[];
}

const MODELS = ["VPL", "Bradley-Terry"];

/** Learned rewards of places for a new user of each goal, beside what is true: dark where it is best to be; goals are rings. */
export function vplMazeReward(record: FigureRecord<MazeCells>): Figure {
  checkIsRecord("vplMazeReward: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const cells = record.extra ?? { rows: 1, columns: 1, row: [], column: [], goals: [] };
  const rows = record.rows.filter((row) => row.series !== undefined);
  const models = MODELS.filter((model) => rows.some((row) => row.method === model));
  const correlation = (model: string): number =>
    averageOf(
      rows.filter((row) => row.method === model),
      (row) => row.measures?.correlation,
    );
  const panels = [
    { title: "true", of: rows[0], name: "true" },
    ...models.map((model) => ({
      title: `${model}: r = ${correlation(model).toFixed(2)}`,
      of: rows.find((row) => row.method === model),
      name: "learned",
    })),
  ];
  const said = checkedTitle({
    holds: correlation("VPL") >= 0.9 && correlation("Bradley-Terry") < 0.6,
    title: "VPL learns a field of rewards for each goal, where one reward for all has one for both",
    alt: `Rewards of places in a maze with two goals; correlation with the true values: ${models.map((m) => `${m} ${correlation(m).toFixed(2)}`).join(", ")}.`,
    otherwise: "Learned rewards of places in a maze, beside the true ones",
  });
  const wide = panels.length;
  const axes: Record<string, PlotlyObject> = {};
  const data: PlotlyObject[] = [];
  panels.forEach(({ of, name }, column) =>
    [0, 1].forEach((kind) => {
      const n = kind * wide + column + 1;
      const suffix = n === 1 ? "" : String(n);
      const blank = { visible: false, constrain: "domain" };
      axes[`xaxis${suffix}`] = {
        ...blank,
        domain: theme.panelDomain(column, wide),
        anchor: theme.axisOf("y", n),
      };
      axes[`yaxis${suffix}`] = {
        ...blank,
        ...{
          domain: kind === 0 ? [0.52, 1] : [0, 0.48],
          anchor: theme.axisOf("x", n),
          autorange: "reversed",
        },
        ...{ scaleanchor: theme.axisOf("x", n), scaleratio: 1 },
      };
      data.push(...field(cells, of?.series?.[`${name} ${kind}`] ?? [], { kind, n }));
    }),
  );
  return {
    id: record.id,
    data,
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        height: 560,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "none",
      }),
      ...axes,
      annotations: panels.map(({ title }, i) => theme.panelTitle(title, theme.panelDomain(i, wide))),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

function field(
  { rows, columns, row, column, goals }: MazeCells,
  values: readonly number[],
  { kind, n }: { readonly kind: number; readonly n: number },
): PlotlyObject[] {
  const z: (number | null)[][] = Array.from({ length: rows }, () =>
    new Array<number | null>(columns).fill(null),
  );
  values.forEach((value, cell) => (z[row[cell]][column[cell]] = value));
  const at = { xaxis: theme.axisOf("x", n), yaxis: theme.axisOf("y", n) };
  return [
    {
      ...{
        type: "heatmap",
        z,
        showscale: false,
        xgap: 1,
        ygap: 1,
        hovertemplate: "%{z:.2f}<extra></extra>",
        ...at,
      },
      colorscale: [
        [0, "#F4EFF2"],
        [1, theme.groupColor(kind)],
      ],
    },
    {
      ...{ type: "scatter", mode: "markers", hoverinfo: "skip", showlegend: false, ...at },
      ...{ x: [column[goals[kind]]], y: [row[goals[kind]]] },
      marker: { symbol: "circle-open", size: 16, color: theme.INK, line: { width: 2.5 } },
    },
  ];
}
