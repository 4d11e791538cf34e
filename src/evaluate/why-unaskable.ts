import { independentAnswers, type PreferenceData } from "../data/index.js";
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
