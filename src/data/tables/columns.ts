import { InputError, list, show } from "../../core/index.js";
import { ITEM_WORDS, LESS_LIKELY, OUTCOMES, SIDES, SYNONYMS, THIRD, wordsOf } from "./names.js";
import type { ColumnNames, Role } from "./roles.js";
import { columnSetting, eitherOf, unclear } from "./settings.js";
import { isBlank, lastMessage, numberOf, type Table } from "./table.js";

/** The columns that were taken, by what they mean, and whose names were not given but guessed. */
export interface ChosenColumns {
  readonly names: { readonly [role: string]: string };
  readonly guessed: readonly string[];
  /** Columns that are not used. */
  readonly ignored: readonly string[];
}

type Guessed = Exclude<Role, "left" | "right">;
type Pair = readonly [number, number];

/** Chooses columns for roles, from given names and guesses. */
export class ColumnChooser {
  readonly #table: Table;
  readonly #caller: string;
  readonly #words: readonly (readonly string[])[];
  readonly #taken = new Map<string, number>();
  readonly #guessed: string[] = [];

  /**
   * @param layout names that a known layout has, which count where none are given
   * @throws InputError for a given name that the table lacks
   */
  constructor(caller: string, table: Table, given: ColumnNames = {}, layout: ColumnNames = {}) {
    this.#caller = caller;
    this.#table = table;
    this.#words = table.columns.map(wordsOf);
    for (const [role, name] of Object.entries(given)) this.#take(role, this.#find(role, name));
    for (const [role, name] of Object.entries(layout)) {
      const column = table.columns.indexOf(name);
      if (!this.#taken.has(role) && this.free().includes(column)) this.claim(role, column);
    }
  }

  /** Free columns whose names are taken for a role: ours, else the synonyms, else the less likely. */
  candidates(role: Guessed): readonly number[] {
    const byWord = (word: string): number[] =>
      this.free().filter((column) => {
        const name = [...this.#words[column]];
        if (name.length > 1 && (name.at(-1) === "id" || name.at(-1) === "name")) name.pop();
        return name.join("_") === word;
      });
    const [ours, ...others] = SYNONYMS[role];
    const tiers = [ours === undefined ? [] : [ours], others, LESS_LIKELY[role] ?? []];
    return tiers.map((tier) => tier.flatMap(byWord)).find((found) => found.length > 0) ?? [];
  }

  /** The column of a role. @throws InputError when several may be meant, unless it is one that a table may well have several of */
  optional(role: Guessed): number | undefined {
    const given = this.#taken.get(role);
    if (given !== undefined) return given;
    const found = this.candidates(role);
    if (found.length === 0) return undefined;
    const isAside = role === "time" || role === "group";
    if (found.length > 1 && !isAside) throw this.#ambiguous(role, found);
    return this.claim(role, found[0]);
  }

  /** The column of a role. @throws InputError when there is none, or several may be meant */
  needed(role: Guessed): number {
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
      throw new InputError(`${this.#caller}: columns.left and columns.right must be given together`, {
        onCommandLine: "--column left=… and --column right=… must be given together",
      });
    }
    const pairs = this.pairs();
    const own = pairs.filter(([a]) => this.#words[a].join() === "left");
    const [found, other] = own.length > 0 ? own : pairs;
    if (found === undefined) return undefined;
    if (other !== undefined && own.length === 0) {
      const { columns, file } = this.#table;
      const shown = pairs.map(([a, b]) => `${show(columns[a])} and ${show(columns[b])}`);
      throw unclear(
        `${this.#caller}: ${file}: several pairs of columns may be the items: ${shown.join("; ")}`,
        columnSetting({ left: columns[found[0]], right: columns[found[1]] }),
        (how) => `name them: ${how}`,
      );
    }
    this.claim("left", found[0]);
    this.claim("right", found[1]);
    return { left: found[0], right: found[1], isOutcome: this.#isOutcome(...found) };
  }

  /** Free columns that may be two items: "option_1" and "option_2" unless there is an "option_3"; without any, texts of any name, "Plan 1" and "Plan 2". */
  pairs(): readonly Pair[] {
    const free = this.free();
    const all = free
      .flatMap((a) => free.map((b): Pair => [a, b]))
      .filter(([a, b]) => this.#isPair(a, b) && !this.#isOfThree(a, b));
    const known = all.filter((pair) => this.isOfItems(pair));
    if (known.length > 0) return known;
    return all.filter(([a, b]) => this.#words[a].length > 1 && this.#holdsTexts(a) && this.#holdsTexts(b));
  }

  /** Whether two columns that differ in a side are called what items are: "option_1", not "judge_1". */
  isOfItems([a, b]: Pair): boolean {
    return this.isItemWords(this.#words[a].filter((word, i) => word === this.#words[b][i]));
  }

  /** Whether all words are such that items are called by. */
  isItemWords(words: readonly string[]): boolean {
    return words.every((word) => ITEM_WORDS.has(word));
  }

  /** The words of a column's name. */
  wordsOf(column: number): readonly string[] {
    return this.#words[column];
  }

  /** The column that is taken for a role. */
  taken(role: string): number | undefined {
    return this.#taken.get(role);
  }

  /** Takes a column as a guess, for a role or a purpose of the caller's own. */
  claim(role: string, column: number): number {
    this.#guessed.push(role);
    return this.#take(role, column);
  }

  /** Columns that nothing has been taken for. */
  free(): number[] {
    const taken = new Set(this.#taken.values());
    return [...this.#table.columns.keys()].filter((column) => !taken.has(column));
  }

  chosen(): ChosenColumns {
    const names = [...this.#taken].map(([role, column]) => [role, this.#table.columns[column]]);
    return {
      names: Object.fromEntries(names) as { [role: string]: string },
      guessed: this.#guessed,
      ignored: this.free().map((column) => this.#table.columns[column]),
    };
  }

  /** The error for roles that no column fits. */
  missing(roles: readonly Role[]): InputError {
    const known = roles.flatMap((role) => SYNONYMS[role]).join(", ");
    const { file, columns } = this.#table;
    const setting = columnSetting(Object.fromEntries(roles.map((role) => [role, "…"])));
    const isUser = roles.includes("user");
    const onlyOne = {
      program: 'user: "NAME" where one person gave all answers',
      flags: "--by NAME where one person gave all answers",
    };
    return unclear(
      `${this.#caller}: ${file}: no column for ${roles.join(", ")}; its columns are ${list(columns)}; understood are names like ${known}`,
      isUser ? eitherOf(setting, onlyOne) : setting,
      (how) => `for another, name it: ${how}`,
    );
  }

  #isPair(a: number, b: number): boolean {
    const [left, right] = [this.#words[a], this.#words[b]];
    if (left.length !== right.length) return false;
    const differing = left.flatMap((word, i) => (word === right[i] ? [] : [i]));
    if (differing.length !== 1) return false;
    const at = differing[0];
    return [...SIDES, ...OUTCOMES].some(([one, other]) => left[at] === one && right[at] === other);
  }

  /** Whether a third column belongs to the two: taking these alone would be wrong without a word. */
  #isOfThree(a: number, b: number): boolean {
    const at = this.#words[a].findIndex((word, i) => word !== this.#words[b][i]);
    const next = THIRD[this.#words[a][at]];
    const third = this.#words[a].map((word, i) => (i === at ? next : word)).join();
    return next !== undefined && this.#words.some((words) => words.join() === third);
  }

  #holdsTexts(column: number): boolean {
    for (let row = 0; row < this.#table.rows; row++) {
      const cell = this.#table.cell(row, column);
      const isText = typeof cell === "string" && !isBlank(cell) && numberOf(cell) === undefined;
      if (isText || lastMessage(cell) !== undefined) return true;
    }
    return false;
  }

  #isOutcome(left: number, right: number): boolean {
    const [one, other] = [this.#words[left], this.#words[right]];
    return OUTCOMES.some(([good, bad]) => one.includes(good) && other.includes(bad));
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

  #ambiguous(role: Role, found: readonly number[]): InputError {
    const names = found.map((column) => this.#table.columns[column]);
    return unclear(
      `${this.#caller}: ${this.#table.file}: the ${role} may be ${names.map(show).join(" or ")}`,
      columnSetting({ [role]: names[0] }),
      (how) => `name it: ${how}`,
    );
  }
}
