import { checkIsRecord, type FigureRecord, type RecordRow, valuesIn } from "../../core/index.js";
import { accuracyLines, linesBy } from "./accuracy-lines.js";
import { checkedTitle, meanOf } from "../checked-title.js";
import type { Figure } from "../figure.js";
import { kColor } from "../theme/index.js";

/** Accuracy against the mixture ratio beta, both groups apart: PAL-B with two prototypes beside a homogeneous model. */
export function pickAFilter(record: FigureRecord): Figure {
  checkIsRecord("pickAFilter: record", record);
  const rows = record.rows.filter((row) => row.group !== undefined && row.group !== "all");
  const groups = [...new Set(rows.map((row) => row.group))];
  return accuracyLines({
    record,
    ...checkedTitle({
      holds: groups.length > 1 && groups.every((group) => isLost(rows.filter((row) => row.group === group))),
      title: "Pick-a-Filter: what divides the groups is lost on one reward for all",
      alt: "Held-out accuracy against the mixture ratio beta, one panel for each group: the homogeneous model is flat, PAL-B rises in both.",
      otherwise: "Pick-a-Filter: held-out accuracy against the mixture ratio beta, one panel for each group",
    }),
    panels: groups.map((group) => ({ title: group ?? "", rows: rows.filter((row) => row.group === group) })),
    lines: linesBy(rows, (row) => row.k, {
      name: (k) => (k === 1 ? "homogeneous, K = 1" : `PAL-B, K = ${k}`),
      color: kColor,
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

const NOISE = 0.03;
const LEAST_GAIN = 0.05;

/** Whether K = 1 is flat in beta, and more prototypes gain where beta is largest. */
function isLost(rows: readonly RecordRow[]): boolean {
  const betas = valuesIn(rows, "beta");
  const one = betas.map((beta) => meanOf(rows, { beta, k: 1 }));
  const most = { beta: betas.at(-1), k: valuesIn(rows, "k").at(-1) };
  const last = one.at(-1) ?? NaN;
  return Math.max(...one) - Math.min(...one) <= NOISE && meanOf(rows, most) > last + LEAST_GAIN;
}
