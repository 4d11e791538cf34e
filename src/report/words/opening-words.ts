import { checkObject } from "../../core/index.js";
import type { Exploration } from "../../evaluate/index.js";
import { subjectWord } from "./explore-words.js";
import { amount, percent, short } from "./short-forms.js";

/** A number that a page opens with, and what it counts. */
export interface OpeningNumber {
  readonly number: string;
  readonly of: string;
}

/** What was found, in one sentence without a technical term. */
export function openingSentence(found: Exploration): string {
  checkObject("openingSentence: found", found, ["test", "choice", "description"], "what explore returns");
  const { choice, test } = found;
  const { k, kind, sure } = choice;
  if (test.unaskable !== undefined && k === 1)
    return `These answers cannot tell whether people differ (${test.unaskable}).`;
  const most = found.description.divisive.at(0);
  const about = most === undefined ? "" : `, most of all about “${short(most.text, 90)}”`;
  const fall = sure === "not sure" ? "seem to fall" : "fall";
  switch (kind) {
    case "alike":
      return choice.open === undefined
        ? "These people answered as people do who all want the same, which is no proof that they all do."
        : choice.candidates.length < 2
          ? "These people differ; in which groups was not asked."
          : choice.open === "outdone"
            ? "These people differ, and it helps to know who answers; whether they fall into groups, these answers do not show."
            : "These people differ, but in what way these answers do not show: to know who answers does not surely help to predict what comes next.";
    case "own tastes":
      return "These people differ, but not in groups: each has tastes of their own around what most of them like.";
    case "types":
      return `These people ${fall} into ${k} groups that answer differently${about}.`;
    case "types and own tastes":
      return `These people ${fall} into ${k} groups that answer differently${about}; within a group, tastes still differ.`;
    case "continuum":
      return `These people do not fall into groups: they lie between ${k} ways of answering${about}.`;
  }
}

/** How many people, about what, and how well what they answer can be predicted. */
export function openingNumbers(found: Exploration): OpeningNumber[] {
  checkObject("openingNumbers: found", found, ["all", "comparison"], "what explore returns");
  const { all, questions, comparison, heldOutAnswers, heldOutJudged } = found;
  const methodOf = (id: string): (typeof comparison.methods)[number] | undefined =>
    comparison.methods.find((method) => method.id === id);
  const [best, one] = [methodOf(comparison.best), methodOf(comparison.oneReward)];
  const what = subjectWord(found);
  const known =
    best === undefined || one === undefined || best.id === one.id
      ? "are predicted; knowing who answers does not help"
      : `are predicted when it is known who answers, ${percent(one.accuracy.mean)} when it is not`;
  return [
    { number: String(all.users), of: all.users === 1 ? "person" : "people" },
    {
      number: String(questions),
      of: `${what}${questions === 1 ? "" : "s"}, with ${amount(all.answers, all.judged)}`,
    },
    ...(best === undefined
      ? []
      : [
          {
            number: percent(best.accuracy.mean),
            of: `of ${amount(heldOutAnswers, heldOutJudged)} that were kept back ${known}`,
          },
        ]),
  ];
}
