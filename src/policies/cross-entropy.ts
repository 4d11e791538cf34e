import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkObject,
  InputError,
  type RandomStream,
} from "../core/index.js";

/** How {@link crossEntropySearch} searches. */
export interface CrossEntropyOptions {
  /** Numbers to find. */
  readonly count: number;
  readonly rng: RandomStream;
  /** Rounds, default 10. */
  readonly rounds?: number;
  /** Candidates a round, default 40. */
  readonly candidates?: number;
  /** How many of them the next round is drawn around, default a fifth. */
  readonly kept?: number;
  /** Deviation of the first round, default 1. */
  readonly deviation?: number;
}

/** What is added to the deviation at first, as a part of that of the first round. */
const NOISE = 0.3;
const KEYS = ["count", "rng", "rounds", "candidates", "kept", "deviation"];

/**
 * Numbers for which something is large: candidates are drawn from a normal distribution, which moves to those with most, round by round; each round sees
 * its mean too, and a deviation is added that falls evenly to 0, lest it stops too soon. Of equal ones the first counts.
 * @returns the best that was seen
 * @source Rubinstein 1999 (cross-entropy method); Szita and Lőrincz 2006 (the added deviation)
 * @throws InputError for an option out of its range, or a worth that is no number
 */
export function crossEntropySearch(
  worth: (numbers: Float64Array) => number,
  options: CrossEntropyOptions,
): { readonly numbers: Float64Array; readonly worth: number } {
  checkObject("crossEntropySearch: options", options, ["count", "rng"], "an object { count, rng }");
  checkKeys("crossEntropySearch", options, KEYS);
  const { count, rng, rounds = 10, candidates = 40, deviation = 1 } = options;
  for (const [name, value] of Object.entries({ count, rounds }))
    checkInteger(`crossEntropySearch: ${name}`, value, { min: 1 });
  checkInteger("crossEntropySearch: candidates", candidates, { min: 2 });
  const { kept = Math.max(2, Math.round(candidates / 5)) } = options;
  checkInteger("crossEntropySearch: kept", kept, { min: 2, max: candidates });
  checkNumber("crossEntropySearch: deviation", deviation, { above: 0 });
  const centre = new Float64Array(count);
  const spread = new Float64Array(count).fill(deviation);
  let best = { numbers: centre.slice(), worth: -Infinity };
  for (let round = 0; round < rounds; round++) {
    const drawn = Array.from({ length: candidates }, (_, i) => {
      const numbers = i === 0 ? centre.slice() : centre.map((mean, j) => mean + spread[j] * rng.normal());
      const found = worth(numbers);
      if (Number.isNaN(found)) throw new InputError("crossEntropySearch: worth must be a number, got NaN");
      return { numbers, worth: found };
    }).sort((a, b) => b.worth - a.worth);
    if (drawn[0].worth > best.worth) [best] = drawn;
    const elite = drawn.slice(0, kept);
    const more = (NOISE * deviation * (rounds - 1 - round)) / rounds;
    for (let j = 0; j < count; j++) {
      centre[j] = elite.reduce((sum, { numbers }) => sum + numbers[j], 0) / kept;
      const around = elite.reduce((sum, { numbers }) => sum + (numbers[j] - centre[j]) ** 2, 0) / kept;
      spread[j] = Math.sqrt(around + more ** 2);
    }
  }
  return best;
}
