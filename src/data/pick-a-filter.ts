import {
  checkInteger,
  checkKeys,
  checkNumber,
  exp,
  InputError,
  randomStream,
  sha256,
  stableJson,
  type RandomStream,
} from "../core/index.js";
import type { PreferenceData } from "./preference-data.js";

/** Options of {@link simulatePickAFilter}: two groups of users and how much divides them. */
export interface PickAFilterOptions {
  /** Users, half in each group; >= 2. */
  readonly users: number;
  readonly comparisonsPerUser: number;
  /** Fraction of comparisons that are filtered, 0-1: the mixture ratio. */
  readonly beta: number;
  /** Features of an item's content, default 16; its colour is one more. */
  readonly contentDimension?: number;
  /** Features of a prompt, default 8. */
  readonly promptDimension?: number;
  /** Slope of the logistic noise of the preference for content, default 0.4: about 0.72 of the choices follow the reward, as unsure as Pick-a-Pic. */
  readonly noiseSlope?: number;
  readonly seed: number;
}

/** A Pick-a-Filter data set, and what can be known of it. */
export interface PickAFilter {
  readonly data: PreferenceData;
  /** P(right) of every comparison for somebody who knows the content's reward alone, shape [N]. */
  readonly contentProbability: Float32Array;
  /** Whether each comparison was filtered, shape [N]. */
  readonly filtered: Uint8Array;
}

/** The two groups: one likes cool colours, one warm ones. */
export const FILTER_GROUPS = ["G1: prefers blue", "G2: prefers red"] as const;

const KEYS = [
  "users",
  "comparisonsPerUser",
  "beta",
  "contentDimension",
  "promptDimension",
  "noiseSlope",
  "seed",
];

/**
 * A low-dimensional stand-in for Pick-a-Filter: items have content features, about which everybody agrees up to noise given the prompt, and
 * one colour feature (-1 blue, 0 none, +1 red). A fraction beta of comparisons is filtered: in half of those the winner gets the colour
 * that the user's group likes, in the other half the loser gets the other colour. Labels do not change.
 * @source PAL, Pick-a-Filter (the authors' dataset card); the features are ours, in place of CLIP embeddings
 * @throws InputError
 */
export function simulatePickAFilter(options: PickAFilterOptions): PickAFilter {
  checkKeys("simulatePickAFilter", options, KEYS);
  const { users, comparisonsPerUser, beta, seed } = options;
  const { contentDimension: d = 16, promptDimension: e = 8, noiseSlope = 0.4 } = options;
  checkInteger("simulatePickAFilter: users", users, { min: 2 });
  for (const [name, value] of Object.entries({
    comparisonsPerUser,
    contentDimension: d,
    promptDimension: e,
  })) {
    checkInteger(`simulatePickAFilter: ${name}`, value, { min: 1 });
  }
  checkNumber("simulatePickAFilter: beta", beta, { min: 0, max: 1 });
  checkNumber("simulatePickAFilter: noiseSlope", noiseSlope, { above: 0 });
  if (users % 2 !== 0)
    throw new InputError(`simulatePickAFilter: users must be even, half in each group, got ${users}`);
  const rng = randomStream(seed).split("pick-a-filter");
  const map = rng.split("map").normals(d * e);
  const n = users * comparisonsPerUser;
  const rows = Array.from({ length: users }, (_, user) => {
    return answers(rng.split("users").split(user), {
      count: comparisonsPerUser,
      d,
      e,
      map,
      beta,
      noiseSlope,
      likes: user % 2 === 0 ? -1 : 1,
    });
  });
  const join = (part: (row: Answers) => Float32Array): Float32Array =>
    Float32Array.from(rows.flatMap((row) => [...part(row)]));
  const settings = {
    users,
    comparisonsPerUser,
    beta,
    contentDimension: d,
    promptDimension: e,
    noiseSlope,
    seed,
  };
  return {
    data: {
      subject: "pairs",
      users: Array.from({ length: users }, (_, i) => `user-${i}`),
      groups: Array.from({ length: users }, (_, i) => FILTER_GROUPS[i % 2]),
      items: {
        ids: Array.from({ length: 2 * n }, (_, i) => `image-${i}`),
        features: join((row) => row.items),
      },
      contexts: {
        ids: Array.from({ length: n }, (_, i) => `prompt-${i}`),
        features: join((row) => row.prompts),
      },
      user: Int32Array.from({ length: n }, (_, row) => Math.floor(row / comparisonsPerUser)),
      left: Int32Array.from({ length: n }, (_, row) => 2 * row),
      right: Int32Array.from({ length: n }, (_, row) => 2 * row + 1),
      context: Int32Array.from({ length: n }, (_, row) => row),
      label: Int8Array.from(rows.flatMap((row) => [...row.label])),
      source: {
        name: `Pick-a-Filter stand-in (beta ${beta})`,
        license: "CC0-1.0",
        sha256: sha256(stableJson(settings)),
      },
    },
    contentProbability: join((row) => row.probability),
    filtered: Uint8Array.from(rows.flatMap((row) => [...row.filtered])),
  };
}

interface Answers {
  readonly items: Float32Array;
  readonly prompts: Float32Array;
  readonly label: Int8Array;
  readonly probability: Float32Array;
  readonly filtered: Uint8Array;
}

interface Questions {
  readonly count: number;
  readonly d: number;
  readonly e: number;
  /** Reward of content x for prompt c is x · map c, shape [d, e]. */
  readonly map: Float32Array;
  readonly beta: number;
  readonly noiseSlope: number;
  /** The colour that the user's group likes. */
  readonly likes: -1 | 1;
}

function answers(rng: RandomStream, { count, d, e, map, beta, noiseSlope, likes }: Questions): Answers {
  const prompts = rng.split("prompts").normals(count * e);
  const content = rng.split("items").normals(2 * count * d, 1 / Math.sqrt(d));
  const [noise, filter] = [rng.split("noise"), rng.split("filter")];
  const items = new Float32Array(2 * count * (d + 1));
  const label = new Int8Array(count);
  const probability = new Float32Array(count);
  const filtered = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const rewards = [0, 1].map((side) =>
      reward(
        content.subarray((2 * row + side) * d, (2 * row + side + 1) * d),
        prompts.subarray(row * e, (row + 1) * e),
        map,
      ),
    );
    probability[row] = 1 / (1 + exp(-noiseSlope * (rewards[1] - rewards[0])));
    label[row] = noise.uniform() < probability[row] ? 1 : -1;
    for (const side of [0, 1])
      items.set(content.subarray((2 * row + side) * d, (2 * row + side + 1) * d), (2 * row + side) * (d + 1));
    const [isFiltered, winnerGetsIt] = [filter.uniform() < beta, filter.uniform() < 0.5];
    if (!isFiltered) continue;
    filtered[row] = 1;
    const winner = label[row] > 0 ? 1 : 0;
    const side = winnerGetsIt ? winner : 1 - winner;
    items[(2 * row + side) * (d + 1) + d] = winnerGetsIt ? likes : -likes;
  }
  return { items, prompts, label, probability, filtered };
}

function reward(content: Float32Array, prompt: Float32Array, map: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < content.length; i++) {
    for (let j = 0; j < prompt.length; j++) sum += content[i] * map[i * prompt.length + j] * prompt[j];
  }
  return sum;
}
