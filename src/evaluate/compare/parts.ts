import { randomStream } from "../../core/index.js";
import { answersByUser, keepUsers, rowsByUser, selectRows, type PreferenceData } from "../../data/index.js";

/** One division of the data: the same for every family. */
export interface Parts {
  /** Users who train: answers that train, that choose settings, and that are asked. */
  readonly train: PreferenceData;
  readonly validation: PreferenceData;
  readonly seen: PreferenceData;
  /** Users who do not train: answers that they may give, in their order, and those that are asked. */
  readonly given: PreferenceData;
  readonly asked: PreferenceData;
}

const HELD = 0.2;
const MOST_ASKED = 40;

/**
 * A fifth of the users are new; of the others a fifth of the answers choose settings and a fifth are asked, of the new ones a third are asked. A
 * judgement is one answer: no comparison of it is in two parts. Users of whom a part that they need has no comparison are in none.
 */
export function partsOf(data: PreferenceData, seed: number): Parts {
  const rng = randomStream(seed).split("parts");
  const count = Math.max(2, Math.round(HELD * data.users.length));
  const order = rng.split("users").permutation(data.users.length);
  const known = keepUsers(data, order.slice(count).sort());
  const fresh = keepUsers(data, order.slice(0, count).sort());
  const [train, validation, seen] = divide(known, seed, (n, least) => {
    const held = heldOf(n, HELD, least);
    return [n - 2 * held, held, held];
  });
  const [given, asked] = divide(fresh, seed, (n, least) => {
    const held = heldOf(n, 1 / 3, least);
    return [n - held, held];
  });
  const [trained, validates, isAsked] = whoAnswers([train], [train, validation, seen]);
  const [gives, answers] = whoAnswers([given, asked], [given, asked]);
  return { train: trained, validation: validates, seen: isAsked, given: gives, asked: answers };
}

function heldOf(answers: number, share: number, least: number): number {
  return Math.min(MOST_ASKED, Math.max(least, Math.round(share * answers)));
}

/** The parts of the users who have comparisons in each of those that are needed. */
function whoAnswers(needed: readonly PreferenceData[], parts: readonly PreferenceData[]): PreferenceData[] {
  const rows = needed.map(rowsByUser);
  const users = [...rows[0].keys()].filter((user) => rows.every((of) => of[user].length > 0));
  if (users.length === rows[0].length) return [...parts];
  return parts.map((part) => keepUsers(part, Int32Array.from(users)));
}

/** The first `count` answers of every user, or all that they have. */
export function firstOf(data: PreferenceData, count: number): PreferenceData {
  return selectRows(data, Int32Array.from(rowsByUser(data).flatMap((rows) => rows.slice(0, count))));
}

/** The numbers of answers that at least half of the new users can give. */
export function givable(given: PreferenceData, wanted: readonly number[]): number[] {
  const have = rowsByUser(given)
    .map((rows) => rows.length)
    .sort((a, b) => a - b);
  const most = have[Math.floor(have.length / 2)];
  return wanted.filter((count) => count <= most);
}

/** Deals every user's answers out. @param sizes of the parts, of so many answers, of which at least so many make a comparison */
function divide(
  data: PreferenceData,
  seed: number,
  sizes: (answers: number, least: number) => readonly number[],
): PreferenceData[] {
  const rng = randomStream(seed).split("answers");
  const parts: number[][] = [];
  const answers = answersByUser(data);
  answers.of.forEach((units, user) => {
    const shuffled = Int32Array.from(units);
    rng.split(data.users[user]).shuffle(shuffled);
    let from = 0;
    sizes(units.length, answers.areItems[user] ? 2 : 1).forEach((size, part) => {
      (parts[part] ??= []).push(...answers.rowsOf(shuffled.subarray(from, from + size)));
      from += size;
    });
  });
  return parts.map((rows) => selectRows(data, Int32Array.from(rows)));
}
