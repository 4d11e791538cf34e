import { featureDimension, type FeatureTable, type PreferenceData } from "../../data/index.js";
import type { EvidenceInputs } from "../../graph/index.js";
import type { FoundStates } from "../../families/index.js";
import type { EvidenceSets } from "../evidence-sets.js";
import { gathered } from "./gathered.js";
import type { Tensor2D, TensorFlow } from "./tensorflow.js";

/** The answers that states are found from: rows of these comparisons. */
export interface Evidence {
  readonly sets: EvidenceSets;
  /** As `FoundStates` says. */
  readonly found: FoundStates;
  readonly data: Pick<PreferenceData, "items" | "contexts" | "left" | "right" | "context" | "label">;
}

/** The answers of the states whose numbers are `wanted`, side by side. */
export function evidenceInputs(
  tf: TensorFlow,
  { sets, data, found }: Evidence,
  wanted: Int32Array,
): EvidenceInputs<Tensor2D, Int32Array> {
  const { left, right, label, items, contexts, context } = data;
  const from = new Int32Array(wanted.length + 1);
  const [picked, of]: [number[], number[]] = [[], []];
  wanted.forEach((set, i) => {
    for (let at = sets.from[set]; at < sets.from[set + 1]; at++) {
      picked.push(sets.rows[at]);
      of.push(i);
    }
    from[i + 1] = picked.length;
  });
  const side = (
    table: FeatureTable,
    rowOf: (row: number) => number,
  ): EvidenceInputs<Tensor2D, Int32Array>["chosen"] => {
    const rows = Int32Array.from(picked, rowOf);
    return { features: gathered(tf, table, rows), rows };
  };
  return {
    chosen: side(items, (row) => (label[row] > 0 ? right[row] : left[row])),
    rejected: side(items, (row) => (label[row] > 0 ? left[row] : right[row])),
    contexts: contexts === undefined ? undefined : side(contexts, (row) => context?.[row] ?? 0),
    from,
    of: Int32Array.from(of),
    flat: found.isOrdered === true ? flat(tf, data, { picked, from, most: found.context }) : undefined,
  };
}

/** Each user's first answers one behind the other, then zeros. */
function flat(
  tf: TensorFlow,
  { items, contexts, left, right, context, label }: Evidence["data"],
  use: { readonly picked: readonly number[]; readonly from: Int32Array; readonly most: number },
): Tensor2D | undefined {
  const { picked, from, most } = use;
  if (items.features === undefined || (contexts !== undefined && contexts.features === undefined))
    return undefined;
  const vector = (table: FeatureTable, row: number): Float32Array => {
    const columns = featureDimension(table);
    return table.features?.subarray(row * columns, (row + 1) * columns) ?? new Float32Array(0);
  };
  const answer = (row: number): number[] => [
    ...vector(items, left[row]),
    ...vector(items, right[row]),
    ...(contexts === undefined ? [] : vector(contexts, context?.[row] ?? 0)),
    label[row] < 0 ? 1 : 0,
  ];
  const width = answerWidth(items, contexts);
  const out = new Float32Array((from.length - 1) * most * width);
  for (let i = 0; i + 1 < from.length; i++)
    picked.slice(from[i], Math.min(from[i + 1], from[i] + most)).forEach((row, place) => {
      out.set(answer(row), (i * most + place) * width);
    });
  return tf.tensor2d(out, [from.length - 1, most * width]);
}

function answerWidth(items: FeatureTable, contexts: FeatureTable | undefined): number {
  return 2 * featureDimension(items) + featureDimension(contexts) + 1;
}
