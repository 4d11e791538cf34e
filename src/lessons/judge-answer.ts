import { messageOf } from "../core/index.js";
import { expectedWords, gotWords, kindName, numberWords, toleranceWords } from "./answer-words.js";
import { checkExercise, type AnswerKind, type Choice, type ExerciseCheck } from "./exercise-check.js";

/** Whether an answer is right, wrong, or not there yet. */
export type Verdict = "right" | "wrong" | "none";

/** What is said of an answer. */
export interface Judgement {
  readonly verdict: Verdict;
  /** What was found, in sentences, the hint with it. */
  readonly says: string;
}

/**
 * Judges what a learner answered. Whatever the answer is, nothing is thrown for it: one of the wrong kind is told what is expected.
 * @throws InputError for a check that is none: the lesson's mistake
 */
export function judgeAnswer(answer: unknown, check: ExerciseCheck): Judgement {
  const kind = checkExercise(check);
  try {
    return isWithoutValue(check)
      ? { verdict: "wrong", says: "The run gives nothing to compare with: run the cells above first." }
      : judge(kind, answer, check);
  } catch (thrown) {
    return wrong(check, `Your answer could not be tried: ${messageOf(thrown)}.`);
  }
}

/** A lesson whose cells ran in another order, or whose run failed, has no number. */
function isWithoutValue({ is }: ExerciseCheck): boolean {
  const values: readonly unknown[] = Array.isArray(is) ? is : [is];
  return values.length === 0 || values.some((value) => value === undefined || Number.isNaN(value));
}

function judge(kind: AnswerKind, answer: unknown, check: ExerciseCheck): Judgement {
  if (isMissing(answer)) return none(kind, check);
  switch (kind) {
    case "number":
      return judgeNumber(answer, check);
    case "numbers":
      return judgeNumbers(answer, check);
    case "choice":
      return judgeChoice(answer, check);
    case "choices":
      return judgeChoices(answer, check);
    case "function":
      return judgeFunction(answer, check);
  }
}

/** What an exercise holds before anybody has touched it. */
function isMissing(answer: unknown): boolean {
  if (answer === undefined || answer === null || Number.isNaN(answer)) return true;
  if (typeof answer === "string") return answer.trim() === "";
  const list = listOf(answer);
  return list !== undefined && list.every(isMissing);
}

function judgeNumber(answer: unknown, check: ExerciseCheck): Judgement {
  const fault = numberFault(answer, check);
  if (fault !== undefined) return wrong(check, `Expected ${expectedWords("number", check)}, got ${fault}.`);
  return judgeValue(answer as number, check, String(answer));
}

/** @param given the number, in the words of who gave it */
function judgeValue(number: number, check: ExerciseCheck, given: string): Judgement {
  const { is } = check;
  if (typeof is === "function")
    return is(number as never) ? { verdict: "right", says: "" } : wrong(check, `${given} is not it.`);
  const near = toleranceWords(check);
  if (isNear(number, is as number, check)) {
    const counts = near === "" ? "" : `; ${near} counts`;
    return { verdict: "right", says: `It is ${numberWords(is as number)}${counts}.` };
  }
  const side = number > (is as number) ? "high" : "low";
  return wrong(check, `${given} is too ${side}${near === "" ? "" : `: ${near} counts`}.`);
}

function judgeNumbers(answer: unknown, check: ExerciseCheck): Judgement {
  const is = check.is as readonly number[];
  const list = listOf(answer);
  const expected = `Expected ${expectedWords("numbers", check)}`;
  if (list?.length !== is.length) return wrong(check, `${expected}, got ${gotWords(list ?? answer)}.`);
  const faults = list.map((each) => numberFault(each, check));
  const bad = faults.findIndex((fault) => fault !== undefined);
  if (bad >= 0) return wrong(check, `${expected}, got ${faults[bad]} at place ${bad + 1}.`);
  const right = is.filter((each, i) => isNear(list[i] as number, each, check)).length;
  const near = toleranceWords(check);
  const counts = near === "" ? "" : `; ${near} counts`;
  return right === is.length
    ? { verdict: "right", says: `They are ${is.map(numberWords).join(", ")}${counts}.` }
    : wrong(check, `${right} of ${is.length} are right${counts}.`);
}

function judgeChoice(answer: unknown, check: ExerciseCheck): Judgement {
  const { is } = check;
  const chosen = chosenOf(answer, check);
  if (chosen === undefined)
    return wrong(check, `Expected ${expectedWords("choice", check)}, got ${gotWords(answer)}.`);
  const isRight = typeof is === "function" ? is(chosen as never) : chosen === is;
  return isRight ? { verdict: "right", says: `It is ${chosen}.` } : wrong(check, `${chosen} is not it.`);
}

function judgeChoices(answer: unknown, check: ExerciseCheck): Judgement {
  const is = check.is as readonly Choice[];
  const list = listOf(answer);
  const expected = `Expected ${expectedWords("choices", check)}`;
  if (list === undefined || (check.inOrder === true && list.length !== is.length))
    return wrong(check, `${expected}, got ${gotWords(list ?? answer)}.`);
  const chosen = list.map((each) => chosenOf(each, check));
  const bad = chosen.indexOf(undefined);
  if (bad >= 0) return wrong(check, `${expected}, got ${gotWords(list[bad])} at place ${bad + 1}.`);
  if (check.inOrder !== true) return judgeSet(new Set(chosen as Choice[]), check);
  const right = is.filter((each, i) => chosen[i] === each).length;
  return right === is.length
    ? { verdict: "right", says: `They are ${is.join(", ")}.` }
    : wrong(check, `${right} of ${is.length} are right.`);
}

function judgeSet(chosen: ReadonlySet<Choice>, check: ExerciseCheck): Judgement {
  const is = check.is as readonly Choice[];
  const found = is.filter((each) => chosen.has(each)).length;
  if (found === is.length && chosen.size === is.length)
    return { verdict: "right", says: `They are ${is.join(", ")}.` };
  return wrong(check, `${found} of the ${chosen.size} that you name belong there, of ${is.length}.`);
}

function judgeFunction(answer: unknown, check: ExerciseCheck): Judgement {
  if (typeof answer !== "function") return wrong(check, `Expected a function, got ${gotWords(answer)}.`);
  const given: unknown = check.measure?.(answer as never);
  if (given === undefined || Number.isNaN(given)) return none("function", check);
  if (typeof given !== "number")
    return wrong(check, `Your function should lead to a number, and leads to ${gotWords(given)}.`);
  return judgeValue(given, check, `What yours leads to (${numberWords(given)})`);
}

/** Which of the choices an answer names; upper and lower case are alike. */
function chosenOf(answer: unknown, { of = [] }: ExerciseCheck): Choice | undefined {
  const key = (value: unknown): unknown => (typeof value === "string" ? value.trim().toLowerCase() : value);
  return of.find((each) => key(each) === key(answer));
}

/** Why something is no number of the range, or undefined. */
function numberFault(answer: unknown, { range }: ExerciseCheck): string | undefined {
  if (typeof answer === "string") return `${gotWords(answer)}: a number is written without quotes`;
  if (typeof answer !== "number" || Number.isNaN(answer)) return gotWords(answer);
  if (range === undefined || (answer >= range[0] && answer <= range[1])) return undefined;
  const isPercent = range[1] === 1 && answer > 1 && answer <= 100;
  return `${answer}${isPercent ? `: ${answer} % is written ${numberWords(answer / 100)}` : ""}`;
}

function isNear(number: number, is: number, { within = 0 }: ExerciseCheck): boolean {
  return Math.abs(number - is) <= within + ROUNDING * Math.abs(is);
}

/** An answer that is at the edge is not wrong for its last bit. */
const ROUNDING = 1e-12;

/** Arrays, typed arrays and sets; a cell's own are of another realm than these. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const isList = ArrayBuffer.isView(value) ? !(value instanceof DataView) : kindName(value) === "Set";
  return isList ? Array.from(value as Iterable<unknown>) : undefined;
}

function wrong({ hint }: ExerciseCheck, found: string): Judgement {
  return { verdict: "wrong", says: `${found} Hint: ${hint}` };
}

function none(kind: AnswerKind, check: ExerciseCheck): Judgement {
  const near = toleranceWords(check);
  if (kind === "function")
    return {
      verdict: "none",
      says: `Your function gives nothing yet.${near === "" ? "" : ` What it leads to is right ${near}.`}`,
    };
  const expected = `${expectedWords(kind, check)}${near === "" ? "" : `, ${near}`}`;
  return { verdict: "none", says: `There is no answer yet. Expected: ${expected}.` };
}
