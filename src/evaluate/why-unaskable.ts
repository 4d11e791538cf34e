import { independentAnswers, unitsOf, type PreferenceData } from "../data/index.js";
import { ask } from "../families/index.js";

/** Why these answers cannot say whether users differ; undefined where they can. */
export function whyUnaskable(data: PreferenceData): string | undefined {
  if (new Set(data.user).size < 2) return "there is one user only: nobody to differ from";
  if (independentAnswers(data, data.users.length).every((count) => count < 2))
    return "no user gave two answers: one alone does not tell a person from what is popular";
  const { direction } = ask(data);
  const answer = (row: number): number => data.label[row] * direction[row];
  if (data.label.every((_, row) => answer(row) === answer(0)))
    return "all answers agree: there is nothing to tell apart";
  return undefined;
}

/**
 * Why the number of types cannot be asked of answers whose comparisons are of judgements; undefined where it can. A user's type shows in answers beside
 * those that are held out: half of the users must have two judgements, or one that can be parted.
 */
export function whyOneType(data: PreferenceData): string | undefined {
  if (data.judgement === undefined) return undefined;
  const units = new Int32Array(data.users.length);
  for (const user of unitsOf(data).user) units[user]++;
  const answered = units.filter((count) => count > 0).length;
  if (2 * units.filter((count) => count > 1).length >= answered) return undefined;
  const what =
    data.judged === "ratings" ? "set of ratings" : data.judged === "choices" ? "choice" : "ranking";
  return `most users gave one ${what} of few items: once a part of it is held out, too little is left to tell their type by`;
}

/** Part of the pairs of rankings or ratings, from which their absence is no accident to be passed over. */
const FEW_MISSING = 0.02;

/**
 * Why the score test cannot be asked of judgements: where ties, neighbours or choices among several leave pairs out, which ones are there depends on
 * the answers, and redrawn answers to the same pairs are no fair comparison. Undefined where all pairs are there.
 */
export function whyNoScoreTest({ user, left, right, judgement, items }: PreferenceData): string | undefined {
  if (judgement === undefined) return undefined;
  const sets = new Map<string, { readonly items: Set<number>; readonly pairs: Set<number> }>();
  judgement.forEach((j, row) => {
    if (j < 0) return;
    const key = `${user[row]}/${j}`;
    const set = sets.get(key) ?? { items: new Set<number>(), pairs: new Set<number>() };
    sets.set(key, set);
    const [a, b] = [Math.min(left[row], right[row]), Math.max(left[row], right[row])];
    set.items.add(a).add(b);
    set.pairs.add(a * items.ids.length + b);
  });
  let [all, there] = [0, 0];
  for (const set of sets.values()) {
    all += (set.items.size * (set.items.size - 1)) / 2;
    there += set.pairs.size;
  }
  if (there >= (1 - FEW_MISSING) * all) return undefined;
  return `ties, choices among several or neighbours alone leave ${Math.round((100 * (all - there)) / all)} % of the pairs out, and the test needs all of them; held-out answers still choose the number of types below, by a stricter rule`;
}
