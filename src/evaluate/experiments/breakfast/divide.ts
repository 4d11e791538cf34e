import { randomStream } from "../../../core/index.js";
import type { PreferenceData } from "../../../data/index.js";

/** Rankings of every person on every occasion: of these the context is the occasion. */
export type Rankings = PreferenceData & Required<Pick<PreferenceData, "context" | "contexts">>;

/** What of each person's rankings is learned from and asked about: indices of rows. */
export interface Division {
  /** Comparisons that train where settings are chosen, and those that choose them: a whole ranking of each person, of another occasion than the new one. */
  readonly choosing: Int32Array;
  readonly validation: Int32Array;
  /** Comparisons that train where a person has ranked the first `given` items of the occasion that is new to them. */
  train(given: number): Int32Array;
  /** Comparisons among the last items of that occasion, whatever was given: no comparison between the two parts is used. */
  readonly asked: Int32Array;
  /** The occasion that is new to each person, shape [U]. */
  readonly newTo: Int32Array;
}

/**
 * Each person is new to one occasion, dealt out evenly by lot, which the others have ranked. A ranking is learned from whole or not at all, but for that
 * one: some of its items are given, others asked about, and pairs between the two are left out, as the place of an item tells of both.
 * @param asked items of the new occasion that are asked about
 */
export function divide(
  data: Rankings,
  { seed, asked }: { readonly seed: number; readonly asked: number },
): Division {
  const rng = randomStream(seed).split("breakfast");
  const [occasions, items] = [data.contexts.ids.length, data.items.ids.length];
  const turn = new Int32Array(data.users.length);
  rng
    .split("occasions")
    .permutation(turn.length)
    .forEach((user, place) => (turn[user] = place));
  const newTo = turn.map((place) => place % occasions);
  const shift = rng.split("validation");
  const validatedOn = newTo.map((occasion) => (occasion + 1 + shift.integer(occasions - 1)) % occasions);
  /** The place of each item in the order in which a person ranks them. */
  const placeOf = data.users.map((user) => rng.split("items").split(user).permutation(items));
  const rows = Int32Array.from(data.user.keys());
  const isNew = (row: number): boolean => data.context[row] === newTo[data.user[row]];
  const validates = (row: number): boolean => data.context[row] === validatedOn[data.user[row]];
  const within = (row: number, from: number, to: number): boolean => {
    const place = placeOf[data.user[row]];
    return [data.left[row], data.right[row]].every((item) => place[item] >= from && place[item] < to);
  };
  return {
    choosing: rows.filter((row) => !isNew(row) && !validates(row)),
    validation: rows.filter(validates),
    train: (given) => rows.filter((row) => !isNew(row) || within(row, 0, given)),
    asked: rows.filter((row) => isNew(row) && within(row, items - asked, items)),
    newTo,
  };
}
