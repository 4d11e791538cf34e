import type { FigureRecord } from "../../../core/index.js";
import {
  accuracyAt,
  halfWidthAt,
  notRun,
  outcome,
  shown,
  valuesOf,
  type Claim,
  type ClaimOutcome,
} from "../parts/claim.js";

/** Claims about Pick-a-Filter (Figure 5). */
export const PICK_A_FILTER_CLAIMS: readonly Claim[] = [
  {
    source: "Figure 5 (stand-in)",
    claim: "Pick-a-Filter: the homogeneous model is flat in beta, PAL rises, both groups are served",
    criterion:
      "homogeneous varies by at most 0.02 (no more than its intervals); PAL at beta = 1 at least 0.95 in both groups; at beta = 0 the two differ by less than their intervals",
    figure: "pick-a-filter",
    paper: "not known",
    check: checkPickAFilter,
  },
  {
    source: "Figure 5 (real images)",
    claim: "Pick-a-Filter on CLIP embeddings",
    criterion: "-",
    paper: "not known",
    check: (): ClaimOutcome => notRun("needs the authors' embeddings, which are not part of this data"),
  },
];

function checkPickAFilter(record: FigureRecord): ClaimOutcome {
  const at = (beta: number, k: number, group = "all"): number => accuracyAt(record, { beta, k, group });
  const flat = valuesOf(record, "beta").map((beta) => at(beta, 1));
  const change = Math.max(...flat) - Math.min(...flat);
  const groups = [...new Set(record.rows.map((row) => row.group ?? "all"))].filter(
    (group) => group !== "all",
  );
  const served = groups.map((group) => at(1, 2, group));
  const half = (k: number): number => halfWidthAt(record, { beta: 0, k, group: "all" });
  const isEqual = Math.abs(at(0, 2) - at(0, 1)) <= half(1) + half(2);
  const holds = change <= 0.02 && served.length === 2 && served.every((value) => value >= 0.95) && isEqual;
  const start = `beta = 0: ${shown(record, { beta: 0, k: 1, group: "all" })} and ${shown(record, { beta: 0, k: 2, group: "all" })}`;
  return outcome(
    holds,
    `homogeneous varies by ${change.toFixed(3)}; ${start}; beta = 1: ${served.map((x) => x.toFixed(3)).join(" and ")}`,
  );
}
