import { checkIsData, checkIsStream } from "./check-data.js";
import {
  checkArray,
  checkInteger,
  checkKeys,
  checkNumber,
  InputError,
  type RandomStream,
} from "../core/index.js";
import { columnsOf, selectRows, type PreferenceData } from "./preference-data.js";
import { unitsOf } from "./units.js";

/** Parts of one data set that share its tables. `by` says what separates them. */
export interface Split {
  readonly by: "comparison" | "statement";
  readonly train: PreferenceData;
  readonly validation: PreferenceData;
  readonly test: PreferenceData;
}

/**
 * Answers of each user that are held out; the rest train. An answer is a comparison, or, where comparisons were made of them, a judgement (a
 * ranking, a choice, a set of ratings) with all of its comparisons; of a user's only judgement, an item of it with its comparisons among those held out.
 */
export interface HeldOut {
  readonly validation: number;
  readonly test: number;
  /** At most this many train; all that are left by default. Fewer is a prefix of more: the same comparisons, then others. */
  readonly train?: number;
}

/**
 * Splits the comparisons of every user at random: a seen user's accuracy is measured on comparisons that did not train.
 * @throws InputError when a user has too few
 * @example
 * const { train, test } = splitByComparison(data, { validation: 5, test: 5 }, randomStream(1));
 */
export function splitByComparison(data: PreferenceData, heldOut: HeldOut, rng: RandomStream): Split {
  checkIsData("splitByComparison: data", data);
  checkIsStream("splitByComparison: rng", rng);
  checkKeys("splitByComparison", heldOut, ["validation", "test", "train"]);
  checkInteger("splitByComparison: validation", heldOut.validation, { min: 0 });
  checkInteger("splitByComparison: test", heldOut.test, { min: 0 });
  if (heldOut.train !== undefined) checkInteger("splitByComparison: train", heldOut.train, { min: 1 });
  const parts: { train: number[]; validation: number[]; test: number[] } = {
    train: [],
    validation: [],
    test: [],
  };
  const units = answersByUser(data);
  units.of.forEach((answers, user) => {
    const { validation, test } = heldOut;
    const train = heldOut.train ?? answers.length - validation - test;
    if (train < 1 || answers.length < validation + test + train) {
      throw new InputError(
        `splitByComparison: user ${JSON.stringify(data.users[user])} has ${countOf(data, answers)}; ` +
          `${validation} for validation and ${test} for test leave ${answers.length - validation - test} to train, of ${Math.max(train, 1)} wanted`,
      );
    }
    const shuffled = Int32Array.from(answers);
    rng.split(data.users[user]).shuffle(shuffled);
    const take = (part: keyof typeof parts, from: number, count: number): void => {
      const rows = units.rowsOf(shuffled.subarray(from, from + count));
      if (count > 0 && rows.length === 0) {
        throw new InputError(
          `splitByComparison: ${count} of ${countOf(data, answers)} of user ${JSON.stringify(data.users[user])} make no comparison for ${part}: take 2 or more`,
        );
      }
      parts[part].push(...rows);
    };
    take("test", 0, test);
    take("validation", test, validation);
    take("train", test + validation, train);
  });
  return {
    by: "comparison",
    train: select(data, parts.train),
    validation: select(data, parts.validation),
    test: select(data, parts.test),
  };
}

/**
 * Splits by statement (context): no test statement is ever trained on.
 * @param fractions of the statements, 0-1, that validate and test
 * @throws InputError when the data has no contexts or a part would be empty
 */
export function splitByStatement(
  data: PreferenceData,
  fractions: { readonly validation: number; readonly test: number },
  rng: RandomStream,
): Split {
  checkKeys("splitByStatement", fractions, ["validation", "test"]);
  checkIsData("splitByStatement: data", data);
  checkIsStream("splitByStatement: rng", rng);
  const { context, contexts } = data;
  if (context === undefined || contexts === undefined) {
    throw new InputError("splitByStatement: the data has no contexts (statements) to split by");
  }
  checkNumber("splitByStatement: validation", fractions.validation, { min: 0, below: 1 });
  checkNumber("splitByStatement: test", fractions.test, { above: 0, below: 1 });
  const count = contexts.ids.length;
  const test = Math.round(count * fractions.test);
  const validation = Math.round(count * fractions.validation);
  if (test < 1 || (fractions.validation > 0 && validation < 1) || test + validation >= count) {
    throw new InputError(
      `splitByStatement: ${count} statements leave none for a part of test ${test} and validation ${validation}`,
    );
  }
  const part = new Uint8Array(count);
  rng.permutation(count).forEach((statement, place) => {
    part[statement] = place < test ? 2 : place < test + validation ? 1 : 0;
  });
  const rows = (wanted: number): PreferenceData => {
    return select(
      data,
      [...context.keys()].filter((row) => part[context[row]] === wanted),
    );
  };
  return { by: "statement", train: rows(0), validation: rows(1), test: rows(2) };
}

/**
 * Splits by user: `unseen` users, drawn at random, take no part in training.
 * @returns two data sets, each with its own users only
 */
export function splitByUser(
  data: PreferenceData,
  unseen: number,
  rng: RandomStream,
): { readonly by: "user"; readonly seen: PreferenceData; readonly unseen: PreferenceData } {
  checkIsData("splitByUser: data", data);
  checkIsStream("splitByUser: rng", rng);
  checkInteger("splitByUser: unseen", unseen, { min: 1, max: data.users.length - 1 });
  const order = rng.permutation(data.users.length);
  return {
    by: "user",
    seen: keepUsers(data, order.slice(unseen).sort()),
    unseen: keepUsers(data, order.slice(0, unseen).sort()),
  };
}

/** The first `count` answers of every user (see {@link HeldOut}), in the data's order. @throws InputError when a user has fewer */
export function takePerUser(
  data: PreferenceData,
  count: number,
): { readonly taken: PreferenceData; readonly rest: PreferenceData } {
  checkIsData("takePerUser: data", data);
  checkInteger("takePerUser: count", count, { min: 0 });
  const taken: number[] = [];
  const rest: number[] = [];
  const units = answersByUser(data);
  units.of.forEach((answers, user) => {
    if (answers.length < count) {
      throw new InputError(
        `takePerUser: user ${JSON.stringify(data.users[user])} has ${countOf(data, answers)}, of ${count} wanted`,
      );
    }
    taken.push(...units.rowsOf(answers.slice(0, count)));
    rest.push(...units.rowsOf(answers.slice(count)));
  });
  return { taken: select(data, taken), rest: select(data, rest) };
}

/** The users with these indices and their comparisons. */
export function keepUsers(data: PreferenceData, users: Int32Array): PreferenceData {
  checkIsData("keepUsers: data", data);
  checkArray("keepUsers: users", users, "an Int32Array of user indices");
  const place = new Map(Array.from(users, (user, index) => [user, index]));
  const kept = select(
    data,
    [...data.user.keys()].filter((row) => place.has(data.user[row])),
  );
  const { truth, groups } = data;
  const pick = (values: Float32Array): Float32Array => {
    const width = values.length / data.users.length;
    return Float32Array.from(
      { length: users.length * width },
      (_, i) => values[users[Math.floor(i / width)] * width + (i % width)],
    );
  };
  return {
    ...kept,
    users: Array.from(users, (user) => data.users[user]),
    user: kept.user.map((user) => place.get(user) ?? 0),
    ...(groups === undefined ? {} : { groups: Array.from(users, (user) => groups[user]) }),
    ...columnsOf(data, users),
    ...(truth === undefined
      ? {}
      : { truth: { ...truth, weights: pick(truth.weights), idealPoints: pick(truth.idealPoints) } }),
  };
}

/** What is dealt out of each user's comparisons ({@link Units}). */
export interface AnswersByUser {
  /** Units by user. */
  readonly of: readonly (readonly number[])[];
  /** Whether a user's units are the items of an only judgement: two of them make a comparison, one makes none. */
  readonly areItems: readonly boolean[];
  /** The rows that lie within some units, in the order of these. */
  rowsOf(units: ArrayLike<number>): number[];
}

/** The answers of every user that are on one side of a split each: comparisons, judgements, or the items of an only judgement. */
export function answersByUser(data: PreferenceData): AnswersByUser {
  const { first, second, user, isItem } = unitsOf(data);
  const of: number[][] = data.users.map(() => []);
  user.forEach((u, unit) => of[u].push(unit));
  const rowsFrom: number[][] = Array.from(user, () => []);
  first.forEach((unit, row) => rowsFrom[unit].push(row));
  return {
    of,
    areItems: of.map((units) => units.length > 0 && isItem[units[0]] === 1),
    rowsOf(units) {
      const taken = new Set(Array.from(units));
      return [...taken].flatMap((unit) => rowsFrom[unit].filter((row) => taken.has(second[row])));
    },
  };
}

function countOf({ judgement }: PreferenceData, answers: readonly number[]): string {
  return `${answers.length} ${judgement === undefined ? "comparisons" : "answers (rankings, choices or ratings count once)"}`;
}

/** The row indices of each user, in order. */
export function rowsByUser(data: PreferenceData): number[][] {
  checkIsData("rowsByUser: data", data);
  const rows: number[][] = data.users.map(() => []);
  data.user.forEach((user, row) => rows[user].push(row));
  return rows;
}

function select(data: PreferenceData, rows: number[]): PreferenceData {
  return selectRows(data, Int32Array.from(rows));
}
