import type { FeatureTable, PreferenceData } from "../../data/index.js";
import type { EvidenceInputs } from "../../graph/index.js";
import type { EvidenceSets } from "../evidence-sets.js";
import { gathered } from "./gathered.js";
import type { Tensor2D, TensorFlow } from "./tensorflow.js";

/** The answers that states are found from: rows of these comparisons. */
export interface Evidence {
  readonly sets: EvidenceSets;
  readonly data: Pick<PreferenceData, "items" | "contexts" | "left" | "right" | "context" | "label">;
}

/** The answers of the states whose numbers are `wanted`, side by side. */
export function evidenceInputs(
  tf: TensorFlow,
  { sets, data }: Evidence,
  wanted: Int32Array,
): EvidenceInputs<Tensor2D, Int32Array> {
  const { left, right, label, items, contexts, context } = data;
  const from = new Int32Array(wanted.length + 1);
  const picked: number[] = [];
  wanted.forEach((set, i) => {
    picked.push(...sets.rows.subarray(sets.from[set], sets.from[set + 1]));
    from[i + 1] = picked.length;
  });
  const side = (
    table: FeatureTable,
    of: (row: number) => number,
  ): EvidenceInputs<Tensor2D, Int32Array>["chosen"] => {
    const rows = Int32Array.from(picked, of);
    return { features: gathered(tf, table, rows), rows };
  };
  return {
    chosen: side(items, (row) => (label[row] > 0 ? right[row] : left[row])),
    rejected: side(items, (row) => (label[row] > 0 ? left[row] : right[row])),
    contexts: contexts === undefined ? undefined : side(contexts, (row) => context?.[row] ?? 0),
    from,
  };
}
