import { checkInteger, checkNumber, checkObject, type Interval } from "../../core/index.js";
import type { ComparedColumn, ComparedMethod, Exploration, Sureness } from "../../evaluate/index.js";
import { amount, basisWords, percent, short, signed } from "./short-forms.js";

/** A question that a reader has, and the answer in words. */
export interface PlainAnswer {
  readonly question: string;
  readonly answer: string;
  /** Which part of a report it belongs to. */
  readonly about: "method" | "number" | "people" | "subjects";
}

/** What types are described by: a statement, an item, a pair; a context, where the same two items are compared in each. */
export function subjectWord({ kind, sides }: Pick<Exploration, "kind" | "sides">): string {
  if (kind === "statements") return sides === undefined ? "statement" : "context";
  return kind === "items" ? "item" : "pair";
}

/** What users do who are on the side that a probability is about: "agree", "prefer claude". */
export function sideWords({ kind, sides }: Pick<Exploration, "kind" | "sides">): string {
  if (kind === "statements") return sides === undefined ? "agree" : `prefer ${sides[1]}`;
  return kind === "items" ? "prefer it" : "prefer the second";
}

/** What users are weighed on: the ends of a continuum are prototypes. */
export function nounOf(choice: Pick<Exploration["choice"], "kind">): "prototype" | "type" {
  checkObject("nounOf: choice", choice, ["kind"], "the choice of what explore returns");
  return choice.kind === "continuum" ? "prototype" : "type";
}

/** The answers that a report begins with. */
export function plainAnswers(found: Exploration): PlainAnswer[] {
  checkObject("plainAnswers: found", found, ["test", "choice", "comparison"], "what explore returns");
  return [
    {
      about: "method",
      question: "Do users differ?",
      answer: testWords(found.test) + opinionWords(found.heldOutTest),
    },
    {
      about: "number",
      question: "How do they differ, and in how many types?",
      answer: `${kindWords(found)} ${sureWords(found.choice)}`,
    },
    { about: "method", question: "What predicts held-out answers best?", answer: bestWords(found) },
    { about: "people", question: "Who are they?", answer: whoWords(found) },
    { about: "subjects", question: "What divides and what joins them?", answer: divideWords(found) },
    ...(found.columns.length === 0
      ? []
      : [
          {
            about: "people",
            question: "What goes with the differences?",
            answer: found.columns.map(columnWords).join(" "),
          } as const,
        ]),
  ];
}

/** A p-value as text; at its floor it is a bound. */
export function pWords(p: number, draws: number): string {
  checkNumber("pWords: p", p, { min: 0, max: 1 });
  checkInteger("pWords: draws", draws, { min: 0 });
  if (p <= 1.0001 / (1 + draws)) return `p ≤ 1/${1 + draws}`;
  return `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** The headline, from the score test. */
export function testWords(test: Exploration["test"]): string {
  checkObject("testWords: test", test, ["pValue"], "the test of what explore returns");
  const { pValue, draws, unaskable, alone } = test;
  if (unaskable !== undefined) return `This cannot be asked of these data: ${unaskable}.`;
  const p = pWords(pValue, draws);
  if (pValue > 0.05)
    return `These answers do not show it: answers of one user go together no more than they often do where one reward holds for all (${p}). That is no proof that all users are alike.`;
  const yes = `Yes: answers of one user go together more than one reward for all can explain (${p}).`;
  if (alone === undefined) return yes;
  return `${yes} Most users gave one ${alone} alone: they differ in what they like, or in how sure they are of it, and this test does not tell which. Nor does it say that one ${alone} foretells its user's other answers: the comparison on held-out answers does.`;
}

/** The second opinion, from permuted data sets. */
export function opinionWords(test: Exploration["heldOutTest"]): string {
  if (test !== undefined)
    checkObject("opinionWords: test", test, ["pValue"], "the second test of what explore returns");
  if (test === undefined || test.unaskable !== undefined) return "";
  const p = pWords(test.pValue, test.permutations);
  return ` A second opinion, from held-out answers: knowing who answers gains ${signed(test.nats.mean, 4)} nats an answer over one reward for all, ${test.pValue <= 0.05 ? "more than permuted data sets do" : "which permuted data sets often reach too"} (${p}).`;
}

/** What the differences are like. */
export function kindWords(
  found: Pick<Exploration, "basis" | "choice" | "kind" | "ownTastes" | "sides">,
): string {
  checkObject("kindWords: found", found, ["choice"], "what explore returns");
  const { choice, ownTastes } = found;
  const { kind, k, atEdge, candidates } = choice;
  const types = atEdge
    ? `at least ${k} types of users, ${candidates.length} being the largest number tried: there may be more`
    : `${k} types of users`;
  const spread = ownTastes === undefined ? "" : ` (standard deviation ${ownTastes.toFixed(1)} in log odds)`;
  // of statements that are names alone, users' own taste is one number
  const isReadiness = found.kind === "statements" && found.basis === "ids";
  switch (kind) {
    case "alike":
      if (candidates.length < 2)
        return "No number of types but one was tried: one reward for all is shown (K = 1).";
      if (choice.open === "outdone")
        return "Users differ, and knowing who answers helps to predict; but neither types nor tastes of their own came out of these answers, and one reward for all is shown (K = 1).";
      return choice.open === undefined
        ? "One reward for all predicts as well as any number of types (K = 1)."
        : "Users differ, but in what way these answers do not show: neither types nor tastes of their own surely predict the next answers better than one reward for all, which is shown (K = 1). The differences may be small, or the answers of each user too few.";
    case "own tastes":
      if (isReadiness)
        return `Users differ, but not in types (K = 1): beside what is popular they differ in how readily they ${sideWords(found)}${spread}.`;
      return `Users differ, but not in types: each has tastes of their own${spread} around what is popular (K = 1).`;
    case "types":
      return `These answers support ${types} (K = ${k}); within a type users hardly differ.`;
    case "types and own tastes":
      if (isReadiness)
        return `These answers support ${types} (K = ${k}); within a type users differ in how readily they ${sideWords(found)}${spread}.`;
      return `These answers support ${types} (K = ${k}), with variation inside them: each user has tastes of their own${spread} around their type's.`;
    case "continuum":
      return `Users lie on a continuum between ${k === 2 ? "two ends" : `${k} ends`} rather than in types: mixtures of ${k} prototypes predict better than ${k} types do.`;
  }
}

/** How sure the number of types is. */
export function sureWords(choice: {
  readonly sure: Sureness;
  readonly halves: readonly number[];
  readonly k: number;
  readonly atEdge: boolean;
  readonly open?: Exploration["choice"]["open"];
}): string {
  checkObject("sureWords: choice", choice, ["sure", "halves"], "the choice of what explore returns");
  const { sure, halves, k, atEdge } = choice;
  if (halves.length === 0) return "No number of types but one can be tried.";
  const agreeing = halves.filter((each) => each === k).length;
  const others = [...new Set(halves.filter((each) => each !== k))].sort((a, b) => a - b);
  const rest = others.length === 0 ? "" : `, others K = ${others.join(", ")}`;
  const why =
    choice.open !== undefined
      ? `, because ${choice.open === "outdone" ? "a method that knows who answers predicts better" : "users differ in a way that no number of types shows"}`
      : atEdge && agreeing >= 9
        ? ", because K is the largest that was tried"
        : "";
  return `That number is ${sure}${why}: of ${halves.length} random halves of the users, chosen from again, ${agreeing} give the same K${rest}.`;
}

/** Whether an interval of gains lies above 0, below, or holds it. */
export function gainWords(gain: Interval): string {
  checkObject("gainWords: gain", gain, ["mean", "low", "high"], "an interval, { mean, low, high }");
  const { mean, low, high } = gain;
  const verdict = low > 0 ? "more" : high < 0 ? "less" : "no sure difference";
  return `${signed(mean, 4)} nats an answer, 95 % interval ${signed(low, 4)} to ${signed(high, 4)}: ${verdict}`;
}

function bestWords({ comparison, heldOutAnswers, heldOutJudged }: Exploration): string {
  const { methods, best, overNext } = comparison;
  const winner = methods.find(({ id }) => id === best);
  if (winner === undefined) return "";
  const one = methods.find(({ id }) => id === comparison.oneReward);
  const seen =
    heldOutAnswers === 1 ? "one held-out answer" : amount(heldOutAnswers, heldOutJudged, "held-out ");
  const accuracy = `It predicts ${percent(winner.accuracy.mean)} of ${seen}`;
  const against =
    one === undefined || one.id === best
      ? `. ${accuracy}.`
      : `. ${accuracy}; ${one.name} predicts ${percent(one.accuracy.mean)} (${gainWords(winner.overOneReward)}).`;
  const next = methods.find(({ id }) => id === overNext?.id);
  const lead =
    overNext === undefined || next === undefined
      ? ""
      : ` Against the next best in validation, ${next.name}, it gains ${gainWords(overNext.gain)}.`;
  return `Chosen in validation: ${titleOf(winner)}${against}${lead}${slopeWords(winner)}`;
}

/** Whether the probabilities of a method mean what they say. */
export function slopeWords({ slope }: Pick<ComparedMethod, "slope">): string {
  if (slope === undefined) return "";
  const value = slope.toFixed(2);
  if (slope < 0.8) return ` Its probabilities are too sure (slope ${value}; 1 is calibrated).`;
  if (slope > 1.25) return ` Its probabilities are not sure enough (slope ${value}; 1 is calibrated).`;
  return ` Its probabilities are calibrated (slope ${value}; 1 is exact).`;
}

/** A method with its number of types. */
export function titleOf({ name, k, id }: Pick<ComparedMethod, "name" | "k" | "id">): string {
  if (k === undefined) return name;
  return `${name}, ${k} ${id === "pal" ? (k === 1 ? "prototype" : "prototypes") : k === 1 ? "type" : "types"}`;
}

function whoWords({ choice, description }: Exploration): string {
  if (choice.k === 1) return "With K = 1 there are no types to describe.";
  const noun = nounOf(choice);
  const sizes = description.sizes.map((size, j) => `${noun} ${j + 1} ${percent(size)}`).join(", ");
  return choice.kind === "continuum"
    ? `Users' posterior mean weights add up to: ${sizes}. A user lies between the prototypes.`
    : `Shares of users: ${sizes}. How surely each user is of their type, the picture of users shows.`;
}

function divideWords(found: Exploration): string {
  const { choice, description } = found;
  const name = (text: string): string => `“${short(text)}”`;
  const joins = description.bridging.at(0);
  if (choice.k === 1 || description.divisive.length === 0)
    return joins === undefined
      ? "With K = 1 nothing divides, and the answers are too few to say what joins."
      : `With K = 1 nothing divides; the surest is ${name(joins.text)}.`;
  const what = subjectWord(found);
  const joined =
    joins === undefined
      ? `there is no ${what} on which all are on one side`
      : `the most joining is ${name(joins.text)}`;
  return `The most dividing ${what} is ${name(description.divisive[0].text)}; ${joined}. The table below has more.`;
}

/** Whether users differ by a column. */
export function columnWords(column: ComparedColumn): string {
  checkObject("columnWords: column", column, ["name", "pValue"], "a column of what explore returns");
  const { name, type, groups, pValue, adjusted, permutations, gain } = column;
  const p = `${pWords(pValue, permutations)}, after Holm's correction ${adjusted <= 1.0001 / (1 + permutations) ? `≤ 1/${1 + permutations}` : adjusted.toFixed(adjusted < 0.1 ? 3 : 2)}`;
  const what =
    type === "numeric"
      ? `Preferences change with ${name}`
      : `The ${groups?.length ?? 0} groups of ${name} differ`;
  if (adjusted > 0.05) return `${name}: no difference is shown (${p}).`;
  const most = column.items.at(0);
  const on = most === undefined ? "" : `, most on “${short(most.id)}”`;
  return `${what}${on} (${p}); knowing it gains ${gainWords(gain)} on unseen users.`;
}

/** Every choice that was made, with its reason. */
export function choicesMade(found: Exploration, ties: string): readonly (readonly [string, string])[] {
  const { test, choice, sample, all, shown, bases, basis, columns, heldOutTest } = found;
  const part = (users: number): string =>
    users < all.users ? `${users} of ${all.users} users, drawn at random` : "all users";
  return [
    ["seed", String(found.seed)],
    ["ties and passes", ties],
    [
      "what utilities are linear in",
      bases.length === 0
        ? basisWords(basis)
        : `${basisWords(basis)}, chosen by cross-validation among ${bases.map(({ name, nats }) => `${basisWords(name)} (${signed(nats, 3)} nats)`).join(", ")}`,
    ],
    [
      "K tried",
      `1 to ${choice.candidates.length}, by cross-validation within each user on the answers that are not held out; upwards until the largest is not the best, to 12; users: ${part(sample.users)}`,
    ],
    [
      "rule for K",
      "the smallest K over which the best K gains no more than one standard error (over users), or .003 nats an answer",
    ],
    ["sure", "at least 9 of 10 random halves of the users give the same K; fairly sure: at least 7"],
    [
      "comparison of methods",
      `${amount(found.heldOutAnswers, found.heldOutJudged)} (${found.heldOutGiven ? "marked by a column of the data" : "a fifth of each user's, drawn by the seed"}) that took part in no choice; the best was chosen in validation`,
    ],
    ...(all.judged === undefined
      ? []
      : [
          [
            "what is kept together",
            `all comparisons made of one of the ${all.judged.of}: they train or are held out together, and count together as what they tell: the pairs of a ranking of 5 items as 5.4 answers, of 15 as 23; of a user's only one, its items are parted, and comparisons between the parts are left out`,
          ] as const,
        ]),
    [
      "test",
      `score test of variation between users: ${test.parts.length > 1 ? "the largest of " : ""}${test.parts.map(({ name }) => basisWords(name)).join(", ")}, ${test.parts.length > 1 ? "each " : ""}standardised; null distribution: ${test.draws} data sets drawn from one reward for all (${basisWords(test.basis)}), fitted again to each`,
    ],
    ...(heldOutTest === undefined
      ? []
      : [
          [
            "second opinion",
            `held-out gain against ${heldOutTest.permutations} ${heldOutTest.null === "permutation" ? "permuted data sets (answers shuffled within each question)" : "data sets drawn from one reward for all"}, the choice of K repeated in each`,
          ] as const,
        ]),
    [
      "model that is shown",
      `the method that was chosen, learned from all answers of ${part(shown.users)} by the same code`,
    ],
    ...(columns.length === 0
      ? []
      : [
          [
            "what is known of users",
            `score tests by permuting a column over users (${Math.min(...columns.map(({ permutations }) => permutations))} times, 9999 where p < .1), corrected by Holm over ${columns.length} columns`,
          ] as const,
        ]),
    ["named items", `only those with at least ${found.description.leastAnswers} answers`],
    ["intervals", "95 %, by bootstrap over users"],
  ];
}
