import { InputError, list, show } from "../../core/index.js";
import type { Table } from "./table.js";

/** What a column can mean. */
export type Role =
  "user" | "left" | "right" | "label" | "context" | "statement" | "vote" | "group" | "time" | "heldOut";

/** Names of columns by what they mean; those that are not given are guessed. */
export type ColumnNames = { readonly [R in Role]?: string };

/** The columns that were taken, by what they mean, and whose names were not given but guessed. */
export interface ChosenColumns {
  readonly names: { readonly [role: string]: string };
  readonly guessed: readonly string[];
  /** Columns that are not used. */
  readonly ignored: readonly string[];
}

/** Names that are taken for a role, lower case, words joined by "_". The first is ours: it wins over the others. */
const SYNONYMS: { readonly [R in Role]: readonly string[] } = {
  user: words(
    "user",
    "worker annotator rater voter participant respondent person judge labeler labeller evaluator assessor subject reviewer player customer",
  ),
  label: words(
    "label",
    "preference winner choice answer response preferred preferred_item better vote selected pick judgment judgement outcome result",
  ),
  context: words("context", "prompt statement question instruction query scenario"),
  statement: words("statement", "comment proposal claim item"),
  vote: words("vote", "opinion reaction stance agreement response answer rating"),
  group: words("group", "group_id country persona cluster segment party region"),
  time: words("time", "timestamp datetime date created created_at"),
  heldOut: [],
  left: words("left", ""),
  right: words("right", ""),
};

/** Words of the sides of a comparison, each with its partner. A pair of columns differs in exactly one of these. */
const SIDES: readonly (readonly [string, string])[] = [
  ["left", "right"],
  ["a", "b"],
  ["1", "2"],
  ["0", "1"],
  ["first", "second"],
  ["one", "two"],
];

/** The word of a third side, by that of the first. */
const THIRD: { readonly [first: string]: string | undefined } = {
  a: "c",
  "1": "3",
  "0": "2",
  first: "third",
  one: "three",
};

/** Pairs in which the first column always holds the preferred item: such a table has no labels. */
const OUTCOMES: readonly (readonly [string, string])[] = [
  ["chosen", "rejected"],
  ["winner", "loser"],
  ["preferred", "rejected"],
  ["preferred", "dispreferred"],
];

/** What a side's column may be called besides the side: "option_1", "item a", "left_id". */
const ITEM_WORDS = new Set(
  "item option response answer completion output text model image candidate choice alternative product id name statement sentence summary object arm card".split(
    " ",
  ),
);

function words(ours: string, others: string): readonly string[] {
  return [ours, ...others.split(" ")].filter((word) => word !== "");
}

/** "Option1" → option_1, "worker-ID" → worker_id, "vote (1, 0 or -1)" → vote. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(\S)\s*\([^()]*[,\s][^()]*\)\s*$/, "$1")
    .replace(/([a-z])([A-Z0-9])/g, "$1_$2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Chooses columns for roles, from given names and guesses. */
export class ColumnChooser {
  readonly #table: Table;
  readonly #caller: string;
  readonly #words: readonly (readonly string[])[];
  readonly #taken = new Map<string, number>();
  readonly #guessed: string[] = [];

  /** @throws InputError for a given name that the table lacks */
  constructor(caller: string, table: Table, given: ColumnNames = {}) {
    this.#caller = caller;
    this.#table = table;
    this.#words = table.columns.map(wordsOf);
    for (const [role, name] of Object.entries(given)) this.#take(role, this.#find(role, name));
  }

  /** The column of a role. @throws InputError when several may be meant, unless it is one that a table may well have several of */
  optional(role: Exclude<Role, "left" | "right">): number | undefined {
    const given = this.#taken.get(role);
    if (given !== undefined) return given;
    const free = this.#free();
    const byWord = (word: string): number[] =>
      free.filter((column) => {
        const name = [...this.#words[column]];
        if (name.length > 1 && (name.at(-1) === "id" || name.at(-1) === "name")) name.pop();
        return name.join("_") === word;
      });
    const [ours, ...others] = SYNONYMS[role];
    if (ours === undefined) return undefined;
    const own = byWord(ours);
    const found = own.length > 0 ? own : others.flatMap(byWord);
    if (found.length === 0) return undefined;
    const isAside = role === "time" || role === "group";
    if (found.length > 1 && !isAside) throw this.#ambiguous(role, found);
    return this.#guess(role, found[0]);
  }

  /** The column of a role. @throws InputError when there is none, or several may be meant */
  needed(role: Exclude<Role, "left" | "right">): number {
    const column = this.optional(role);
    if (column === undefined) throw this.missing([role]);
    return column;
  }

  /**
   * The columns of the two items, and whether the left is always the preferred one.
   * @throws InputError when several pairs may be meant
   */
  pair(): { readonly left: number; readonly right: number; readonly isOutcome: boolean } | undefined {
    const [left, right] = [this.#taken.get("left"), this.#taken.get("right")];
    if (left !== undefined && right !== undefined)
      return { left, right, isOutcome: this.#isOutcome(left, right) };
    if (left !== undefined || right !== undefined) {
      throw new InputError(`${this.#caller}: columns.left and columns.right must be given together`);
    }
    const free = this.#free();
    const pairs = free
      .flatMap((a) => free.map((b) => [a, b] as const))
      .filter(([a, b]) => this.#isPair(a, b));
    const own = pairs.filter(([a]) => this.#words[a].join() === "left");
    const [found, other] = own.length > 0 ? own : pairs;
    if (found === undefined) return undefined;
    if (other !== undefined && own.length === 0) {
      const shown = pairs.map(
        ([a, b]) => `${show(this.#table.columns[a])} and ${show(this.#table.columns[b])}`,
      );
      const how = `name them: columns: { left: ${show(this.#table.columns[found[0]])}, right: ${show(this.#table.columns[found[1]])} }`;
      throw new InputError(
        `${this.#caller}: ${this.#table.file}: several pairs of columns may be the items: ${shown.join("; ")}; ${how}`,
      );
    }
    this.#refuseThree(found);
    this.#guess("left", found[0]);
    this.#guess("right", found[1]);
    return { left: found[0], right: found[1], isOutcome: this.#isOutcome(...found) };
  }

  /** Takes a column for a purpose of the caller's own. */
  claim(role: string, column: number): void {
    this.#guess(role, column);
  }

  /** Columns that nothing has been taken for. */
  free(): number[] {
    return this.#free();
  }

  chosen(): ChosenColumns {
    const names = [...this.#taken].map(([role, column]) => [role, this.#table.columns[column]]);
    return {
      names: Object.fromEntries(names) as { [role: string]: string },
      guessed: this.#guessed,
      ignored: this.#free().map((column) => this.#table.columns[column]),
    };
  }

  /** The error for roles that no column fits. */
  missing(roles: readonly Role[]): InputError {
    const examples = roles.map((role) => `${role}: "…"`).join(", ");
    const known = roles.flatMap((role) => SYNONYMS[role]).join(", ");
    return new InputError(
      `${this.#caller}: ${this.#table.file}: no column for ${roles.join(", ")}; its columns are ${list(this.#table.columns)}; ` +
        `understood are names like ${known}; for another, name it: columns: { ${examples} }`,
    );
  }

  #isPair(a: number, b: number): boolean {
    const [left, right] = [this.#words[a], this.#words[b]];
    if (left.length !== right.length) return false;
    const differing = left.flatMap((word, i) => (word === right[i] ? [] : [i]));
    if (differing.length !== 1) return false;
    const at = differing[0];
    const isSide = [...SIDES, ...OUTCOMES].some(([one, other]) => left[at] === one && right[at] === other);
    return isSide && left.every((word, i) => i === at || ITEM_WORDS.has(word));
  }

  /** @throws InputError where a third column belongs to the two: taking the first two alone would be wrong without a word */
  #refuseThree([left, right]: readonly [number, number]): void {
    const at = this.#words[left].findIndex((word, i) => word !== this.#words[right][i]);
    const next = THIRD[this.#words[left][at]];
    const name = this.#words[left].map((word, i) => (i === at ? next : word)).join();
    const third = this.#words.findIndex((words) => next !== undefined && words.join() === name);
    if (third < 0) return;
    const names = [left, right, third].map((column) => show(this.#table.columns[column]));
    throw new InputError(
      `${this.#caller}: ${this.#table.file}: ${names.join(", ")} are choices among three or more, or a ranking, which is not read in this form; ` +
        "write one row for each pair of options (user, left, right, label)",
    );
  }

  #isOutcome(left: number, right: number): boolean {
    const [one, other] = [this.#words[left], this.#words[right]];
    return OUTCOMES.some(([good, bad]) => one.includes(good) && other.includes(bad));
  }

  #free(): number[] {
    const taken = new Set(this.#taken.values());
    return [...this.#table.columns.keys()].filter((column) => !taken.has(column));
  }

  #find(role: string, name: string): number {
    const { columns, file } = this.#table;
    const column = columns.indexOf(name);
    if (column < 0)
      throw new InputError(
        `${this.#caller}: ${file}: columns.${role}: there is no column ${show(name)}; its columns are ${list(columns)}`,
      );
    if (columns.indexOf(name, column + 1) >= 0)
      throw new InputError(`${this.#caller}: ${file}: two columns are called ${show(name)}`);
    return column;
  }

  #take(role: string, column: number): number {
    for (const [other, taken] of this.#taken) {
      if (taken === column)
        throw new InputError(
          `${this.#caller}: columns.${role} and columns.${other} are the same column ${show(this.#table.columns[column])}`,
        );
    }
    this.#taken.set(role, column);
    return column;
  }

  #guess(role: string, column: number): number {
    this.#guessed.push(role);
    return this.#take(role, column);
  }

  #ambiguous(role: Role, found: readonly number[]): InputError {
    const names = found.map((column) => this.#table.columns[column]);
    return new InputError(
      `${this.#caller}: ${this.#table.file}: the ${role} may be ${names.map(show).join(" or ")}; name it: columns: { ${role}: ${show(names[0])} }`,
    );
  }
}
