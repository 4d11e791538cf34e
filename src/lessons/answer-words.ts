import { show } from "../core/index.js";
import type { AnswerKind, Choice, ExerciseCheck } from "./exercise-check.js";

/** What kind of answer is expected, for somebody who gave another: "a number from 0 to 1". */
export function expectedWords(
  kind: AnswerKind,
  { is, range, of = [], inOrder = false }: ExerciseCheck,
): string {
  const between = range === undefined ? "" : ` from ${range[0]} to ${range[1]}`;
  const many = Array.isArray(is) ? is.length : 0;
  switch (kind) {
    case "number":
      return `a number${between}`;
    case "numbers":
      return `a list of ${many} numbers${between}`;
    case "choice":
      return `one of ${choiceWords(of)}`;
    case "choices":
      return inOrder
        ? `a list of ${many}, each one of ${choiceWords(of)}`
        : `a list of some of ${choiceWords(of)}`;
    case "function":
      return "a function";
  }
}

/** How near an answer must be: "within 0.05 of the right value"; nothing where there is nothing between right and wrong. */
export function toleranceWords({ is, within }: ExerciseCheck): string {
  if (within === undefined || typeof is === "function" || within === 0) return "";
  return `${Array.isArray(is) ? "each " : ""}within ${numberWords(within)} of the right value`;
}

/** A value as somebody who wrote it knows it. It never throws, whatever the value is. */
export function gotWords(value: unknown): string {
  if (typeof value === "string") return `the text ${show(value)}`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (kindName(value) === "Promise") return "a promise (write await before it)";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** "Set", "Promise", …, whichever realm made it. */
export function kindName(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

/** About three digits that count. */
export function numberWords(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The first ten, and how many more there are. */
function choiceWords(of: readonly Choice[]): string {
  const words = of.slice(0, 10).map((each) => (typeof each === "number" ? String(each) : show(each)));
  return words.join(", ") + (of.length > 10 ? ` and ${of.length - 10} more` : "");
}
