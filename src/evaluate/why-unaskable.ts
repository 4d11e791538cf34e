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

/** What most users gave one of and nothing else, where they did (choices aside), and how many they are: what is chance in it is theirs alone. */
export function loneJudgements(
  data: PreferenceData,
): { readonly of: "ranking" | "set of ratings"; readonly users: number } | undefined {
  if (data.judgement === undefined || data.judged === "choices") return undefined;
  const { user, isItem } = unitsOf(data);
  const units = new Int32Array(data.users.length);
  user.forEach((u, unit) => (units[u] += isItem[unit] === 1 ? 0 : 1));
  const single = units.filter((count) => count < 2).length;
  if (2 * single <= data.users.length) return undefined;
  return { of: data.judged === "ratings" ? "set of ratings" : "ranking", users: single };
}
