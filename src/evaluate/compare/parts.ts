import { randomStream } from "../../core/index.js";
import { keepUsers, rowsByUser, selectRows, type PreferenceData } from "../../data/index.js";

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

/** A fifth of the users are new; of the others a fifth of the answers choose settings and a fifth are asked, of the new ones a third are asked. */
export function partsOf(data: PreferenceData, seed: number): Parts {
  const rng = randomStream(seed).split("parts");
  const count = Math.max(2, Math.round(HELD * data.users.length));
  const order = rng.split("users").permutation(data.users.length);
  const seen = keepUsers(data, order.slice(count).sort());
  const fresh = keepUsers(data, order.slice(0, count).sort());
  const [train, validation, test] = divide(seen, seed, (n) => {
    const held = Math.min(MOST_ASKED, Math.max(1, Math.round(HELD * n)));
    return [n - 2 * held, held, held];
  });
  const [given, asked] = divide(fresh, seed, (n) => {
    const held = Math.min(MOST_ASKED, Math.max(1, Math.round(n / 3)));
    return [n - held, held];
  });
  return { train, validation, seen: test, given, asked };
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

function divide(
  data: PreferenceData,
  seed: number,
  sizes: (answers: number) => readonly number[],
): PreferenceData[] {
  const rng = randomStream(seed).split("answers");
  const parts: number[][] = [];
  rowsByUser(data).forEach((rows, user) => {
    const shuffled = Int32Array.from(rows);
    rng.split(data.users[user]).shuffle(shuffled);
    let from = 0;
    sizes(rows.length).forEach((size, part) => {
      (parts[part] ??= []).push(...shuffled.subarray(from, from + size));
      from += size;
    });
  });
  return parts.map((rows) => selectRows(data, Int32Array.from(rows)));
}
