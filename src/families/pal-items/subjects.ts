import type { Pairs, PreferenceData } from "../../data/index.js";
import type { Asked } from "../design/answers.js";

/** Log odds of questions, [J, K], as those of statements or items, [S, K]. */
export function spreadOut(
  theta: Float64Array,
  k: number,
  to: { readonly data: PreferenceData; readonly asked: Asked; readonly subjects: number },
): Float32Array {
  const { data, asked, subjects } = to;
  if (asked.questions.kind !== "pairs") return Float32Array.from(theta);
  const spread = new Float32Array(subjects * k);
  asked.question.forEach((question, row) => {
    const high = Math.max(data.left[row], data.right[row]);
    for (let j = 0; j < k; j++) spread[high * k + j] = theta[question * k + j];
  });
  return spread;
}

/** For each pair the log odds of "right" under each prototype, row-major [N, K]. */
export function logOddsOf(pairs: Pairs, theta: Float32Array, k: number): Float64Array {
  const { left, right, context, contexts, items } = pairs;
  const odds = new Float64Array(left.length * k);
  if (context !== undefined && contexts !== undefined && items.ids.length === 2) {
    left.forEach((l, row) => {
      const sign = l < right[row] ? 1 : -1;
      for (let j = 0; j < k; j++) odds[row * k + j] = sign * theta[context[row] * k + j];
    });
    return odds;
  }
  left.forEach((l, row) => {
    for (let j = 0; j < k; j++) odds[row * k + j] = theta[right[row] * k + j] - theta[l * k + j];
  });
  return odds;
}
