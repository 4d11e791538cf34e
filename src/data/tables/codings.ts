import { InputError, list, show } from "../../core/index.js";
import { isBlank, rowError, type Cell, type Table } from "./table.js";

/** What an answer says: -1 left or disagree, +1 right or agree, 0 neither, undefined: no answer was given. */
export type Answer = -1 | 0 | 1 | undefined;

/** Values of a column by what they say, where the usual codings do not hold: `{ left: ["L"], right: ["R"], tie: ["="] }`. */
export type Coding = { readonly [meaning: string]: readonly (string | number)[] };

/** A way to write answers: its name, and what each value says (lower case). */
interface KnownCoding {
  readonly name: string;
  readonly values: { readonly [value: string]: -1 | 0 | 1 };
  /** Whether the values that occur tell this coding from the others: a column of 1 alone could mean left or right. */
  tells?(has: (value: number) => boolean): boolean;
}

const TIES = [
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

const LABELS: readonly KnownCoding[] = [
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

const VOTES: readonly KnownCoding[] = [
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

/** Values that are read as one of the codings, and how that is called. */
export interface Answers {
  /** Of each row, shape [N]. */
  readonly of: readonly Answer[];
  readonly coding: string;
}

/** A comparison's items, for labels that name the winner. */
interface Sides {
  left(row: number): string;
  right(row: number): string;
}

/**
 * What the labels of comparisons say: one of the usual codings, or the winner's id.
 * @throws InputError when no coding, or more than one that disagree, fits all labels; lists the codings
 */
export function readLabels(table: Table, column: number, sides: Sides | undefined, given?: Coding): Answers {
  const values = distinctValues(table, column);
  if (given !== undefined) return byGiven(table, values, column, { given, keys: ["left", "right", "tie"] });
  const winner = sides === undefined ? undefined : byWinner(table, values, sides);
  const fitting = fit(values.all, LABELS);
  const candidates = [
    ...(winner === undefined ? [] : [winner]),
    ...fitting.map((coding) => apply(values, coding)),
  ];
  return only(table, column, candidates, {
    known: [...LABELS.map(({ name }) => name), "the winner's id"],
    values: values.all,
    how: 'labels: { left: ["…"], right: ["…"], tie: ["…"] }',
  });
}

/** What votes say. @throws InputError when no coding fits all of them; lists the codings */
export function readVotes(table: Table, column: number, given?: Coding): Answers {
  const values = distinctValues(table, column);
  if (given !== undefined)
    return byGiven(table, values, column, { given, keys: ["disagree", "agree", "pass"] });
  const fitting = fit(values.all, VOTES);
  return only(
    table,
    column,
    fitting.map((coding) => apply(values, coding)),
    {
      known: VOTES.map(({ name }) => name),
      values: values.all,
      how: 'votes: { agree: ["…"], disagree: ["…"], pass: ["…"] }',
    },
  );
}

interface Values {
  readonly all: readonly string[];
  /** Index into `all` of each row; -1 for a blank cell. */
  readonly of: Int32Array;
}

function distinctValues(table: Table, column: number): Values {
  const index = new Map<Cell, number>();
  const texts = new Map<string, number>();
  const of = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    let value = index.get(cell);
    if (value === undefined) {
      const text = isBlank(cell) ? "" : textOf(table, row, column);
      value = text === "" ? -1 : (texts.get(text) ?? texts.size);
      if (value >= 0) texts.set(text, value);
      index.set(cell, value);
    }
    of[row] = value;
  }
  return { all: [...texts.keys()], of };
}

function textOf(table: Table, row: number, column: number): string {
  const cell = table.cell(row, column);
  if (typeof cell === "string") return cell.trim();
  if (typeof cell === "boolean" || (typeof cell === "number" && Number.isFinite(cell))) return String(cell);
  throw rowError(
    table,
    row,
    `must be a text, a number or true/false, got ${show(JSON.stringify(cell))}`,
    column,
  );
}

function lookup(coding: KnownCoding, value: string): -1 | 0 | 1 | undefined {
  const key = Number.isFinite(Number(value))
    ? String(Number(value))
    : value.toLowerCase().replace(/[_-]+/g, " ");
  return Object.hasOwn(coding.values, key) ? coding.values[key] : undefined;
}

/** The codings that have all of `values` and are told by them. */
function fit(values: readonly string[], codings: readonly KnownCoding[]): KnownCoding[] {
  const has = (number: number): boolean => values.some((value) => Number(value) === number);
  const fits = (coding: KnownCoding): boolean => values.every((value) => lookup(coding, value) !== undefined);
  return codings.filter((coding) => values.length > 0 && fits(coding) && (coding.tells?.(has) ?? true));
}

function apply(values: Values, coding: KnownCoding): Answers {
  const meaning = values.all.map((value) => lookup(coding, value));
  return {
    coding: coding.name,
    of: Array.from(values.of, (value) => (value < 0 ? undefined : meaning[value])),
  };
}

/** Labels that name the winner's id, where every one does; ties by a word. */
function byWinner(table: Table, values: Values, sides: Sides): Answers | undefined {
  const isTie = values.all.map((value) => TIES.includes(value.toLowerCase()));
  const of: Answer[] = [];
  for (let row = 0; row < table.rows; row++) {
    const value = values.of[row];
    const [left, right] = [sides.left(row), sides.right(row)];
    const text = value < 0 ? "" : values.all[value];
    if (value < 0) of.push(undefined);
    else if (text === left) of.push(-1);
    else if (text === right) of.push(1);
    else if (isTie[value]) of.push(0);
    else return undefined;
  }
  return of.some((answer) => answer === 1 || answer === -1) ? { of, coding: "the winner's id" } : undefined;
}

interface GivenCoding {
  readonly given: Coding;
  /** The names of -1, +1 and 0. */
  readonly keys: readonly [string, string, string];
}

function byGiven(table: Table, values: Values, column: number, { given, keys }: GivenCoding): Answers {
  const meaning = new Map<string, -1 | 0 | 1>();
  for (const [name, cells] of Object.entries(given)) {
    const at = keys.indexOf(name);
    if (at < 0) throw new InputError(`labels: unknown meaning ${show(name)}; known: ${list(keys)}`);
    for (const cell of cells) meaning.set(String(cell), ([-1, 1, 0] as const)[at]);
  }
  const of = Array.from(values.of, (value, row): Answer => {
    if (value < 0) return undefined;
    const answer = meaning.get(values.all[value]);
    if (answer !== undefined) return answer;
    throw rowError(
      table,
      row,
      `${show(values.all[value])} is not among the given codes ${list([...meaning.keys()])}`,
      column,
    );
  });
  const written = Object.entries(given).map(([name, cells]) => `${cells.join(" or ")} ${name}`);
  return { of, coding: `${written.join(", ")} (given)` };
}

/** The only candidate, or the first of several that say the same in every row. */
function only(
  table: Table,
  column: number,
  candidates: readonly Answers[],
  {
    known,
    values,
    how,
  }: { readonly known: readonly string[]; readonly values: readonly string[]; readonly how: string },
): Answers {
  const name = show(table.columns[column]);
  const found = values.length === 0 ? "no value at all" : list(values);
  const help = `understood are: ${known.join("; ")}. For another say what its values mean: ${how}`;
  if (candidates.length === 0)
    throw new InputError(`${table.file}: column ${name} holds ${found}: no known coding; ${help}`);
  const [first, ...others] = candidates;
  const differing = others.find((other) => other.of.some((answer, row) => answer !== first.of[row]));
  if (differing !== undefined) {
    throw new InputError(
      `${table.file}: column ${name} holds ${found}: it may be "${first.coding}" or "${differing.coding}"; ${how} decides`,
    );
  }
  return first;
}
