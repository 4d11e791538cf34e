/** A way to write answers: its name, and what each value says (lower case). */
export interface KnownCoding {
  readonly name: string;
  readonly values: { readonly [value: string]: -1 | 0 | 1 };
  /** Whether the values that occur tell this coding from the others: a column of 1 alone could mean left or right. */
  tells?(has: (value: number) => boolean): boolean;
}

/** Words that say neither. */
export const TIES = [
  "tie",
  "tied",
  "draw",
  "equal",
  "same",
  "both",
  "neither",
  "none",
  "no preference",
  "tie (bothbad)",
  "bothbad",
  "=",
  ...[
    "about the same",
    "the same",
    "equally good",
    "equally bad",
    "similar",
    "no difference",
    "indifferent",
    "undecided",
  ],
];
const SIDE_WORDS: readonly (readonly [string, string])[] = [
  ["left", "right"],
  ["l", "r"],
  ["a", "b"],
  ["first", "second"],
  ["one", "two"],
  ...[
    "option",
    "item",
    "response",
    "answer",
    "model",
    "text",
    "output",
    "completion",
    "image",
    "choice",
    "candidate",
  ].flatMap((word) => [[`${word} a`, `${word} b`] as const, [`${word} 1`, `${word} 2`] as const]),
];

/** Codings of comparisons. */
export const LABELS: readonly KnownCoding[] = [
  { name: "-1 left, +1 right, 0 tie", values: { "-1": -1, "1": 1, "0": 0 }, tells: (has) => has(-1) },
  {
    name: "0 left, 1 right, 0.5 tie",
    values: { "0": -1, "1": 1, "0.5": 0 },
    tells: (has) => has(0) && (has(1) || has(0.5)),
  },
  { name: "1 left, 2 right", values: { "1": -1, "2": 1 }, tells: (has) => has(2) },
  { name: "left and right by words", values: worded(SIDE_WORDS, TIES) },
];

const PASSES = [
  "pass",
  "passed",
  "skip",
  "neutral",
  "unsure",
  "undecided",
  "don't know",
  "dont know",
  "no opinion",
  "abstain",
  "neither",
];
const VOTE_WORDS: readonly (readonly [string, string])[] = [
  ["disagree", "agree"],
  ["no", "yes"],
  ["n", "y"],
  ["false", "true"],
  ["down", "up"],
  ["downvote", "upvote"],
  ["dislike", "like"],
  ["against", "for"],
  ["oppose", "support"],
  ["reject", "approve"],
];

/** Codings of votes. */
export const VOTES: readonly KnownCoding[] = [
  {
    name: "1 agree, -1 disagree, 0 pass",
    values: { "-1": -1, "1": 1, "0": 0 },
    tells: (has) => has(-1) || !has(0),
  },
  { name: "1 agree, 0 disagree", values: { "0": -1, "1": 1 }, tells: (has) => has(0) && has(1) },
  { name: "agree, disagree and pass by words", values: worded(VOTE_WORDS, PASSES) },
];

function worded(
  pairs: readonly (readonly [string, string])[],
  neither: readonly string[],
): KnownCoding["values"] {
  const entries = pairs.flatMap(([minus, plus]): [string, -1 | 0 | 1][] => [
    [minus, -1],
    [plus, 1],
  ]);
  return Object.fromEntries([...entries, ...neither.map((word): [string, 0] => [word, 0])]);
}

/** What a value says in a coding; undefined where the coding lacks it. */
export function lookup(coding: KnownCoding, value: string): -1 | 0 | 1 | undefined {
  if (Object.hasOwn(coding.values, value)) return coding.values[value];
  const key = Number.isFinite(Number(value))
    ? String(Number(value))
    : value.toLowerCase().replace(/[_-]+/g, " ");
  if (Object.hasOwn(coding.values, key)) return coding.values[key];
  const said = PHRASE.exec(key)?.[1];
  return said !== undefined && Object.hasOwn(coding.values, said) ? coding.values[said] : undefined;
}

/** "A is better", "the left one is slightly better", "I prefer B": what is said of. */
const PHRASE =
  /^(?:(?:i )?prefer )?(?:the )?(.+?)(?: one)?(?: (?:is|was|are))?(?: (?:much|slightly|a little|clearly|significantly|somewhat))?(?: (?:better|preferred|wins|won|best))?$/;

/** The codings that have all of `values` and are told by them. */
export function fit(values: readonly string[], codings: readonly KnownCoding[]): KnownCoding[] {
  const has = (number: number): boolean => values.some((value) => Number(value) === number);
  const fits = (coding: KnownCoding): boolean => values.every((value) => lookup(coding, value) !== undefined);
  return codings.filter((coding) => values.length > 0 && fits(coding) && (coding.tells?.(has) ?? true));
}
