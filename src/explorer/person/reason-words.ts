import type { Asked } from "./interview.js";
import { percent } from "./sureness.js";

/** Why a question is asked, in words. */
export function reasonWords(
  { isCheck, nats, middling, right }: Asked,
  { pool, answered }: { readonly pool: number; readonly answered: number },
): string {
  const side = right >= 0.5 ? "B" : "A";
  const chance = percent(Math.max(right, 1 - right));
  if (isCheck)
    return `Asked to check: ${answered === 0 ? "before any answer" : "after your answers"} the model expects ${side}, by ${chance}. Somebody who answers by chance is found out here.`;
  const bits = (value: number): string => (value / Math.LN2).toFixed(2);
  return `Asked because its answer is expected to tell the most of the ${pool} pairs that are left: ${bits(nats)} bits; a middling one would tell ${bits(middling)}. The model expects ${side}, by ${chance}.`;
}
