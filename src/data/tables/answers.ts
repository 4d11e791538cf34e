import type { AnswerCoding } from "../answer-coding.js";

/** What an answer says: -1 left or disagree, +1 right or agree, 0 neither, undefined: no answer was given. */
export type Answer = -1 | 0 | 1 | undefined;

/** Answers that were read, and how. */
export interface Answers {
  /** Of each row, shape [N]. */
  readonly of: readonly Answer[];
  readonly coding: AnswerCoding;
  /** How strong each is, a fraction (0-1), where answers are grades, shape [N]. */
  readonly strength?: Float32Array;
}
