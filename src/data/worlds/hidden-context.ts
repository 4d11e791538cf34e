import { checkKeys, checkNumber, checkOneOf, randomStream } from "../../core/index.js";
import type { RandomStream } from "../../core/index.js";
import type { PreferenceData } from "../preference-data.js";
import { checkSize, SIZE_KEYS, worldOf, type WorldSize } from "./world.js";

/** Options of {@link hiddenContext}. */
export interface HiddenContextOptions extends WorldSize {
  /** The toy in one dimension (default), or that in two. */
  readonly dimension?: 1 | 2;
}

/** Alternatives whose utility depends on something that nobody records. */
export interface HiddenContext {
  readonly data: PreferenceData;
  /** Mean utility of an alternative, features [dimension]. */
  expectedUtility(...features: readonly number[]): number;
  /** How often an alternative beats one drawn at random, ties half: what one reward for all learns the order of. */
  bordaCount(...features: readonly number[]): number;
}

/** From here on an alternative is worth twice as much or nothing. */
const SPLIT = 0.8;

/**
 * Questions about alternatives whose utility is random, drawn anew in every question. In one dimension a ~ U(0, 1) is worth a below 0.8, else 2 a or 0,
 * evenly. In two, (x, y) ~ U(0, 1)² is worth y / (1 - x y) with probability 1 - x y, else 0; its mean is y. The Borda count has a closed form in one
 * dimension, and is integrated numerically in two.
 * @source Siththaranjan, Laidlaw and Hadfield-Menell 2024 (DPL), synthetic experiments; arXiv 2312.08358
 * @throws InputError
 */
export function hiddenContext(options: HiddenContextOptions): HiddenContext {
  checkKeys("hiddenContext", options, [...SIZE_KEYS, "dimension"]);
  checkSize("hiddenContext", options);
  const { users, comparisonsPerUser, seed, dimension = 1 } = options;
  checkOneOf("hiddenContext: dimension", String(dimension), ["1", "2"]);
  const count = 2 * users * comparisonsPerUser;
  const drawn = randomStream(seed).split("alternatives");
  const features = Float32Array.from({ length: count * dimension }, () => drawn.uniform());
  const hidden = randomStream(seed).split("hidden");
  const utility = Float64Array.from({ length: count }, (_, item) =>
    drawUtility(hidden, features.subarray(item * dimension, (item + 1) * dimension)),
  );
  const { data } = worldOf(options, {
    name: `hidden context, ${dimension} dimension${dimension === 1 ? "" : "s"}`,
    kinds: ["all"],
    items: { ids: Array.from(utility, (_, i) => `alternative-${i}`), features },
    question: (_, row) => [2 * row, 2 * row + 1],
    probability: (_, left, right) =>
      utility[right] > utility[left] ? 1 : utility[right] < utility[left] ? 0 : 0.5,
    settings: { dimension },
  });
  if (dimension === 1)
    return { data, expectedUtility: (a) => checkUnit("expectedUtility", a), bordaCount: bordaOfOne };
  return {
    data,
    expectedUtility: (x, y) => (checkUnit("expectedUtility: x", x), checkUnit("expectedUtility: y", y)),
    bordaCount: (x, y) => bordaOfTwo(checkUnit("bordaCount: x", x), checkUnit("bordaCount: y", y)),
  };
}

function checkUnit(what: string, value: number): number {
  return checkNumber(what, value, { min: 0, max: 1 });
}

function drawUtility(rng: RandomStream, features: Float32Array): number {
  const u = rng.uniform();
  if (features.length === 1) return features[0] < SPLIT ? features[0] : u < 0.5 ? 2 * features[0] : 0;
  const [x, y] = features;
  return u < 1 - x * y ? y / (1 - x * y) : 0;
}

/**
 * Against another b: below 0.8 a beats b < a, and the fifth of b above 0.8 half the time (a > 0 = b's other half); from 0.8 on 2 a beats every b < 0.8 and,
 * among those above, the half that is worth 0 and those that are worth less than itself, and 0 ties with 0.
 */
function bordaOfOne(a: number): number {
  checkUnit("bordaCount", a);
  if (a < SPLIT) return a + 0.1;
  const high = 0.8 + 0.1 + 0.5 * (a - SPLIT);
  return 0.5 * high + 0.5 * (0.5 * 0.1);
}

const STEPS = 400;

/** P(utility(x, y) > utility of another), ties half, over a grid of other alternatives' midpoints. */
function bordaOfTwo(x: number, y: number): number {
  const [good, value] = [1 - x * y, y / Math.max(1 - x * y, 1e-12)];
  let sum = 0;
  for (let i = 0; i < STEPS; i++) {
    for (let j = 0; j < STEPS; j++) {
      const [s, t] = [(i + 0.5) / STEPS, (j + 0.5) / STEPS];
      const other = 1 - s * t;
      const isMore = value > t / other ? 1 : 0;
      sum += good * (other * isMore + (1 - other)) + (1 - good) * 0.5 * (1 - other);
    }
  }
  return sum / (STEPS * STEPS);
}
