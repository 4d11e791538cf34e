import { log } from "../../core/index.js";
import type { MoveRatings } from "./check-ratings.js";

/** Ratings summed up: what a normal likelihood needs to know of them. */
export interface Tally {
  readonly users: number;
  readonly moves: number;
  /** Ratings of each move by each user, and their mean, row-major [S A, U]. */
  readonly counts: Float64Array;
  readonly means: Float64Array;
  /** Squares of ratings around these means, over all. */
  readonly within: number;
  readonly total: number;
}

/** Ratings of each user and move, summed up. */
export function tally(
  { states, actions }: { readonly states: number; readonly actions: number },
  of: MoveRatings,
): Tally {
  const [moves, users] = [states * actions, of.users.length];
  const [counts, means] = [new Float64Array(moves * users), new Float64Array(moves * users)];
  let within = 0;
  for (let i = 0; i < of.rating.length; i++) {
    const at = (of.state[i] * actions + of.move[i]) * users + of.user[i];
    const away = of.rating[i] - means[at];
    means[at] += away / ++counts[at];
    within += away * (of.rating[i] - means[at]);
  }
  return { users, moves, counts, means, within, total: of.rating.length };
}

/** Steps of a scale that a value of 1 is worth: a quarter of its width, so that weights are numbers about 1. */
export function gain({ scale: [low, high] }: MoveRatings): number {
  return (high - low) / 4;
}

/** What {@link Judgement} finds. */
export interface Judged {
  /** Each user's level, and how far ratings scatter: the best for these draws. */
  readonly levels: Float64Array;
  readonly variance: number;
  /** Mean log-likelihood over draws, and the derivative of its negative by the values, [S A, G M], valid until the next call. */
  readonly fit: number;
  readonly slope: Float32Array;
}

/** Whose values are whose, and how ratings follow them. */
export interface JudgementUse {
  /** The group of each user, [U]. */
  readonly groupOf: Int32Array;
  /** Draws of each group, side by side. */
  readonly samples: number;
  /** Steps of the scale for a value of 1, as {@link gain} says. */
  readonly gain: number;
}

/** Least variance of ratings: of a few equal ones nothing is left to scatter. */
const LEAST_VARIANCE = 1e-4;

/** How well draws of values explain ratings. */
export class Judgement {
  readonly #seen: Tally;
  readonly #use: JudgementUse;
  readonly #groups: number;
  readonly #slope: Float32Array;

  constructor(seen: Tally, use: JudgementUse) {
    [this.#seen, this.#use] = [seen, use];
    this.#groups = 1 + use.groupOf.reduce((a, b) => Math.max(a, b), 0);
    this.#slope = new Float32Array(seen.moves * this.#groups * use.samples);
  }

  /** How well these values, [S A, G M], explain the ratings. */
  of(values: ArrayLike<number>): Judged {
    const { users, total, counts, means, within } = this.#seen;
    const { samples, gain: factor } = this.#use;
    const levels = new Float64Array(users);
    const ratings = new Float64Array(users);
    counts.forEach((count, at) => (ratings[at % users] += count));
    this.#each(values, (at, user, value) => {
      levels[user] += (counts[at] * (means[at] - factor * value)) / (samples * ratings[user]);
    });
    let squares = within;
    this.#each(values, (at, user, value) => {
      squares += (counts[at] * (means[at] - levels[user] - factor * value) ** 2) / samples;
    });
    const variance = Math.max(LEAST_VARIANCE, squares / total);
    this.#slope.fill(0);
    this.#each(values, (at, user, value, column) => {
      const away = means[at] - levels[user] - factor * value;
      this.#slope[column] -= (factor * counts[at] * away) / (variance * samples);
    });
    const fit = -0.5 * (total * log(2 * Math.PI * variance) + squares / variance);
    return { levels, variance, fit, slope: this.#slope };
  }

  #each(
    values: ArrayLike<number>,
    to: (at: number, user: number, value: number, column: number) => void,
  ): void {
    const { counts, users } = this.#seen;
    const { samples, groupOf } = this.#use;
    for (let at = 0; at < counts.length; at++) {
      if (counts[at] === 0) continue;
      const [move, user] = [Math.floor(at / users), at % users];
      const from = (move * this.#groups + groupOf[user]) * samples;
      for (let column = from; column < from + samples; column++) to(at, user, values[column], column);
    }
  }
}
