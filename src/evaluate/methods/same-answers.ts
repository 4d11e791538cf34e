import type { PreferenceData } from "../../data/index.js";

/**
 * Comparisons of judgements (rankings, ratings) that a user made again, with the same result, as one of their weights together: likelihoods are the
 * same, and rows fewer. Where answers were given one by one nothing changes.
 * @param basis with "ids" alone, items are the same whatever the context
 */
export function sameAnswers(
  data: PreferenceData,
  train: Int32Array,
  basis: string,
): { readonly rows: Int32Array; readonly weight?: Float32Array } {
  const { user, left, right, label, context, judgement } = data;
  const weightOf = (row: number): number => data.weight?.[row] ?? 1;
  if (judgement === undefined)
    return {
      rows: train,
      ...(data.weight === undefined ? {} : { weight: Float32Array.from(train, weightOf) }),
    };
  const asksContext = basis !== "ids" || data.items.ids.length === 2;
  const known = new Map<string, number>();
  const rows: number[] = [];
  const weight: number[] = [];
  for (const row of train) {
    const [better, worse] = label[row] > 0 ? [right[row], left[row]] : [left[row], right[row]];
    const key = `${user[row]}/${better}/${worse}/${asksContext ? (context?.[row] ?? "") : ""}`;
    const at = judgement[row] < 0 ? undefined : known.get(key);
    if (at !== undefined) {
      weight[at] += weightOf(row);
      continue;
    }
    if (judgement[row] >= 0) known.set(key, rows.length);
    rows.push(row);
    weight.push(weightOf(row));
  }
  return { rows: Int32Array.from(rows), weight: Float32Array.from(weight) };
}
