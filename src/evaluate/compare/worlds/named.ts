import { checkInteger, InputError, randomStream, show, type RandomStream } from "../../../core/index.js";
import type { PreferenceData } from "../../../data/index.js";
import type { KnownTruth } from "../truth.js";
import { POOL, POPULATIONS, type Population } from "./populations.js";

/** A simulated population whose truth is known, to compare families on. */
export interface NamedWorld {
  readonly data: PreferenceData;
  readonly truth: KnownTruth;
}

/** Names of the worlds, with what each is. */
export const WORLD_NAMES: readonly (readonly [name: string, about: string])[] = Object.entries(
  POPULATIONS,
).map(([name, { about }]) => [name, about]);

/** How many people a population has, and how often each answers. */
export const WORLD_SIZE = { users: 150, answers: 45 } as const;
const { users: USERS, answers: ANSWERS } = WORLD_SIZE;
/** Draws of a continuous population that stand for it in Bayes' rule. */
const DRAWS = 2000;

/**
 * Answers of a population about a pool of 40 items, with features but where they are known by ids alone.
 * @throws InputError for a name that is unknown
 * @example
 * const { data: answers, truth } = study.namedWorld("didactic", { seed: 1 });
 */
export function namedWorld(name: string, options: { readonly seed?: number } = {}): NamedWorld {
  if (!Object.hasOwn(POPULATIONS, name))
    throw new InputError(`compare: no world ${show(name)}; there are ${Object.keys(POPULATIONS).join(", ")}`);
  const { seed = 1 } = options;
  checkInteger("compare: seed", seed);
  const population: Population = POPULATIONS[name];
  const rng = randomStream(seed).split(`world ${name}`);
  const features = population.features?.() ?? rng.split("items").normals(POOL * population.dimension);
  const drawn = people(population, features, rng.split("people"));
  const users = Array.from({ length: USERS }, (_, u) => `user-${u}`);
  const own = users.map((_, u) => drawn(rng.split("user").split(u), u));
  const count = population.kinds ?? DRAWS;
  const possible = Array.from({ length: count }, (_, i) => drawn(rng.split("possible").split(i), i));
  const place = new Map(users.map((id, u) => [id, u]));
  const answered = ({ utility, habit }: Person, left: number, right: number): number =>
    1 / (1 + Math.exp(utility[left] - utility[right] - habit));
  return {
    data: answers(
      name,
      { users, own, answered, ...(population.isByIds === true ? {} : { features }) },
      rng.split("answers"),
    ),
    truth: {
      possible: count,
      probability: (who, left, right) => answered(possible[who], left, right),
      own: (user, left, right) => answered(own[place.get(user) ?? 0], left, right),
    },
  };
}

/** What all items are worth to somebody, and their habit. */
interface Person {
  readonly utility: Float64Array;
  readonly habit: number;
}

/** Draws one person: the number tells kinds apart, where there are kinds. */
function people({ dimension, make, habit }: Population, features: Float32Array, rng: RandomStream) {
  const items = Array.from({ length: POOL }, (_, i) =>
    Array.from(features.subarray(i * dimension, (i + 1) * dimension)),
  );
  const draw = make(rng);
  return (own: RandomStream, number: number): Person => {
    const worth = draw(own, number);
    return {
      utility: Float64Array.from(items, (x, i) => worth(x, i)),
      habit: habit?.(own.split("habit")) ?? 0,
    };
  };
}

interface Answering {
  readonly users: readonly string[];
  readonly own: readonly Person[];
  readonly features?: Float32Array;
  answered(person: Person, left: number, right: number): number;
}

function answers(
  name: string,
  { users, own, features, answered }: Answering,
  rng: RandomStream,
): PreferenceData {
  const count = users.length * ANSWERS;
  const user = Int32Array.from({ length: count }, (_, row) => Math.floor(row / ANSWERS));
  const [left, right] = [new Int32Array(count), new Int32Array(count)];
  const label = Int8Array.from(user, (who, row) => {
    left[row] = rng.integer(POOL);
    right[row] = (left[row] + 1 + rng.integer(POOL - 1)) % POOL;
    return rng.uniform() < answered(own[who], left[row], right[row]) ? 1 : -1;
  });
  return {
    users,
    items: {
      ids: Array.from({ length: POOL }, (_, i) => `item-${i}`),
      ...(features === undefined ? {} : { features }),
    },
    ...{ user, left, right, label, subject: "pairs" },
    source: { name: `the world "${name}"`, license: "CC0-1.0", sha256: "" },
  };
}
