import { InputError } from "../../core/index.js";
import { checkPreferenceData, type Pairs, type PreferenceData } from "../../data/index.js";

/**
 * What can be asked, each once: question q is answered "right" with log odds theta[plus[q]] - theta[minus[q]]. A statement that is agreed or
 * disagreed with has one parameter (`minus` is -1), as has a pair where all pairs are disjoint; other pairs have those of their items.
 */
export interface Questions {
  /** Parameter indices, shape [Q]. */
  readonly plus: Int32Array;
  readonly minus: Int32Array;
  /** J. */
  readonly parameters: number;
  /** What a parameter is about: a context (statement), an item, or a pair whose items stand in no other pair: by index into contexts, items, questions. */
  readonly kind: "statements" | "items" | "pairs";
}

/** Answers to questions, columnar: what {@link fitMarginal} learns from. */
export interface Answers {
  /** U. */
  readonly users: number;
  readonly questions: Questions;
  /** User and question of each answer, shape [N]. */
  readonly user: Int32Array;
  readonly question: Int32Array;
  /** 1 where the answer is "right" (agree; the item of larger index), else 0; shape [N]. */
  readonly right: Uint8Array;
  /** Shape [N], default 1. */
  readonly weight?: Float32Array;
}

/** The same question for every row that asks the same thing, whichever side its items stood on. */
export interface Asked {
  readonly questions: Questions;
  readonly question: Int32Array;
  /** -1 where the row's right item is the question's left one, shape [N]. */
  readonly direction: Int8Array;
}

/**
 * Comparisons as answers to questions. With contexts and two items in all ("disagree", "agree") a question is a statement; else it is a pair of
 * items, and contexts are not looked at: items that differ by context must have ids of their own.
 * @throws InputError when an item is compared with itself
 */
export function answersOf(data: PreferenceData): Answers {
  checkPreferenceData("answersOf", data);
  const { questions, question, direction } = ask(data);
  const right = Uint8Array.from(data.label, (label, row) => (label * direction[row] > 0 ? 1 : 0));
  return { users: data.users.length, questions, user: data.user, question, right, weight: data.weight };
}

/** The questions that `pairs` ask. @throws InputError when an item is compared with itself */
export function ask(pairs: Pairs): Asked {
  const self = pairs.left.findIndex((left, row) => left === pairs.right[row]);
  if (self >= 0) {
    const id = JSON.stringify(pairs.items.ids[pairs.left[self]]);
    throw new InputError(`answersOf: row ${self} compares item ${id} with itself`);
  }
  const direction = Int8Array.from(pairs.left, (left, row) => (left < pairs.right[row] ? 1 : -1));
  const { context, contexts } = pairs;
  if (context !== undefined && contexts !== undefined && pairs.items.ids.length === 2) {
    return { questions: single(contexts.ids.length, "statements"), question: context, direction };
  }
  const { question, high, low } = distinctPairs(pairs);
  const isDisjoint = new Set([...high, ...low]).size === 2 * high.length;
  const items = {
    plus: Int32Array.from(high),
    minus: Int32Array.from(low),
    parameters: pairs.items.ids.length,
    kind: "items",
  } as const;
  return { questions: isDisjoint ? single(high.length, "pairs") : items, question, direction };
}

/** Questions with a parameter each. */
function single(parameters: number, kind: Questions["kind"]): Questions {
  const plus = Int32Array.from({ length: parameters }, (_, i) => i);
  return { plus, minus: new Int32Array(parameters).fill(-1), parameters, kind };
}

function distinctPairs(pairs: Pairs): {
  readonly question: Int32Array;
  readonly high: readonly number[];
  readonly low: readonly number[];
} {
  const size = pairs.items.ids.length;
  const known = new Map<number, number>();
  const [high, low]: [number[], number[]] = [[], []];
  const question = pairs.left.map((left, row) => {
    const [a, b] = [Math.min(left, pairs.right[row]), Math.max(left, pairs.right[row])];
    const found = known.get(a * size + b) ?? high.length;
    if (found === high.length) {
      known.set(a * size + b, found);
      high.push(b);
      low.push(a);
    }
    return found;
  });
  return { question, high, low };
}

/** The answers in `rows`. */
export function selectAnswers(answers: Answers, rows: Int32Array): Answers {
  const { weight } = answers;
  return {
    ...answers,
    user: rows.map((row) => answers.user[row]),
    question: rows.map((row) => answers.question[row]),
    right: Uint8Array.from(rows, (row) => answers.right[row]),
    ...(weight === undefined ? {} : { weight: Float32Array.from(rows, (row) => weight[row]) }),
  };
}
