import {
  checkArray,
  checkInteger,
  checkObject,
  randomStream,
  sha256,
  stableJson,
  type Json,
} from "../../core/index.js";
import type { RandomStream } from "../../core/index.js";
import type { FeatureTable, PreferenceData } from "../preference-data.js";
import { keepUsers } from "../split.js";

/**
 * A simulated population in which each user is of one of M kinds, and what can be known of it: the data, who is of which kind, and the probability
 * of every answer. The best that a predictor can do follows by Bayes' rule.
 */
export interface World {
  /** Comparisons, user by user, as many each; `groups` names the kind of each user. */
  readonly data: PreferenceData;
  /** Names of the M kinds. */
  readonly kinds: readonly string[];
  /** The kind of each user, shape [U]: user u is of kind u mod M, so kinds are equally frequent. */
  readonly kindOf: Int32Array;
  /** P(right preferred), 0-1, by a user of a kind, of two items of `data`. */
  probability(kind: number, left: number, right: number): number;
}

/** What the simulations of worlds have in common. */
export interface WorldSize {
  readonly users: number;
  readonly comparisonsPerUser: number;
  /** Decides questions and answers; more users or comparisons with the same seed do not change those before. */
  readonly seed: number;
}

/** Names of the options in {@link WorldSize}. */
export const SIZE_KEYS = ["users", "comparisonsPerUser", "seed"] as const;

/** @throws InputError unless users and comparisons are integers >= 1 and the seed is an integer */
export function checkSize(caller: string, { users, comparisonsPerUser, seed }: WorldSize): void {
  checkInteger(`${caller}: users`, users, { min: 1 });
  checkInteger(`${caller}: comparisonsPerUser`, comparisonsPerUser, { min: 1 });
  checkInteger(`${caller}: seed`, seed);
}

/** What a world's kinds think, and how its questions are drawn. */
export interface WorldRules {
  /** What the data set is called. */
  readonly name: string;
  readonly kinds: readonly string[];
  readonly items: FeatureTable;
  readonly contexts?: FeatureTable;
  /** The context of questions about an item, where there are contexts. */
  contextOf?(item: number): number;
  /** Two different items, for row `row` of the data, asked of a user of a kind. */
  question(rng: RandomStream, row: number, kind: number): readonly [left: number, right: number];
  probability: World["probability"];
  /** What the data's hash is made of, beside the sizes. */
  readonly settings: Json;
}

/** The answers of a population of a world, by its rules. */
export function worldOf(size: WorldSize, rules: WorldRules): World {
  const { users, comparisonsPerUser: each, seed } = size;
  const { name, kinds, items, contexts, contextOf, probability, settings } = rules;
  const rng = randomStream(seed).split(name);
  const count = users * each;
  const kindOf = Int32Array.from({ length: users }, (_, user) => user % kinds.length);
  const [left, right] = [new Int32Array(count), new Int32Array(count)];
  const label = new Int8Array(count);
  const user = Int32Array.from({ length: count }, (_, row) => Math.floor(row / each));
  for (let who = 0; who < users; who++) {
    const [asking, answering] = [rng.split("questions").split(who), rng.split("answers").split(who)];
    for (let row = who * each; row < (who + 1) * each; row++) {
      [left[row], right[row]] = rules.question(asking, row, kindOf[who]);
      label[row] = answering.uniform() < probability(kindOf[who], left[row], right[row]) ? 1 : -1;
    }
  }
  return {
    kinds,
    kindOf,
    probability,
    data: {
      subject: "pairs",
      users: Array.from({ length: users }, (_, i) => `user-${i}`),
      groups: Array.from(kindOf, (kind) => kinds[kind]),
      ...{ items, user, left, right, label },
      ...(contexts === undefined || contextOf === undefined
        ? {}
        : { contexts, context: left.map(contextOf) }),
      source: { name, license: "CC0-1.0", sha256: sha256(stableJson({ users, each, seed, settings })) },
    },
  };
}

/** Some of the users of a world, as a world: `from` up to but not including `to`. */
export function usersOf<W extends World>(world: W, from: number, to: number): W {
  checkIsWorld("usersOf: world", world);
  checkInteger("usersOf: from", from, { min: 0 });
  checkInteger("usersOf: to", to, { min: from + 1, max: world.kindOf.length });
  const chosen = Int32Array.from({ length: to - from }, (_, i) => from + i);
  return { ...world, data: keepUsers(world.data, chosen), kindOf: world.kindOf.slice(from, to) };
}

/** For callers without types: a world. @param what `"caller: argument"` @throws InputError */
export function checkIsWorld(what: string, world: unknown): void {
  checkObject(
    what,
    world,
    ["data", "kinds", "kindOf", "probability"],
    "a world, as the functions of `worlds` make it",
  );
  checkArray(`${what}.kinds`, (world as World).kinds, "an array of names");
}

/** P(right) of an answer without noise: by which is worth more; a coin where they are worth the same. */
export function bySign(difference: number): number {
  return difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
}

/** Two different items of `count`. */
export function twoOf(rng: RandomStream, count: number): [left: number, right: number] {
  const left = rng.integer(count);
  return [left, (left + 1 + rng.integer(count - 1)) % count];
}
