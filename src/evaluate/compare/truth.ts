import type { PreferenceData } from "../../data/index.js";
import type { Judged } from "./judged.js";
import { judge } from "./judged.js";
import { firstOf, type Parts } from "./parts.js";

/** What is true of a simulated population: who somebody can be, and how each of these answers. */
export interface KnownTruth {
  /** People who are equally likely to be met: kinds of people, or draws of the population. */
  readonly possible: number;
  /** P(right preferred) by one of them. */
  probability(possible: number, left: number, right: number): number;
  /** P(right preferred) by a user of the data, by their id. */
  own(user: string, left: number, right: number): number;
}

/** The best that can be had, on the answers that families are asked. */
export interface Ceilings {
  /** Knows who everybody is. */
  readonly oracle: readonly [seen: Judged, fresh: Judged];
  /** Knows the population, and of a user nothing. */
  readonly blind: readonly [seen: Judged, fresh: Judged];
  /** Exact Bayes of what new users answered: for each number of answers. */
  readonly bayes: readonly Judged[];
}

/** Surest that an answer is taken to be. */
const SLIP = 1e-9;

export function ceilingsOf(
  truth: KnownTruth,
  { seen, given, asked }: Parts,
  answers: readonly number[],
): Ceilings {
  const oracle = (data: PreferenceData): Judged =>
    judge(
      Float64Array.from(data.label, (_, row) =>
        truth.own(data.users[data.user[row]], data.left[row], data.right[row]),
      ),
      data,
    );
  const blind = (data: PreferenceData): Judged => judge(predicted(truth, data, uniform(truth, data)), data);
  return {
    oracle: [oracle(seen), oracle(asked)],
    blind: [blind(seen), blind(asked)],
    bayes: answers.map((count) =>
      judge(predicted(truth, asked, posterior(truth, firstOf(given, count))), asked),
    ),
  };
}

function uniform({ possible }: KnownTruth, { users }: PreferenceData): Float64Array {
  return new Float64Array(users.length * possible).fill(1 / possible);
}

/** P(who) of every user given their answers, row-major [U, possible]. */
function posterior(
  truth: KnownTruth,
  { users, user, left, right, label, weight }: PreferenceData,
): Float64Array {
  const { possible } = truth;
  const logs = new Float64Array(users.length * possible);
  label.forEach((value, row) => {
    for (let who = 0; who < possible; who++) {
      const p = truth.probability(who, left[row], right[row]);
      logs[user[row] * possible + who] +=
        (weight?.[row] ?? 1) * Math.log(Math.max(SLIP, value > 0 ? p : 1 - p));
    }
  });
  for (let from = 0; from < logs.length; from += possible) {
    const own = logs.subarray(from, from + possible);
    const top = own.reduce((a, b) => Math.max(a, b));
    const total = own.reduce((sum, value) => sum + Math.exp(value - top), 0);
    own.forEach((value, who) => (own[who] = Math.exp(value - top) / total));
  }
  return logs;
}

function predicted(
  { possible, probability }: KnownTruth,
  { user, left, right }: PreferenceData,
  beliefs: Float64Array,
): Float64Array {
  return Float64Array.from(user, (who, row) => {
    let p = 0;
    for (let kind = 0; kind < possible; kind++)
      if (beliefs[who * possible + kind] > 1e-12)
        p += beliefs[who * possible + kind] * probability(kind, left[row], right[row]);
    return p;
  });
}
