import type { FigureRecord } from "../../core/index.js";
import { accuracyLines, linesBy } from "./accuracy-lines.js";
import type { Figure } from "../figure.js";
import { prototypeColor } from "../theme/index.js";

/** Accuracy against the mixture ratio beta, both groups apart: PAL-B with two prototypes beside a homogeneous model. */
export function pickAFilter(record: FigureRecord): Figure {
  const rows = record.rows.filter((row) => row.group !== undefined && row.group !== "all");
  const groups = [...new Set(rows.map((row) => row.group))];
  return accuracyLines({
    record,
    title: "Pick-a-Filter: what divides the groups is lost on one reward for all",
    alt: "Held-out accuracy against the mixture ratio beta, one panel for each group: the homogeneous model is flat, PAL-B rises to 1 in both.",
    panels: groups.map((group) => ({ title: group ?? "", rows: rows.filter((row) => row.group === group) })),
    lines: linesBy(rows, (row) => row.k, {
      name: (k) => (k === 1 ? "homogeneous, K = 1" : `PAL-B, K = ${k}`),
      color: (k) => prototypeColor(k - 1),
    }),
    x: {
      value: (row) => row.beta,
      title: "mixture ratio β (share of filtered comparisons)",
      scale: "linear",
    },
    lowest: 0.45,
    blind: "all",
  });
}
