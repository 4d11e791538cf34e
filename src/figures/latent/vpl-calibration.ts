import { checkIsRecord, mean, valuesIn, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { colorOf } from "./latent-rows.js";

/** What 90 % regions must cover to be called right. */
const [LOWEST, HIGHEST] = [0.85, 0.95];

/** Of 90 % credible sets of a user's kind, how many hold it, and how far beliefs are from exact ones, against the answers they are from. */
export function vplCalibration(record: FigureRecord): Figure {
  checkIsRecord("vplCalibration: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const { rows } = record;
  const methods = [...new Set(rows.map((row) => row.method ?? ""))].sort((a, b) =>
    a === "exact Bayes" ? 1 : b === "exact Bayes" ? -1 : 0,
  );
  const counts = valuesIn(rows, "newComparisonsPerUser");
  const covered = (method: string, count: number): number => {
    const found = rows.filter((row) => row.method === method && row.newComparisonsPerUser === count);
    return mean(found.flatMap((row) => row.measures?.coverage ?? []));
  };
  const models = methods.filter((method) => method !== "exact Bayes");
  /** Whether the mean coverage over seeds is what is called right. */
  const meets = (method: string, count: number): boolean =>
    covered(method, count) >= LOWEST && covered(method, count) <= HIGHEST;
  const isRight = (method: string): boolean =>
    counts.filter((count) => count >= 4).every((count) => meets(method, count));
  const right = models.filter(isRight);
  const words = models
    .map((m) => `${m} ${counts.map((count) => covered(m, count).toFixed(2)).join(", ")}`)
    .join("; ");
  const said = checkedTitle({
    holds: right.length > 0,
    title: `From four answers on, 90 % regions of ${right.join(" and ")} cover 85 to 95 %`,
    alt: `Coverage of 90 % credible sets after ${counts.join(", ")} answers: ${words}; beside them the divergence from the exact posterior.`,
    otherwise: "No model's 90 % regions cover 85 to 95 % throughout, from four answers on",
    altOtherwise: `No model's 90 % regions cover 85 to 95 % throughout, from four answers on: ${words}.`,
  });
  const { axes, annotations } = theme.panelAxes({
    titles: ["Coverage of 90 % regions", "Divergence from the exact posterior"],
    xaxis: theme.logAxis("answers of the new user", counts),
    yaxis: theme.axis("part of regions that hold the kind", { range: [0.5, 1.02], tickformat: ".2f" }),
    gap: 0.1,
  });
  const second = theme.axis("KL divergence (nats)", {
    rangemode: "tozero",
    anchor: "x2",
  });
  return {
    id: record.id,
    data: [...traces(rows, methods, "coverage", 1), ...traces(rows, models, "divergence", 2)],
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "right",
      }),
      ...axes,
      yaxis2: second,
      ...theme.marks(theme.ceilingLine({ y: 0.9, label: "90 %", side: "left" }), {
        shapes: [band()],
        annotations,
      }),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** Where a region's coverage is called right. */
function band(): PlotlyObject {
  return {
    ...{ type: "rect", layer: "below", xref: "x domain", yref: "y", x0: 0, x1: 1, y0: LOWEST, y1: HIGHEST },
    ...{ fillcolor: theme.rgba(theme.MUTED, 0.1), line: { width: 0 } },
  };
}

function traces(
  rows: readonly RecordRow[],
  methods: readonly string[],
  measure: string,
  panel: number,
): PlotlyObject[] {
  return methods.flatMap((method, i) =>
    theme.intervalSeries({
      ...{ rows: rows.filter((row) => row.method === method), name: method, panel, log: true },
      ...{ color: colorOf(method), symbol: theme.symbolOf(i), dash: theme.dashOf(i), inLegend: panel === 1 },
      ...{
        x: (row) => row.newComparisonsPerUser,
        y: (row) => row.measures?.[measure],
        dodge: (i - 1) * 0.012,
      },
    }),
  );
}
