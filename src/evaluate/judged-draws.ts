import type { RandomStream } from "../core/index.js";
import type { PreferenceData } from "../data/index.js";

/** A row seen from one of its items: the other, and how much better it is (log odds). */
interface Step {
  readonly to: number;
  readonly gain: number;
}

/**
 * 1 where the right item is preferred, drawn so that the answers of one judgement (a ranking, a choice, a set of ratings) do not contradict each
 * other: each of its items has a utility, whose differences give `p`, and one Gumbel number for the whole judgement.
 * @param p P(right preferred) of each row, shape [N]
 */
export function judgedDraws(
  { judgement, left, right }: Pick<PreferenceData, "left" | "right"> & { readonly judgement: Int32Array },
  p: Float64Array,
  rng: RandomStream,
): Float64Array {
  const rowsOf = new Map<number, number[]>();
  judgement.forEach((j, row) => {
    if (j < 0) return;
    const rows = rowsOf.get(j);
    if (rows === undefined) rowsOf.set(j, [row]);
    else rows.push(row);
  });
  const drawn = new Float64Array(p.length);
  for (const rows of rowsOf.values()) {
    const steps = new Map<number, Step[]>();
    for (const row of rows) {
      const gain = Math.log(Math.max(1e-12, p[row]) / Math.max(1e-12, 1 - p[row]));
      add(steps, left[row], { to: right[row], gain });
      add(steps, right[row], { to: left[row], gain: -gain });
    }
    const utility = utilities(steps);
    for (const [item, value] of utility)
      utility.set(item, value - Math.log(-Math.log(Math.max(1e-300, rng.uniform()))));
    for (const row of rows)
      drawn[row] = (utility.get(right[row]) ?? 0) > (utility.get(left[row]) ?? 0) ? 1 : 0;
  }
  return drawn;
}

function add(steps: Map<number, Step[]>, from: number, step: Step): void {
  const known = steps.get(from);
  if (known === undefined) steps.set(from, [step]);
  else known.push(step);
}

/** Utilities of which the steps are differences, 0 for the first item of each part that hangs together. */
function utilities(steps: ReadonlyMap<number, readonly Step[]>): Map<number, number> {
  const found = new Map<number, number>();
  for (const first of steps.keys()) {
    if (found.has(first)) continue;
    found.set(first, 0);
    const open = [first];
    for (let item = open.pop(); item !== undefined; item = open.pop()) {
      for (const { to, gain } of steps.get(item) ?? []) {
        if (found.has(to)) continue;
        found.set(to, (found.get(item) ?? 0) + gain);
        open.push(to);
      }
    }
  }
  return found;
}
