import type { DataSummary } from "../../data/index.js";
import type { Exploration, HeldOutMethod } from "../../evaluate/index.js";

/** A question that a reader has, and the answer in words. */
export interface PlainAnswer {
  readonly question: string;
  readonly answer: string;
}

/** What prototypes are about: a statement, an item, a pair. */
export function subjectWord({ kind }: Pick<Exploration, "kind">): string {
  return kind === "statements" ? "statement" : kind === "items" ? "item" : "pair";
}

/** The answers that a report begins with. */
export function plainAnswers(found: Exploration): PlainAnswer[] {
  return [
    { question: "Is one reward for all enough?", answer: isOneEnough(found) },
    {
      question: "How many prototypes do the answers support?",
      answer: `${capital(found.choice.statement)}.`,
    },
    { question: "How much better are held-out answers told?", answer: howMuch(found) },
    { question: "Who are the groups?", answer: whoTheyAre(found) },
    { question: "What divides and what joins them?", answer: whatDivides(found) },
  ];
}

function isOneEnough({ test, choice }: Exploration): string {
  if (test.unaskable !== undefined) return `This cannot be asked of these data: ${test.unaskable}.`;
  const p = test.pValue.toFixed(test.pValue < 0.1 ? 3 : 2);
  const gain = `K = ${test.k} gains ${signed(test.nats.mean, 4)} nats a held-out answer and ${signed(100 * test.accuracy.mean, 1)} percentage points of accuracy over one reward for all`;
  if (test.pValue > 0.05) {
    return `These answers do not show otherwise: ${gain}, which data without persons often reach too (p = ${p}). That is no proof that all users are alike.`;
  }
  const size = test.nats.mean < 0.005 ? "No, but the difference is small" : "No";
  const but =
    choice.k === 1
      ? " Yet the rule for K, which asks for a gain that is sure for each user's next answers, stays with K = 1."
      : "";
  return `${size}: ${gain}, more than data without persons do (p = ${p}).${but} A user who agrees with nearly everything counts as a difference between persons too: see the row "how readily the user agrees" below.`;
}

function howMuch({ comparison, choice, heldOutAnswers }: Exploration): string {
  const { methods, overFactors } = comparison;
  const majority = methods.find(({ name }) => name.includes("one reward"));
  const pal = methods.filter(({ name }) => name.startsWith("PAL")).at(-1);
  if (pal === undefined || majority === undefined) return "";
  const peer = overFactors === undefined ? "" : factorWords(overFactors);
  const seen = heldOutAnswers === 1 ? "one answer" : `${heldOutAnswers} answers`;
  if (choice.best === 1)
    return `PAL with K = 1 is one reward for all. It tells ${percent(pal.accuracy.mean)} of ${seen} that no choice has seen.${peer}`;
  const { mean, low, high } = pal.overMajority;
  const verdict = low > 0 ? "more" : high < 0 ? "fewer" : "not surely more";
  return (
    `${pal.name} tells ${percent(pal.accuracy.mean)} of ${seen} that no choice has seen; ${majority.name} tells ${percent(majority.accuracy.mean)}. ` +
    `In log-likelihood it gains ${signed(mean, 4)} nats an answer (95 % interval over users ${signed(low, 4)} to ${signed(high, 4)}): ${verdict} than popularity alone.${peer}`
  );
}

function factorWords({ mean, low, high }: HeldOutMethod["overMajority"]): string {
  const interval = `(${signed(mean, 4)} nats an answer, interval ${signed(low, 4)} to ${signed(high, 4)})`;
  if (mean < 0)
    return ` It is behind a factor model without prototypes ${interval}${high < 0 ? ": prototypes describe these users more simply than they are" : ", not surely"}.`;
  return ` It is not behind a factor model without prototypes ${interval}.`;
}

function whoTheyAre({ choice, description, agreement }: Exploration): string {
  if (choice.k === 1) return "With K = 1 there are none.";
  const sizes = description.sizes.map((size, j) => `prototype ${j + 1} ${percent(size)}`).join(", ");
  const given =
    agreement === undefined
      ? ""
      : ` The groups given with the data agree with users' heaviest prototypes by an adjusted Rand index of ${agreement.index.toFixed(2)} (1 the same, 0 unrelated; ${agreement.users} users in ${agreement.groups} groups).`;
  return `Users' weights add up to: ${sizes}. A user lies between prototypes; the picture of users shows whether there are groups or a continuum.${given}`;
}

function whatDivides({ choice, description, kind }: Exploration): string {
  const name = (text: string): string => `“${short(text)}”`;
  const joins = description.bridging.at(0);
  if (choice.k === 1 || description.divisive.length === 0) {
    return joins === undefined
      ? "With K = 1 nothing divides, and the answers are too few to say what joins."
      : `With K = 1 nothing divides; all are surest about ${name(joins.text)}.`;
  }
  const what = kind === "statements" ? "statement" : kind === "items" ? "item" : "pair";
  return `The most dividing ${what} is ${name(description.divisive[0].text)}; ${joins === undefined ? `there is no ${what} on which all prototypes are on one side` : `the most joining is ${name(joins.text)}`}. The tables below have more.`;
}

/** Every choice that was made, with its reason. */
export function choicesMade(
  found: Exploration,
  summary: DataSummary | undefined,
): readonly (readonly [string, string])[] {
  const { test, choice, sample, all } = found;
  const part = (users: number): string =>
    users < all.users ? `${users} of ${all.users} users, drawn at random` : "all users";
  return [
    ["seed", String(found.seed)],
    ["ties and passes", summary === undefined ? "as loaded" : `${summary.ties.count}, ${summary.ties.kept}`],
    ["model", found.method],
    [
      "K tried",
      `1 to ${choice.candidates.length}, by cross-validation within each user on four fifths of the answers, ${choice.byRepeat.length} repeats; users: ${part(sample.users)}`,
    ],
    [
      "rule for K",
      "the smallest K whose held-out log-likelihood is within one standard error (over users) of the best",
    ],
    [
      "strength of the prior",
      `chosen on the same held-out answers for each K alike; ${found.strength} for K = ${choice.k}`,
    ],
    [
      "comparison of methods",
      `${found.heldOutAnswers} answers (a fifth of each user's) that took part in no choice`,
    ],
    [
      "test",
      `${test.permutations} data sets without persons (${test.null === "permutation" ? "answers shuffled within each question" : "answers drawn from one reward for all, because questions hardly repeat"}; ${test.answersPerQuestion.toFixed(1)} answers share a question); the choice of K (2 or 3) and of the prior repeated in each; users: ${test.users < test.usersBefore ? `${test.users} of ${test.usersBefore}, drawn at random` : "all"}`,
    ],
    [
      "p-value",
      `${test.pValue.toFixed(3)}; 95 % Monte Carlo interval ${test.pInterval.low.toFixed(3)} to ${test.pInterval.high.toFixed(3)}`,
    ],
    ["named items", `only those with at least ${found.description.leastAnswers} answers`],
    ["intervals", "95 %, by bootstrap over users"],
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A number with its sign, a true minus. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : value < 0 ? `−${text}` : `+${text}`;
}

export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction > 0.1 && fraction < 0.995 ? 0 : 1)} %`;
}

function short(text: string): string {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > 160 ? `${letters.slice(0, 157).join("")}…` : letters.join("");
}
