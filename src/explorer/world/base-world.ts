import { randomStream } from "../../core/index.js";
import { imagesUnder, simulateIdealPoints, type PreferenceData } from "../../data/index.js";
import { didactic, didacticModes } from "../../data/worlds/index.js";
import type { Settings } from "../state/settings.js";

/** Answers of each user that are held out. */
export const HELD_OUT = 20;
/** Width of a taste in the didactic world. */
const WIDTH = 0.1;

/** Where everything truly lies: features, not places in the plane. */
export interface Truth {
  /** [n, D] */
  readonly features: Float32Array;
  /** The point that each user likes best, [U, D]. */
  readonly ideals: Float32Array;
  /** [K*, D] */
  readonly prototypes: Float32Array;
}

/** A world before anything was moved, and how people in it answer. */
export interface BaseWorld {
  /** All answers, those that are held out included. */
  readonly data: PreferenceData;
  readonly dimension: 1 | 2;
  readonly truth: Truth;
  /** Weights of the true prototypes, [U, K*]: an ideal point is the mixture of theirs. */
  readonly weights: Float32Array;
  /** What an item is worth to a user, by a truth; made once for each truth. */
  reward(truth: Truth): (item: number, user: number) => number;
  /** Of each row a number on [0, 1): the right item is preferred where P(right) is above it. Absent without noise. */
  readonly chances?: Float64Array;
  /** What differences of rewards are multiplied by before the logistic function; default 1. */
  readonly slope?: number;
  /** Places in the plane, [n, 2], of features, [n, D]. */
  toPlane(features: Float32Array): Float32Array;
  /** The features of a place in the plane, [D]. */
  fromPlane(x: number, y: number): Float32Array;
}

/** The world of these settings, with nothing moved: the library's own simulation. */
export function baseWorld(settings: Settings): BaseWorld {
  return settings.population === "didactic" ? lineWorld(settings) : planeWorld(settings);
}

function planeWorld(settings: Settings): BaseWorld {
  const data = simulateIdealPoints(planeOptions(settings));
  const { truth, items } = data;
  const { features } = items;
  if (truth === undefined || features === undefined) throw new Error("internal: a simulation has its truth");
  const { map } = truth;
  const scale = 1 / spread(imagesUnder(map, features, 2));
  const chances = settings.noise === 0 ? undefined : chancesOf(settings, ["simulate", "noise"]);
  return {
    data,
    dimension: 2,
    truth: { features, ideals: truth.idealPoints, prototypes: truth.prototypes },
    weights: truth.weights,
    ...(chances === undefined ? {} : { chances, slope: 1 / settings.noise }),
    reward({ features: now, ideals }) {
      const [images, points] = [imagesUnder(map, now, 2), imagesUnder(map, ideals, 2)];
      return (item, who) =>
        -((images[2 * item] - points[2 * who]) ** 2 + (images[2 * item + 1] - points[2 * who + 1]) ** 2);
    },
    toPlane: (given) => imagesUnder(map, given, 2).map((value) => value * scale),
    fromPlane: (x, y) => solved(map, x / scale, y / scale),
  };
}

/** What `simulateIdealPoints` gets for a world in the plane. */
export function planeOptions(settings: Settings): Parameters<typeof simulateIdealPoints>[0] {
  const { population, truePrototypes, users, answers, items, noise, seed } = settings;
  return {
    dimension: 2,
    prototypes: truePrototypes,
    users,
    comparisonsPerUser: answers + HELD_OUT,
    setting: population as "mixture",
    pairs: "pool",
    poolSize: items,
    ...(noise === 0 ? {} : { noise: { slope: 1 / noise } }),
    seed,
  };
}

/** What `didactic` gets. */
export function lineOptions(settings: Settings): Parameters<typeof didactic>[0] {
  const { truePrototypes, users, answers, noise, seed } = settings;
  return {
    users,
    comparisonsPerUser: answers + HELD_OUT,
    seed,
    modes: truePrototypes,
    width: WIDTH * Math.sqrt(noise === 0 ? 1 : noise),
    noise: noise === 0 ? "none" : "logistic",
  };
}

function lineWorld(settings: Settings): BaseWorld {
  const { width = WIDTH } = lineOptions(settings);
  const { data, kinds, kindOf } = didactic(lineOptions(settings));
  const { features } = data.items;
  if (features === undefined) throw new Error("internal: numbers are features");
  const modes = didacticModes(settings.truePrototypes);
  const weights = new Float32Array(kindOf.length * kinds.length);
  kindOf.forEach((kind, user) => (weights[user * kinds.length + kind] = 1));
  const chances = settings.noise === 0 ? undefined : chancesOf(settings, [data.source.name, "answers"]);
  return {
    data,
    dimension: 1,
    truth: {
      features,
      ideals: Float32Array.from(kindOf, (kind) => modes[kind]),
      prototypes: Float32Array.from(modes),
    },
    weights,
    ...(chances === undefined ? {} : { chances, slope: 1 }),
    reward({ features: now, ideals }) {
      return (item, who) => -((now[item] - ideals[who]) ** 2) / (2 * width * width);
    },
    toPlane: (given) =>
      Float32Array.from({ length: 2 * given.length }, (_, i) =>
        i % 2 === 0 ? (given[i / 2] - 0.5) * LINE : 0,
      ),
    fromPlane: (x) => Float32Array.of(x / LINE + 0.5),
  };
}

/** Length of the line in the plane. */
const LINE = 4;

/** The uniform numbers that decided the answers of a simulation, row by row: of each user from a stream of their own. */
function chancesOf(settings: Settings, names: readonly string[]): Float64Array {
  const each = settings.answers + HELD_OUT;
  const stream = names.reduce((rng, name) => rng.split(name), randomStream(settings.seed));
  const chances = new Float64Array(settings.users * each);
  for (let user = 0; user < settings.users; user++) {
    const own = stream.split(user);
    for (let i = 0; i < each; i++) chances[user * each + i] = own.uniform();
  }
  return chances;
}

/** Root mean square of coordinates. */
function spread(points: Float32Array): number {
  return Math.sqrt(points.reduce((sum, value) => sum + value * value, 0) / points.length);
}

/** x with map · x = (a, b), no farther from 0 than what a model can be asked to learn from. */
function solved(map: Float32Array, a: number, b: number): Float32Array {
  const determinant = map[0] * map[3] - map[1] * map[2];
  const x = (map[3] * a - map[1] * b) / determinant;
  const y = (map[0] * b - map[2] * a) / determinant;
  const farthest = 8 / Math.max(8, Math.hypot(x, y));
  return Float32Array.of(x * farthest, y * farthest);
}
