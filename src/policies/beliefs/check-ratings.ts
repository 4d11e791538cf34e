import { checkInteger, checkNumber, checkNumbers, checkObject, InputError, show } from "../../core/index.js";

/** What people say of moves, each a number on a scale. */
export interface MoveRatings {
  /** Names of the people. */
  readonly users: readonly string[];
  /** Of each rating: who gave it, and of which move in which state; [N] each. */
  readonly user: ArrayLike<number>;
  readonly state: ArrayLike<number>;
  readonly move: ArrayLike<number>;
  readonly rating: ArrayLike<number>;
  /** The least and the most that can be given. */
  readonly scale: readonly [low: number, high: number];
}

/** @throws InputError naming `caller` and the first rating that is outside the scale, of nobody known or of no move of the table */
export function checkRatings(
  caller: string,
  ratings: MoveRatings,
  { states, actions }: { readonly states: number; readonly actions: number },
): void {
  const parts = ["users", "user", "state", "move", "rating", "scale"];
  checkObject(`${caller}: ratings`, ratings, parts, `an object { ${parts.join(", ")} }`);
  const { users, user, state, move, rating, scale } = ratings;
  const [low, high] = scale;
  checkNumber(`${caller}: the scale's least`, low);
  checkNumber(`${caller}: the scale's most`, high, { above: low });
  for (const [name, values] of Object.entries({ user, state, move, rating }))
    checkNumbers(`${caller}: ${name}`, values);
  const count = rating.length;
  if (count === 0 || [user, state, move].some(({ length }) => length !== count))
    throw new InputError(
      `${caller}: ratings must have a user, a state, a move and a rating each (at least 1), got ${user.length}, ${state.length}, ${move.length} and ${count}`,
    );
  for (let i = 0; i < count; i++) {
    checkInteger(`${caller}: the user of rating ${i + 1}`, user[i], { min: 0, max: users.length - 1 });
    checkInteger(`${caller}: the state of rating ${i + 1}`, state[i], { min: 0, max: states - 1 });
    checkInteger(`${caller}: the move of rating ${i + 1}`, move[i], { min: 0, max: actions - 1 });
    if (!(rating[i] >= low && rating[i] <= high))
      throw new InputError(
        `${caller}: rating ${i + 1}, of ${show(users[user[i]])}, must be on the scale ${low} to ${high}, got ${show(rating[i])}`,
      );
  }
}
