import { InputError } from "../core/index.js";
import {
  checkIsData,
  featureDimension,
  type PreferenceData,
  imagesUnder,
  type Truth,
} from "../data/index.js";

/** What guessing reaches. */
export const CHANCE = 0.5;

/**
 * Expected accuracy of whoever knows the truth: 1 without noise, else the mean of max(p, 1 - p).
 * @throws InputError when the data was not simulated
 */
export function oracleCeiling(data: PreferenceData): number {
  checkIsData("oracleCeiling: data", data);
  const { probability } = world(data, "oracleCeiling");
  return meanOverRows(data, (row) => {
    const p = probability(data.left[row], data.right[row], data.user[row]);
    return Math.max(p, 1 - p);
  });
}

/**
 * Accuracy on `data` of the best predictor that does not know the user: for each pair it says what most of the simulated population
 * would. No model with one reward for all can do better in expectation.
 * @throws InputError when the data was not simulated
 */
export function blindCeiling(data: PreferenceData): number {
  checkIsData("blindCeiling: data", data);
  const { probability, users } = world(data, "blindCeiling");
  return meanOverRows(data, (row) => {
    let right = 0;
    for (let user = 0; user < users; user++) right += probability(data.left[row], data.right[row], user);
    return right > users / 2 === data.label[row] > 0 ? 1 : 0;
  });
}

interface World {
  readonly users: number;
  /** P(right preferred) of a pair of items for a user. */
  probability(left: number, right: number, user: number): number;
}

function world(data: PreferenceData, caller: string): World {
  const { truth } = data;
  const { features } = data.items;
  if (truth === undefined || features === undefined) {
    throw new InputError(
      `${caller}: needs simulated data, whose truth is known; ${data.source.name} has none`,
    );
  }
  const d = featureDimension(data.items);
  const items = imagesUnder(truth.map, features, d);
  const ideals = imagesUnder(truth.map, truth.idealPoints, d);
  const images = { items, ideals, d, truth };
  return {
    users: data.users.length,
    probability: (left, right, user) => preference(images, left, right, user),
  };
}

type Images = {
  readonly items: Float32Array;
  readonly ideals: Float32Array;
  readonly d: number;
  readonly truth: Truth;
};

function preference({ items, ideals, d, truth }: Images, left: number, right: number, user: number): number {
  let score = 0;
  for (let j = 0; j < d; j++) {
    const ideal = ideals[user * d + j];
    score += (items[left * d + j] - ideal) ** 2 - (items[right * d + j] - ideal) ** 2;
  }
  if (truth.noiseSlope === undefined) return score > 0 ? 1 : 0;
  return 1 / (1 + Math.exp(-truth.noiseSlope * score));
}

function meanOverRows(data: PreferenceData, value: (row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < data.label.length; row++) sum += value(row);
  return sum / data.label.length;
}
