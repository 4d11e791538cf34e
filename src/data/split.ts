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

/** Parts of one data set that share its tables. `by` says what separates them. */
export interface Split {
  readonly by: "comparison" | "statement";
  readonly train: PreferenceData;
  readonly validation: PreferenceData;
  readonly test: PreferenceData;
}

/** Comparisons of each user that are held out; the rest train. */
export interface HeldOut {
  readonly validation: number;
  readonly test: number;
  /** At most this many train; all that are left by default. Fewer is a prefix of more: the same comparisons, then others. */
  readonly train?: number;
}

/**
 * Splits the comparisons of every user at random: a seen user's accuracy is measured on comparisons that did not train.
 * @throws InputError when a user has too few
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
  rowsByUser(data).forEach((rows, user) => {
    const { validation, test } = heldOut;
    const train = heldOut.train ?? rows.length - validation - test;
    if (train < 1 || rows.length < validation + test + train) {
      throw new InputError(
        `splitByComparison: user ${JSON.stringify(data.users[user])} has ${rows.length} comparisons; ` +
          `${validation} for validation and ${test} for test leave ${rows.length - validation - test} to train, of ${Math.max(train, 1)} wanted`,
      );
    }
    const shuffled = Int32Array.from(rows);
    rng.split(data.users[user]).shuffle(shuffled);
    parts.test.push(...shuffled.subarray(0, test));
    parts.validation.push(...shuffled.subarray(test, test + validation));
    parts.train.push(...shuffled.subarray(test + validation, test + validation + train));
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

/** The first `count` comparisons of every user, in the data's order. @throws InputError when a user has fewer */
export function takePerUser(
  data: PreferenceData,
  count: number,
): { readonly taken: PreferenceData; readonly rest: PreferenceData } {
  checkIsData("takePerUser: data", data);
  checkInteger("takePerUser: count", count, { min: 0 });
  const taken: number[] = [];
  const rest: number[] = [];
  rowsByUser(data).forEach((rows, user) => {
    if (rows.length < count) {
      throw new InputError(
        `takePerUser: user ${JSON.stringify(data.users[user])} has ${rows.length} comparisons, of ${count} wanted`,
      );
    }
    taken.push(...rows.slice(0, count));
    rest.push(...rows.slice(count));
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
