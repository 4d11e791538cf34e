import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** P-values of the score test on populations of one kind. */
export interface TestedCell {
  readonly shape: string;
  readonly users: number;
  readonly answers: number;
  /** Standard deviations by which two halves of the users lean apart; 0: all are alike. */
  readonly differ: number;
  readonly pValues: readonly number[];
}

/** Cells of the score test; the record's rows are the held-out test's. */
export interface HeterogeneityCalibration {
  readonly cells: readonly TestedCell[];
}

/** The part of p-values that is at most x, for populations that are alike (on the diagonal where a test is calibrated) and for some that differ (power). */
export function heterogeneityTestCalibration(record: FigureRecord<HeterogeneityCalibration>): Figure {
  checkIsRecord("heterogeneityTestCalibration: record", record);
  const cells = record.extra?.cells ?? [];
  if (cells.length === 0 && record.rows.length === 0) return emptyFigure(record);
  const said = rejections(cells);
  const degrees = [...new Set(cells.map(({ differ }) => differ))].sort((a, b) => a - b);
  const kStars = [...new Set(record.rows.map((row) => row.kStar ?? 1))].sort((a, b) => a - b);
  const groups = [
    ...degrees.map((differ) => ({
      name: `score test, ${differ === 0 ? "alike" : `halves ± ${differ} SD apart`}`,
      isHeldOut: false,
      p: cells.filter((cell) => cell.differ === differ).flatMap(({ pValues }) => pValues),
    })),
    ...kStars.map((kStar) => ({
      name: `held-out test, ${kStar === 1 ? "alike" : `${kStar} groups`}`,
      isHeldOut: true,
      p: record.rows.flatMap((row) => (row.kStar === kStar ? (row.pValue ?? []) : [])),
    })),
  ];
  const lines = groups.map(({ name, p, isHeldOut }, i): PlotlyObject => {
    const sorted = [...p].sort((a, b) => a - b);
    const values = [...new Set(sorted)];
    const color = theme.groupColor(i);
    return {
      ...{ type: "scatter", mode: "lines", name: `${name} (${p.length})` },
      line: { color, width: isHeldOut ? 1.6 : 2.4, shape: "hv", dash: theme.dashOf(i) },
      x: [0, ...values, 1],
      y: [0, ...cumulative(sorted, values), 1],
      hovertemplate: "p ≤ %{x:.3f} in %{y:.2f} of populations<extra></extra>",
    };
  });
  return {
    id: record.id,
    data: [
      ...lines,
      {
        type: "scatter",
        mode: "lines",
        x: [0, 1],
        y: [0, 1],
        name: "calibrated",
        line: { color: theme.MUTED, width: 1.4, dash: "dot" },
        hoverinfo: "skip",
      },
    ],
    layout: {
      ...theme.baseLayout({
        title: said,
        subtitle: subtitleOf(record),
        legend: "below",
        height: 480,
        legendRows: 3,
      }),
      xaxis: theme.axis("p-value of the test", { range: [-0.01, 1.01], tickformat: ".2f" }),
      yaxis: theme.axis("fraction with at most this p", {
        range: [-0.01, 1.03],
        tickformat: ".1f",
      }),
    },
    alt: `${said}. Cumulative distributions of p-values, a line for each kind of population, beside the diagonal of a calibrated test.`,
    record: { ...record, claim: said },
  };
}

/** How often the score test rejects populations that are alike, in all and in the worst cell. */
function rejections(cells: readonly TestedCell[]): string {
  const alike = cells.filter(({ differ }) => differ === 0);
  const rejected = ({ pValues }: TestedCell): number => pValues.filter((p) => p <= 0.05).length;
  const all = alike.reduce((sum, { pValues }) => sum + pValues.length, 0);
  if (all === 0) return "P-values of a test whether users differ";
  const share = (100 * alike.reduce((sum, cell) => sum + rejected(cell), 0)) / all;
  const worst = alike.reduce((a, b) =>
    rejected(b) / b.pValues.length > rejected(a) / a.pValues.length ? b : a,
  );
  return `The score test rejects ${share.toFixed(1)} % of populations that are alike at level 0.05, at most ${rejected(worst)} of ${worst.pValues.length} in a cell`;
}

function cumulative(sorted: readonly number[], values: readonly number[]): number[] {
  let at = 0;
  return values.map((value) => {
    while (at < sorted.length && sorted[at] <= value) at++;
    return at / sorted.length;
  });
}
