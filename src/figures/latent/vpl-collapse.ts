import { checkIsRecord, valuesIn, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
import { heatTrace } from "../heat-trace.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { averageOf } from "./latent-rows.js";

/** Accuracy above which a model uses the user's answers: over one reward for all. */
const USED = 0.02;

/** For each number of answers and weight of the divergence: accuracy for new users, and how many coordinates of the latent vary between users. */
export function vplCollapse(record: FigureRecord): Figure {
  checkIsRecord("vplCollapse: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const { rows } = record;
  const answers = valuesIn(rows, "comparisonsPerUser");
  const weights = [...new Set(rows.map(weightOf))].sort((a, b) => a - b);
  const at = (count: number, weight: number): readonly RecordRow[] =>
    rows.filter((row) => row.comparisonsPerUser === count && weightOf(row) === weight);
  const accuracy = (count: number, weight: number): number =>
    averageOf(at(count, weight), (row) => row.accuracy);
  const units = (count: number, weight: number): number =>
    averageOf(at(count, weight), (row) => row.measures?.activeUnits);
  const ceiling = (count: number, name: string): number =>
    averageOf(
      rows.filter((row) => row.comparisonsPerUser === count),
      (row) => row.ceilings?.[name],
    );
  const holds =
    accuracy(2, 1) < ceiling(2, "blind") + USED &&
    units(2, 1) === 0 &&
    accuracy(2, 0.1) > ceiling(2, "blind") + 5 * USED;
  const said = checkedTitle({
    holds,
    title:
      "Of two answers the latent collapses at weight 1: accuracy is that of one reward for all; at 0.1 it does not",
    alt: `Accuracy in ${answers.length} by ${weights.length} cells, from ${range(answers.flatMap((a) => weights.map((w) => accuracy(a, w))))}; ${answers.map((a) => `${a} answers: ${weights.map((w) => accuracy(a, w).toFixed(3)).join(", ")}`).join("; ")}.`,
    otherwise: "Accuracy for new users by number of answers and weight of the divergence",
  });
  const z = answers.map((a) => weights.map((w) => accuracy(a, w)));
  const [low, high] = [0.65, 0.9];
  return {
    id: record.id,
    data: [
      heatTrace(theme.groupColor(0), {
        ...{ x: weights.map(String), y: answers.map((a) => labelOf(a, ceiling)), z },
        ...{ zmin: low, zmax: high, xgap: 2, ygap: 2 },
        hovertemplate: "%{y}, weight %{x}: %{z:.3f}<extra></extra>",
      }),
    ],
    layout: {
      ...theme.baseLayout({
        title: said.title,
        subtitle: subtitleOf(record),
        legend: "none",
        height: 170 + 66 * answers.length,
      }),
      xaxis: theme.axis("weight of the divergence from the prior (KL weight)", {
        type: "category",
        showgrid: false,
      }),
      yaxis: theme.axis("", { type: "category", showgrid: false, ticks: "" }),
      annotations: answers.flatMap((a, y) =>
        weights.map((w, x) => ({
          ...{ x, y, showarrow: false },
          text: `<b>${accuracy(a, w).toFixed(3)}</b><br>${unitsText(units(a, w))}`,
          font: { size: 13, color: accuracy(a, w) > (low + high) / 2 ? "#FFFFFF" : theme.INK },
        })),
      ),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** The ceilings stand beside each row: nobody can do better than Bayes, and who knows no user does no better than blind. */
function labelOf(answers: number, ceiling: (count: number, name: string) => number): string {
  const [bayes, blind] = ["bayes", "blind"].map((name) => ceiling(answers, name).toFixed(3));
  return `<b>${answers} answer${answers === 1 ? "" : "s"}</b><br>exact Bayes ${bayes}<br>blind ${blind}`;
}

function unitsText(units: number): string {
  return `${Number.isInteger(units) ? units : units.toFixed(1)} active`;
}

function weightOf(row: RecordRow): number {
  return Number(row.settings?.klWeight ?? NaN);
}

function range(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;
}
