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

interface Known {
  readonly users: readonly string[];
  readonly states: number;
  readonly actions: number;
}

/** @throws InputError naming `caller` and the first rating that is outside the scale, of nobody known or of no move of the table */
export function checkRatings(
  caller: string,
  ratings: MoveRatings,
  table: { readonly states: number; readonly actions: number },
): void {
  const parts = ["users", "user", "state", "move", "rating", "scale"];
  checkObject(`${caller}: ratings`, ratings, parts, `an object { ${parts.join(", ")} }`);
  const { users, user, rating, scale } = ratings;
  const [low, high] = scale;
  checkNumber(`${caller}: the scale's least`, low);
  checkNumber(`${caller}: the scale's most`, high, { above: low });
  checkNumbers(`${caller}: rating`, rating);
  if (rating.length === 0 || rating.length !== user.length)
    throw new InputError(
      `${caller}: ratings must have a user for each rating (at least 1), got ${user.length} and ${rating.length}`,
    );
  const { states, actions } = table;
  checkAsked(caller, ratings, { users, states, actions });
  for (let i = 0; i < rating.length; i++)
    if (!(rating[i] >= low && rating[i] <= high))
      throw new InputError(
        `${caller}: rating ${i + 1}, of ${show(users[user[i]])}, must be on the scale ${low} to ${high}, got ${show(rating[i])}`,
      );
}

/** @throws InputError naming `caller` and the first rating of nobody known or of no move of the table */
export function checkAsked(
  caller: string,
  { user, state, move }: Pick<MoveRatings, "user" | "state" | "move">,
  { users, states, actions }: Known,
): void {
  for (const [name, values] of Object.entries({ user, state, move }))
    checkNumbers(`${caller}: ${name}`, values);
  if (state.length !== user.length || move.length !== user.length)
    throw new InputError(
      `${caller}: ratings must have a user, a state and a move each, got ${user.length}, ${state.length} and ${move.length}`,
    );
  for (let i = 0; i < user.length; i++) {
    checkInteger(`${caller}: the user of rating ${i + 1}`, user[i], { min: 0, max: users.length - 1 });
    checkInteger(`${caller}: the state of rating ${i + 1}`, state[i], { min: 0, max: states - 1 });
    checkInteger(`${caller}: the move of rating ${i + 1}`, move[i], { min: 0, max: actions - 1 });
  }
}
