/** How answers were read from a table: what it takes to read those of others alike. */
export interface AnswerCoding {
  /** In words. */
  readonly name: string;
  /** What each value says (-1 left or disagree, 1 right or agree, 0 neither), where values say it by themselves. */
  readonly values?: { readonly [value: string]: -1 | 0 | 1 };
  /** The ends of the scale of grades: at the first the left item is preferred most strongly. */
  readonly scale?: readonly [number, number];
}
