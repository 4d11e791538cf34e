import type { RandomStream } from "../core/index.js";
import { rowsByJudgement, type PreferenceData } from "../data/index.js";

/** A row seen from one of its items: the other, and how much better it is (log odds). */
interface Step {
  readonly to: number;
  readonly gain: number;
}

/**
 * Draws answers: 1 where the right item is preferred, drawn so that the answers of one judgement (a ranking, a choice, a set of ratings) do not contradict each
 * other: each of its items has a utility, whose differences give `p`, and one Gumbel number for the whole judgement.
 * Rows of no judgement are drawn one by one, except those that `fixed` gives.
 * @param p P(right preferred) of each row, shape [N]
 * @returns what draws once more, shape [N]
 */
export function answerDraws(
  { user, judgement, left, right }: Pick<PreferenceData, "user" | "left" | "right" | "judgement">,
  p: Float64Array,
  fixed: (row: number) => 0 | 1 | undefined = () => undefined,
): (rng: RandomStream) => Float64Array {
  const judged = judgement === undefined ? [] : utilitiesOf({ user, judgement, left, right }, p);
  const alone = judgement === undefined ? undefined : (row: number): boolean => judgement[row] < 0;
  return (rng) => {
    const drawn = new Float64Array(p.length);
    for (const { rows, utility, plus, minus } of judged) {
      const noisy = gumbels(utility, rng);
      for (let i = 0; i < rows.length; i++) drawn[rows[i]] = noisy[plus[i]] > noisy[minus[i]] ? 1 : 0;
    }
    for (let row = 0; row < p.length; row++)
      if (alone === undefined || alone(row)) drawn[row] = fixed(row) ?? (rng.uniform() < p[row] ? 1 : 0);
    return drawn;
  };
}

/** Utilities, each with a Gumbel number of its own: their order is one by Plackett and Luce. */
export function gumbels(utility: Float64Array, rng: RandomStream): Float64Array {
  return utility.map((value) => value - Math.log(-Math.log(Math.max(1e-300, rng.uniform()))));
}

/** One judgement: its rows, its items' utilities, and the places of each row's right and left item among them. */
export interface JudgedRows {
  readonly rows: readonly number[];
  readonly utility: Float64Array;
  readonly plus: Int32Array;
  readonly minus: Int32Array;
}

/** The judgements of rows: what their items are worth where log odds are those of `p`. */
export function utilitiesOf(
  data: Required<Pick<PreferenceData, "user" | "left" | "right" | "judgement">>,
  p: Float64Array,
): JudgedRows[] {
  const { left, right } = data;
  return rowsByJudgement(data).map((rows) => {
    const steps = new Map<number, Step[]>();
    for (const row of rows) {
      const gain = Math.log(Math.max(1e-12, p[row]) / Math.max(1e-12, 1 - p[row]));
      add(steps, left[row], { to: right[row], gain });
      add(steps, right[row], { to: left[row], gain: -gain });
    }
    const found = utilities(steps);
    const place = new Map([...found.keys()].map((item, i) => [item, i]));
    const at = (items: Int32Array): Int32Array => Int32Array.from(rows, (row) => place.get(items[row]) ?? 0);
    return { rows, utility: Float64Array.from(found.values()), plus: at(right), minus: at(left) };
  });
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
