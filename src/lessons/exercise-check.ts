import {
  checkArray,
  checkFunction,
  checkKeys,
  checkNumber,
  checkObject,
  checkText,
  InputError,
} from "../core/index.js";

/** A name that can be chosen, or a number. */
export type Choice = string | number;

/** What is right, and what is said to somebody who has not found it. */
export interface ExerciseCheck {
  /**
   * A number (with `within`); numbers in this order (with `within`); one of `of`; several of `of`, in any order unless `inOrder`; or what says
   * whether an answer, a number or with `of` a choice, is right. The lesson computes it from its run.
   */
  readonly is: number | string | readonly number[] | readonly string[] | ((answer: never) => boolean);
  /** How far from a number still counts as right; 0 or more. */
  readonly within?: number;
  /** Least and largest number that can be an answer. */
  readonly range?: readonly [least: number, largest: number];
  /** What there is to choose from. */
  readonly of?: readonly (string | number)[];
  /** Whether names have an order: one for each of several questions. Default false. */
  readonly inOrder?: boolean;
  /** Where the answer is a function: what it gives in the lesson, a number that is then compared. */
  readonly measure?: (answer: never) => number;
  /** What helps somebody whose answer is wrong. */
  readonly hint: string;
}

const KEYS = ["is", "within", "range", "of", "inOrder", "measure", "hint"];

/** What kind of answer a check asks for. */
export type AnswerKind = "number" | "numbers" | "choice" | "choices" | "function";

/** @throws InputError unless a lesson's check is one: what a learner answers never throws, what a lesson asks may */
export function checkExercise(check: ExerciseCheck): AnswerKind {
  checkObject(
    "lab.exercise: check",
    check,
    ["is", "hint"],
    "an object such as { is: 0.8, within: 0.05, hint: … }",
  );
  checkKeys("lab.exercise", check, KEYS);
  const { is, within, range, of, measure, hint } = check;
  checkText("lab.exercise: hint", hint, "a sentence that helps");
  if (of !== undefined) checkArray("lab.exercise: of", of, "an array of what there is to choose from");
  if (measure !== undefined) checkFunction("lab.exercise: measure", measure, "a function of the answer");
  if (range !== undefined) checkRange(range);
  const kind = kindOf(check);
  const isMeasured = kind === "number" || kind === "numbers" || kind === "function";
  if (isMeasured && typeof is !== "function")
    checkNumber("lab.exercise: within (how far from the number still counts)", within ?? NaN, { min: 0 });
  return kind;
}

function kindOf({ is, of, measure }: ExerciseCheck): AnswerKind {
  if (measure !== undefined) return "function";
  if (of !== undefined) return Array.isArray(is) ? "choices" : "choice";
  if (typeof is === "number" || typeof is === "function") return "number";
  if (Array.isArray(is) && is.every((each) => typeof each === "number")) return "numbers";
  throw new InputError(
    "lab.exercise: names need of, an array of what there is to choose from, or every name would be tried",
  );
}

function checkRange(range: readonly number[]): void {
  checkArray("lab.exercise: range", range, "two numbers, such as [0, 1]");
  const [least, largest] = range;
  checkNumber("lab.exercise: range: the least", least);
  checkNumber("lab.exercise: range: the largest", largest, { min: least });
}
