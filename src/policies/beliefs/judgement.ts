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
export function tally({ states, actions }: { readonly states: number; readonly actions: number }, of: MoveRatings): Tally {
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

/** What ratings are around: each user's level, and how far they scatter. */
export interface Levels {
  readonly levels: Float64Array;
  readonly variance: number;
}

/** How well draws of values explain ratings. */
export class Judgement {
  readonly #seen: Tally;
  readonly #samples: number;
  readonly #gain: number;
  readonly #slope: Float32Array;

  /** @param samples draws of each user, side by side */
  constructor(seen: Tally, samples: number, gain: number) {
    [this.#seen, this.#samples, this.#gain] = [seen, samples, gain];
    this.#slope = new Float32Array(seen.moves * seen.users * samples);
  }

  /**
   * Mean log-likelihood over draws of values, [S A, U M], with the levels and the variance that are best for these draws, and the derivative of its
   * negative by the values; valid until the next call.
   */
  of(values: ArrayLike<number>): Levels & { readonly fit: number; readonly slope: Float32Array } {
    const { users, total, counts } = this.#seen;
    const levels = new Float64Array(users);
    const ratings = new Float64Array(users);
    this.#each(values, (at, user, value) => {
      levels[user] += (counts[at] * (this.#seen.means[at] - this.#gain * value)) / this.#samples;
    });
    counts.forEach((count, at) => (ratings[at % users] += count));
    levels.forEach((sum, user) => (levels[user] = ratings[user] === 0 ? 0 : sum / ratings[user]));
    const variance = this.#squares(values, levels) / total;
    this.#slope.fill(0);
    this.#each(values, (at, user, value, column) => {
      const away = this.#seen.means[at] - levels[user] - this.#gain * value;
      this.#slope[column] = (-this.#gain * counts[at] * away) / (variance * this.#samples);
    });
    return { levels, variance, fit: logLikelihood(total, variance * total, variance), slope: this.#slope };
  }

  /** The log-likelihood at given levels and a given variance. */
  at(values: ArrayLike<number>, { levels, variance }: Levels): number {
    return logLikelihood(this.#seen.total, this.#squares(values, levels), variance);
  }

  /** Squares of ratings around what values say, in the mean over draws. */
  #squares(values: ArrayLike<number>, levels: Float64Array): number {
    const { counts, means, within } = this.#seen;
    let sum = 0;
    this.#each(values, (at, user, value) => {
      sum += counts[at] * (means[at] - levels[user] - this.#gain * value) ** 2;
    });
    return within + sum / this.#samples;
  }

  #each(values: ArrayLike<number>, to: (at: number, user: number, value: number, column: number) => void): void {
    const { counts, users } = this.#seen;
    for (let at = 0; at < counts.length; at++)
      if (counts[at] > 0)
        for (let column = at * this.#samples; column < (at + 1) * this.#samples; column++)
          to(at, at % users, values[column], column);
  }
}

function logLikelihood(count: number, squares: number, variance: number): number {
  return -0.5 * (count * log(2 * Math.PI * variance) + squares / variance);
}
