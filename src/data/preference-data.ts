import { checkIsData, checkIsPairs, checkIsPopulation } from "./check-data.js";
import type { AnswerCoding } from "./answer-coding.js";
import { checkArray, checkFinite, InputError, list } from "../core/index.js";

/** Items or contexts (prompts, statements): stored once, referred to by index. Without features they are learned. */
export interface FeatureTable {
  readonly ids: readonly string[];
  /** Row-major, shape [ids.length, D]. */
  readonly features?: Float32Array;
  readonly text?: readonly string[];
}

/** Who made the data, under which licence, and the hash of exactly these bytes. */
export interface DataSource {
  readonly name: string;
  readonly license: string;
  readonly sha256: string;
  readonly url?: string;
}

/** What generated simulated data. */
export interface Truth {
  /** Users' true weights on the simplex, shape [U, K*]; absent for a population without prototypes ("gaussian"). */
  readonly weights: Float32Array;
  /** True prototypes in item space, shape [K*, D]. */
  readonly prototypes: Float32Array;
  /** The true linear map f*, shape [D, D]: f*(x) = map · x. */
  readonly map: Float32Array;
  /** Users' true ideal points in item space, shape [U, D]. */
  readonly idealPoints: Float32Array;
  /** Slope of the logistic noise; undefined when answers are noiseless. */
  readonly noiseSlope?: number;
}

/** Pairs of items, in a context where there is one: what can be scored. */
export interface Pairs {
  readonly items: FeatureTable;
  readonly contexts?: FeatureTable;
  /** Item indices, shape [N]. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Context indices, shape [N]. */
  readonly context?: Int32Array;
}

/**
 * Comparisons of many users, columnar. `label` is -1 where the left item is preferred and +1 where the right is
 * (as in the authors' code).
 */
export interface PreferenceData extends Pairs {
  /** User ids, shape [U]. */
  readonly users: readonly string[];
  /** User indices, shape [N]. */
  readonly user: Int32Array;
  readonly label: Int8Array;
  /** Row weights, shape [N], default 1; a tie that is kept is two rows of weight 1/2. */
  readonly weight?: Float32Array;
  /** The group of each user where it is known (a persona, a country), shape [U]. */
  readonly groups?: readonly string[];
  /** What is known of users, any number of columns. */
  readonly columns?: readonly UserColumn[];
  /** 1 where a row is kept for the comparison of methods, else 0, shape [N]; undefined where rows are drawn. */
  readonly heldOut?: Uint8Array;
  /** Whether users voted on contexts (statements) or compared items, as loading knew it; undefined where nobody said. */
  readonly subject?: "votes" | "pairs";
  /**
   * The ranking, choice or set of ratings that each row was made of, shape [N], -1 for an answer of its own; undefined where all are. Rows of one
   * are not independent.
   */
  readonly judgement?: Int32Array;
  /** What judgements are, where loading knew it. */
  readonly judged?: "rankings" | "ratings" | "choices";
  /** How the answers were read, where they come from a table. */
  readonly coding?: AnswerCoding;
  readonly truth?: Truth;
  readonly source: DataSource;
}

/** Something that is known of each user: their age, their country. */
export interface UserColumn {
  readonly name: string;
  /** Shape [U]; "" where it is not known. */
  readonly values: readonly string[];
}

/** Columns of a table's features, 0 when it has none. */
export function featureDimension(table: FeatureTable | undefined): number {
  if (table?.features === undefined || table.ids.length === 0) return 0;
  return table.features.length / table.ids.length;
}

/** Number of comparisons. */
export function comparisonCount(pairs: Pairs): number {
  checkIsPairs("comparisonCount: pairs", pairs);
  return pairs.left.length;
}

/** What comparisons are made by and about: a data set without its comparisons, which may be too many for memory. */
export type Population = Pick<PreferenceData, "users" | "items" | "contexts">;

/** Some comparisons of a {@link Population}, columnar. */
export type Comparisons = Pick<
  PreferenceData,
  "user" | "left" | "right" | "context" | "label" | "weight" | "heldOut" | "judgement"
>;

/**
 * Checks everything that training relies on.
 * @throws InputError (NaN features, lengths that differ, indices out of range, weights below 0, two users of one name, nothing to compare)
 */
export function checkPreferenceData(caller: string, data: PreferenceData): void {
  checkPopulation(caller, data);
  checkComparisons(caller, data, data);
}

/** The part of {@link checkPreferenceData} that is about the tables and the users. @throws InputError */
export function checkPopulation(caller: string, population: Population): void {
  checkIsPopulation(`${caller}: data`, population);
  checkTables(caller, population);
  const ids = new Set<string>();
  for (const user of population.users) {
    if (ids.has(user))
      throw new InputError(`${caller}: user ids must differ, got ${JSON.stringify(user)} twice`);
    ids.add(user);
  }
}

/** The part of {@link checkPreferenceData} that is about the comparisons; the population was checked before. @throws InputError */
export function checkComparisons(caller: string, population: Population, rows: Comparisons): void {
  checkPairIndices(caller, population, rows);
  const n = rows.left.length;
  if (n === 0)
    throw new InputError(
      `${caller}: the data set is empty: it has ${population.users.length} users and no comparisons`,
    );
  checkLength(caller, "user", rows.user.length, n);
  checkLength(caller, "label", rows.label.length, n);
  if (rows.weight !== undefined) checkLength(caller, "weight", rows.weight.length, n);
  if (rows.judgement !== undefined) checkLength(caller, "judgement", rows.judgement.length, n);
  checkIndices(caller, "user", rows.user, population.users.length);
  const bad = rows.label.findIndex((label) => label !== -1 && label !== 1);
  if (bad >= 0)
    throw new InputError(
      `${caller}: label must be -1 (left) or +1 (right), got ${rows.label[bad]} at row ${bad}`,
    );
  if (rows.weight !== undefined) checkWeights(caller, rows.weight);
}

function checkWeights(caller: string, weight: Float32Array): void {
  checkFinite(`${caller}: weight`, weight);
  const negative = weight.findIndex((value) => value < 0);
  if (negative >= 0)
    throw new InputError(`${caller}: weight must be >= 0, got ${weight[negative]} at row ${negative}`);
  if (weight.every((value) => value === 0)) {
    throw new InputError(`${caller}: weight must be > 0 in one row at least, got 0 in all ${weight.length}`);
  }
}

/** The part of {@link checkPreferenceData} that needs no users. @throws InputError */
export function checkPairs(caller: string, pairs: Pairs): void {
  checkIsPairs(`${caller}: data`, pairs);
  checkTables(caller, pairs);
  checkPairIndices(caller, pairs, pairs);
}

function checkTables(caller: string, { items, contexts }: Pick<Pairs, "items" | "contexts">): void {
  checkTable(caller, "items", items);
  if (contexts !== undefined) checkTable(caller, "contexts", contexts);
}

type PairColumns = Pick<Pairs, "left" | "right" | "context">;

function checkPairIndices(
  caller: string,
  tables: Pick<Pairs, "items" | "contexts">,
  rows: PairColumns,
): void {
  const n = rows.left.length;
  checkLength(caller, "right", rows.right.length, n);
  checkIndices(caller, "left", rows.left, tables.items.ids.length);
  checkIndices(caller, "right", rows.right, tables.items.ids.length);
  if (rows.context === undefined) {
    if (tables.contexts === undefined) return;
    throw new InputError(`${caller}: has a contexts table but no context column`);
  }
  if (tables.contexts === undefined)
    throw new InputError(`${caller}: has a context column but no contexts table`);
  checkLength(caller, "context", rows.context.length, n);
  checkIndices(caller, "context", rows.context, tables.contexts.ids.length);
}

/** @throws InputError naming the users that have no comparison: nothing can be learned about them. */
export function checkEveryUserAnswers(caller: string, data: PreferenceData): void {
  const count = countByUser(data);
  const silent = data.users.filter((_, index) => count[index] === 0);
  if (silent.length > 0) {
    throw new InputError(
      `${caller}: ${silent.length} of ${data.users.length} users have no comparisons: ${list(silent)}`,
    );
  }
}

/** Comparisons of each user, shape [U]. */
export function countByUser(data: PreferenceData): Int32Array {
  checkIsData("countByUser: data", data);
  const count = new Int32Array(data.users.length);
  for (const user of data.user) count[user]++;
  return count;
}

/** The rows `rows` (indices) of `data`, tables and users unchanged. */
export function selectRows<T extends Comparisons>(data: T, rows: Int32Array): T {
  checkIsData("selectRows: data", data);
  checkArray("selectRows: rows", rows, "an Int32Array of rows");
  return {
    ...data,
    user: rows.map((row) => data.user[row]),
    left: rows.map((row) => data.left[row]),
    right: rows.map((row) => data.right[row]),
    label: Int8Array.from(rows, (row) => data.label[row]),
    ...(data.context === undefined ? {} : { context: pick(data.context, rows) }),
    ...(data.weight === undefined
      ? {}
      : { weight: Float32Array.from(rows, (row) => data.weight?.[row] ?? 1) }),
    ...(data.judgement === undefined ? {} : { judgement: pick(data.judgement, rows) }),
    ...(data.heldOut === undefined
      ? {}
      : { heldOut: Uint8Array.from(rows, (row) => data.heldOut?.[row] ?? 0) }),
  };
}

/** The comparisons of one user, as a data set in which that user is the only one. @throws InputError for an unknown user */
export function selectUser(data: PreferenceData, user: string): PreferenceData {
  checkIsData("selectUser: data", data);
  const index = data.users.indexOf(user);
  if (index < 0)
    throw new InputError(`selectUser: unknown user ${JSON.stringify(user)}; known: ${list(data.users)}`);
  const rows = Int32Array.from(data.user.keys()).filter((row) => data.user[row] === index);
  const selected = selectRows(data, rows);
  const { truth } = data;
  const own = (values: Float32Array): Float32Array => {
    const width = values.length / data.users.length;
    return values.slice(index * width, (index + 1) * width);
  };
  return {
    ...selected,
    ...(truth === undefined
      ? {}
      : { truth: { ...truth, weights: own(truth.weights), idealPoints: own(truth.idealPoints) } }),
    users: [user],
    user: new Int32Array(rows.length),
    ...(data.groups === undefined ? {} : { groups: [data.groups[index]] }),
    ...columnsOf(data, [index]),
  };
}

/** What is known of some of the users. */
export function columnsOf(
  { columns }: Pick<PreferenceData, "columns">,
  users: ArrayLike<number>,
): { readonly columns?: readonly UserColumn[] } {
  if (columns === undefined) return {};
  return {
    columns: columns.map(({ name, values }) => ({ name, values: Array.from(users, (user) => values[user]) })),
  };
}

function pick(values: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => values[row]);
}

function checkLength(caller: string, column: string, length: number, expected: number): void {
  if (length !== expected) {
    throw new InputError(
      `${caller}: column ${column} must have ${expected} rows as column left has, got ${length}`,
    );
  }
}

function checkIndices(caller: string, column: string, indices: Int32Array, size: number): void {
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row];
    if (index < 0 || index >= size) {
      throw new InputError(
        `${caller}: ${column} must be an index in 0 … ${size - 1}, got ${index} at row ${row}`,
      );
    }
  }
}

function checkTable(caller: string, name: string, table: FeatureTable): void {
  const { ids, features } = table;
  if (features === undefined) return;
  if (ids.length === 0 || features.length % ids.length !== 0 || features.length === 0) {
    throw new InputError(
      `${caller}: ${name}.features must be [${ids.length}, D], got ${features.length} numbers`,
    );
  }
  checkFinite(`${caller}: ${name}.features`, features, features.length / ids.length);
}
