import { InputError, list, show } from "../../core/index.js";
import type { AnswerCoding } from "../answer-coding.js";
import type { Answer, Answers } from "./answers.js";
import { distinctValues, type Values } from "./distinct-values.js";
import { graded, usualScale, type Scale } from "./grades.js";
import { fit, LABELS, lookup, TIES, VOTES, type KnownCoding } from "./known-codings.js";
import { unclear, type Setting } from "./settings.js";
import { rowError, type Table } from "./table.js";

/** Values of a column by what they say, where the usual codings do not hold: `{ left: ["L"], right: ["R"], tie: ["="] }`. */
export type Coding = { readonly [meaning: string]: readonly (string | number)[] };

/** A comparison's items, for labels that name the winner. */
interface Sides {
  left(row: number): string;
  right(row: number): string;
}

/** What is known of answers beside their values. */
export interface CodingHints {
  readonly given?: Coding;
  readonly scale?: Scale;
  /** How the answers of the training were read: these are read alike. */
  readonly known?: AnswerCoding;
  /** The names of the columns of the two items: a label may be one. */
  readonly names?: readonly [string, string];
}

const LABEL_SETTING: Setting = {
  program: 'labels: { left: ["…"], right: ["…"], tie: ["…"] }, or scale: [1, 7] of grades',
  flags: "--labels left=… --labels right=… --labels tie=…, or --scale 1..7 of grades",
};
const VOTE_SETTING: Setting = {
  program: 'votes: { agree: ["…"], disagree: ["…"], pass: ["…"] }, or scale: [1, 5] of grades',
  flags: "--votes agree=… --votes disagree=… --votes pass=…, or --scale 1..5 of grades",
};

/**
 * What the labels of comparisons say: one of the usual codings, the winner's id, or a grade.
 * @throws InputError when no coding, or more than one that disagree, fits all labels; lists the codings
 */
export function readLabels(
  table: Table,
  column: number,
  sides: Sides | undefined,
  hints: CodingHints = {},
): Answers {
  const values = distinctValues(table, column);
  const told = asTold(table, values, column, { ...hints, keys: ["left", "right", "tie"] });
  if (told !== undefined) return told;
  const { names } = hints;
  const winner = sides === undefined ? undefined : byWinner(table, values, sides);
  const codings = names === undefined ? LABELS : [...LABELS, byColumn(names)];
  const candidates = [
    ...(winner === undefined ? [] : [winner]),
    ...fit(values.all, codings).map((coding) => apply(values, coding)),
  ];
  const scale = candidates.length === 0 ? usualScale(values.all) : undefined;
  if (scale !== undefined) return graded(table, values, column, scale);
  return only(table, column, candidates, {
    known: [...LABELS.map(({ name }) => name), "the winner's id", "grades such as -10 … 10 and 1 … 7"],
    values: values.all,
    setting: LABEL_SETTING,
  });
}

/** What votes say. @throws InputError when no coding fits all of them; lists the codings */
export function readVotes(table: Table, column: number, hints: CodingHints = {}): Answers {
  const values = distinctValues(table, column);
  const told = asTold(table, values, column, { ...hints, keys: ["disagree", "agree", "pass"] });
  if (told !== undefined) return told;
  return only(
    table,
    column,
    fit(values.all, VOTES).map((coding) => apply(values, coding)),
    { known: VOTES.map(({ name }) => name), values: values.all, setting: VOTE_SETTING },
  );
}

/** Whether a column's values fit one of the codings of votes. */
export function areVotes(table: Table, column: number): boolean {
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    if (typeof cell === "object" && cell !== null) return false;
  }
  return fit(distinctValues(table, column).all, VOTES).length > 0;
}

interface Told extends CodingHints {
  /** The names of -1, +1 and 0. */
  readonly keys: readonly [string, string, string];
}

/** Answers as the caller, or the training, says that they are coded. */
function asTold(table: Table, values: Values, column: number, told: Told): Answers | undefined {
  const { given, scale, known } = told;
  if (given !== undefined) return byGiven(table, values, column, { given, keys: told.keys });
  const ends = scale ?? known?.scale;
  if (ends !== undefined) return graded(table, values, column, ends);
  if (known?.values === undefined) return undefined;
  const coding: KnownCoding = { name: known.name, values: known.values };
  const bad = values.all.findIndex((value) => lookup(coding, value) === undefined);
  if (bad < 0) return { ...apply(values, coding), coding: known };
  const problem = `${show(values.all[bad])} is not in the coding of the training (${known.name})`;
  throw rowError(table, values.of.indexOf(bad), problem, column);
}

/** Labels that are the names of the columns of the items: "Policy 1". */
function byColumn([left, right]: readonly [string, string]): KnownCoding {
  const key = (name: string): string => name.toLowerCase().replace(/[_-]+/g, " ");
  const ties = TIES.map((word): [string, 0] => [word, 0]);
  return {
    name: "the name of the winner's column",
    values: { ...Object.fromEntries(ties), [key(left)]: -1, [key(right)]: 1 },
  };
}

function apply(values: Values, coding: KnownCoding): Answers {
  const meaning = values.all.map((value) => lookup(coding, value));
  return {
    coding: { name: coding.name, values: coding.values },
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
  const isOne = of.some((answer) => answer === 1 || answer === -1);
  return isOne ? { of, coding: { name: "the winner's id" } } : undefined;
}

function byGiven(
  table: Table,
  values: Values,
  column: number,
  { given, keys }: { readonly given: Coding; readonly keys: Told["keys"] },
): Answers {
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
  return { of, coding: { name: `${written.join(", ")} (given)`, values: Object.fromEntries(meaning) } };
}

/** The only candidate, or the first of several that say the same in every row. */
function only(
  table: Table,
  column: number,
  candidates: readonly Answers[],
  about: { readonly known: readonly string[]; readonly values: readonly string[]; readonly setting: Setting },
): Answers {
  const { known, values, setting } = about;
  const found = values.length === 0 ? "no value at all" : list(values);
  const problem = `${table.file}: column ${show(table.columns[column])} holds ${found}`;
  const [first, ...others] = candidates;
  if (first === undefined)
    throw unclear(
      `${problem}: no known coding; understood are: ${known.join("; ")}`,
      setting,
      (how) => `for another say what its values mean: ${how}`,
    );
  const differing = others.find((other) => other.of.some((answer, row) => answer !== first.of[row]));
  if (differing === undefined) return first;
  throw unclear(
    `${problem}: it may be "${first.coding.name}" or "${differing.coding.name}"`,
    setting,
    (how) => `${how} decides`,
  );
}
