import { checkInteger, type RandomStream } from "../core/index.js";
import { keepUsers, type PreferenceData } from "../data/index.js";

/** A part of the users, or all of them. */
export interface UserSample {
  readonly data: PreferenceData;
  /** How many users were there before. */
  readonly of: number;
}

/** The users with comparisons, at most `most` of them drawn at random. */
export function sampleUsers(data: PreferenceData, most: number, rng: RandomStream): UserSample {
  checkInteger("sampleUsers: most", most, { min: 1 });
  const present = [...new Set(data.user)].sort((a, b) => a - b);
  const of = present.length;
  if (of <= most && of === data.users.length) return { data, of };
  const drawn = Array.from(rng.permutation(of).slice(0, most), (place) => present[place]);
  return { data: keepUsers(data, Int32Array.from(drawn).sort()), of };
}

/** Indices of the values that pass. */
export function sampleRows(
  values: ArrayLike<number>,
  passes: (value: number, row: number) => boolean,
): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (passes(values[row], row)) rows.push(row);
  return Int32Array.from(rows);
}
