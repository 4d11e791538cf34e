import { independentAnswers, type PreferenceData } from "../../data/index.js";
import { isVotes } from "../../families/index.js";
import { loneJudgements, whyOneType } from "../why-unaskable.js";
import { whatLimitsK } from "../heterogeneity/index.js";

/** Held-out answers and users below which their means and intervals say little. */
const FEW_ANSWERS = 50;
const FEW_USERS = 10;
/** Part of a user's answers in other contexts than everybody's from which contexts can pass for persons. */
const ELSEWHERE = 0.25;

/** What a reader must know before trusting an exploration. */
export function cautions(
  data: PreferenceData,
  of: {
    readonly k: number;
    readonly asked: PreferenceData;
    readonly converged: boolean;
    /** What K was chosen on. */
    readonly learned: PreferenceData;
    /** Whether contexts have a part in utilities. */
    readonly looksAtContexts: boolean;
  },
): string[] {
  return [
    ...whatLimitsK(data, of.k),
    ...typesUnasked(of.learned),
    ...fewHeldOut(of.asked),
    ...(of.looksAtContexts ? [] : contextsPooled(data)),
    ...oneJudgementEach(data),
    ...(of.converged
      ? []
      : [
          "the model that is shown had not converged when its budget of iterations ended: its numbers could still move",
        ]),
  ];
}

function typesUnasked(learned: PreferenceData): string[] {
  const why = whyOneType(learned);
  return why === undefined ? [] : [`how many types of users there are could not be asked: ${why}`];
}

function fewHeldOut(data: PreferenceData): string[] {
  const users = new Set(data.user).size;
  const answers = independentAnswers(data, data.users.length).reduce((sum, count) => sum + count, 0);
  if (answers >= FEW_ANSWERS && users >= FEW_USERS) return [];
  return [
    `${data.judgement === undefined ? "" : "independent "}answers held out to compare methods: ${Math.round(answers)}, of users: ${users}; accuracies, gains and their intervals say little on so few`,
  ];
}

/** Items of ids alone are taken to be worth the same in all contexts. */
function contextsPooled(data: PreferenceData): string[] {
  const { contexts, context, user } = data;
  if (contexts === undefined || context === undefined || isVotes(data) || contexts.ids.length < 2) return [];
  const all = new Float64Array(contexts.ids.length);
  const own = data.users.map(() => new Float64Array(all.length));
  context.forEach((c, row) => {
    all[c] += 1 / context.length;
    own[user[row]][c]++;
  });
  const isElsewhere = own.some((counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.reduce((sum, count, c) => sum + Math.abs(count / total - all[c]) / 2, 0) > ELSEWHERE;
  });
  const and = isElsewhere
    ? "; users answered in different ones, so that what is liked in some contexts can pass for what some users like"
    : "";
  return [
    `the ${contexts.ids.length} contexts are not told apart: an item is taken to be worth the same in all of them${and}`,
  ];
}

/** Whose every answer is of one ranking, or one set of ratings: its chance is theirs alone. */
function oneJudgementEach(data: PreferenceData): string[] {
  const alone = loneJudgements(data);
  if (alone === undefined) return [];
  return [
    `${alone.users} of ${data.users.length} users gave one ${alone.of} alone: what is chance in it and what is the user's own taste cannot be told apart, unless users have it in common (types)`,
  ];
}
