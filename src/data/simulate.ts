import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  checkOneOf,
  exp,
  InputError,
  randomStream,
  sha256,
  stableJson,
} from "../core/index.js";
import type { RandomStream } from "../core/index.js";
import type { PreferenceData, Truth } from "./preference-data.js";

/** How users lie: anywhere between the prototypes, each at one, or without any. */
export const SETTINGS = ["mixture", "partition", "gaussian"] as const;
/** How users' weights are drawn: anywhere between prototypes, at one each, or ideal points without prototypes. */
export type Setting = (typeof SETTINGS)[number];

/** What {@link simulateIdealPoints} draws. */
export interface SimulationOptions {
  /** Dimension D of items and of the latent space, >= 1. */
  readonly dimension: number;
  /** True number of prototypes K*, >= 1 (not used by "gaussian"). */
  readonly prototypes: number;
  readonly users: number;
  readonly comparisonsPerUser: number;
  /** `mixture`: ideal points are convex combinations of the prototypes; `partition`: each user sits at one prototype, evenly; `gaussian`: no prototypes. */
  readonly setting: Setting;
  /** `fresh` items for every comparison (default), two of a `pool`, or `shared`: all users answer the same pairs. */
  readonly pairs?: "fresh" | "pool" | "shared";
  /** Items of a pool, default 100. */
  readonly poolSize?: number;
  /** No noise (default), or logistic: P(right) = 1 / (1 + e^(-slope · score)). */
  readonly noise?: "none" | { readonly slope: number };
  /** Dirichlet concentration of a mixture's weights, default 1 (uniform on the simplex). The paper's law is not known. */
  readonly concentration?: number;
  readonly seed: number;
}

const KEYS = [
  "dimension",
  "prototypes",
  "users",
  "comparisonsPerUser",
  "setting",
  "pairs",
  "poolSize",
  "noise",
  "concentration",
  "seed",
];

/**
 * Users with ideal points compare items: x, p_k ~ N(0, I/D), f* = a D x D matrix of N(0, 1) entries, and the item whose image is nearer to the
 * image of the user's ideal point is preferred. More users or comparisons with the same seed extend the same population.
 * @returns comparisons with the truth beside them
 * @source PAL, simulation (law of items and prototypes: recollection, unverified)
 * @throws InputError
 * @example
 * const people = { prototypes: 3, users: 60, setting: "mixture" } as const;
 * const simulated = simulateIdealPoints({ dimension: 4, comparisonsPerUser: 50, seed: 1, ...people });
 * blindCeiling(simulated); // what no model can pass that does not know the user
 */
export function simulateIdealPoints(options: SimulationOptions): PreferenceData {
  const settings = check(options);
  const { dimension, users, comparisonsPerUser, seed } = settings;
  const rng = randomStream(seed).split("simulate");
  const truth = population(settings, rng);
  const n = users * comparisonsPerUser;
  const { features, left, right } = drawPairs(settings, rng);
  const image = imagesUnder(truth.map, features, dimension);
  const ideal = imagesUnder(truth.map, truth.idealPoints, dimension);
  const user = Int32Array.from({ length: n }, (_, row) => Math.floor(row / comparisonsPerUser));
  const noise = userStreams(rng.split("noise"), users);
  const rowOf = (table: Float32Array, i: number): Float32Array =>
    table.subarray(i * dimension, (i + 1) * dimension);
  const label = Int8Array.from(user, (who, row) => {
    const point = rowOf(ideal, who);
    const score =
      squaredDistance(rowOf(image, left[row]), point) - squaredDistance(rowOf(image, right[row]), point);
    if (settings.noise === "none") return score > 0 ? 1 : -1;
    return noise[who].uniform() < 1 / (1 + exp(-settings.noise.slope * score)) ? 1 : -1;
  });
  const name = `simulated ideal points (${settings.setting})`;
  return {
    users: Array.from({ length: users }, (_, i) => `user-${i}`),
    items: { ids: Array.from({ length: features.length / dimension }, (_, i) => `item-${i}`), features },
    user,
    left,
    right,
    label,
    truth,
    source: { name, license: "CC0-1.0", sha256: sha256(stableJson(settings)) },
  };
}

type Checked = Required<SimulationOptions>;

function check(options: SimulationOptions): Checked {
  checkKeys("simulateIdealPoints", options, KEYS);
  const { pairs = "fresh", poolSize = 100, noise = "none", concentration = 1 } = options;
  const positive = ["dimension", "prototypes", "users", "comparisonsPerUser"] as const;
  for (const key of positive) checkInteger(`simulateIdealPoints: ${key}`, options[key], { min: 1 });
  checkOneOf("simulateIdealPoints: setting", options.setting, SETTINGS);
  checkOneOf("simulateIdealPoints: pairs", pairs, ["fresh", "pool", "shared"]);
  checkInteger("simulateIdealPoints: poolSize", poolSize, { min: 2 });
  checkNumber("simulateIdealPoints: concentration", concentration, { above: 0 });
  if (noise !== "none") checkNumber("simulateIdealPoints: noise.slope", noise.slope, { above: 0 });
  if (options.setting === "partition" && options.users < options.prototypes) {
    throw new InputError(
      `simulateIdealPoints: ${options.users} users cannot be divided over ${options.prototypes} prototypes`,
    );
  }
  return { ...options, pairs, poolSize, noise, concentration };
}

function population(settings: Checked, rng: RandomStream): Truth {
  const { dimension, setting, users, concentration, noise } = settings;
  const kStar = setting === "gaussian" ? 0 : settings.prototypes;
  const deviation = 1 / Math.sqrt(dimension);
  const prototypes = rng.split("prototypes").normals(kStar * dimension, deviation);
  const streams = userStreams(rng.split("users"), users);
  const weights = new Float32Array(users * kStar);
  const idealPoints = new Float32Array(users * dimension);
  streams.forEach((stream, i) => {
    if (setting === "gaussian") idealPoints.set(stream.normals(dimension, deviation), i * dimension);
    if (setting === "partition") weights[i * kStar + (i % kStar)] = 1;
    if (setting === "mixture") weights.set(stream.dirichlet(kStar, concentration), i * kStar);
    for (let k = 0; k < kStar; k++) {
      const share = weights[i * kStar + k];
      for (let j = 0; j < dimension; j++)
        idealPoints[i * dimension + j] += share * prototypes[k * dimension + j];
    }
  });
  const map = rng.split("map").normals(dimension * dimension);
  return { weights, prototypes, map, idealPoints, ...(noise === "none" ? {} : { noiseSlope: noise.slope }) };
}

function drawPairs(
  settings: Checked,
  rng: RandomStream,
): { features: Float32Array; left: Int32Array; right: Int32Array } {
  const { dimension, users, comparisonsPerUser: perUser, pairs, poolSize } = settings;
  const n = users * perUser;
  const deviation = 1 / Math.sqrt(dimension);
  if (pairs === "pool") {
    const streams = userStreams(rng.split("pairs"), users);
    const left = new Int32Array(n);
    const right = new Int32Array(n);
    for (let row = 0; row < n; row++) {
      const stream = streams[Math.floor(row / perUser)];
      left[row] = stream.integer(poolSize);
      right[row] = (left[row] + 1 + stream.integer(poolSize - 1)) % poolSize;
    }
    return { features: rng.split("items").normals(poolSize * dimension, deviation), left, right };
  }
  const owners = pairs === "fresh" ? users : 1;
  const features = new Float32Array(owners * perUser * 2 * dimension);
  userStreams(rng.split("items"), owners).forEach((stream, i) => {
    features.set(stream.normals(perUser * 2 * dimension, deviation), i * perUser * 2 * dimension);
  });
  const first = (row: number): number => 2 * (pairs === "fresh" ? row : row % perUser);
  return {
    features,
    left: Int32Array.from({ length: n }, (_, row) => first(row)),
    right: Int32Array.from({ length: n }, (_, row) => first(row) + 1),
  };
}

/** One stream for each user, so that more users or comparisons change nothing for those before. */
function userStreams(rng: RandomStream, users: number): RandomStream[] {
  return Array.from({ length: users }, (_, i) => rng.split(i));
}

/** map · x for every row of `points`, shape [n, dimension]. */
export function imagesUnder(map: Float32Array, points: Float32Array, dimension: number): Float32Array {
  checkNumbers("imagesUnder: map", map);
  checkNumbers("imagesUnder: points", points);
  checkInteger("imagesUnder: dimension", dimension, { min: 1 });
  const image = new Float32Array(points.length);
  for (let row = 0; row < points.length; row += dimension) {
    for (let i = 0; i < dimension; i++) {
      let sum = 0;
      for (let j = 0; j < dimension; j++) sum += map[i * dimension + j] * points[row + j];
      image[row + i] = sum;
    }
  }
  return image;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) ** 2;
  return sum;
}
