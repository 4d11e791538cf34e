import { checkInteger, checkKeys, randomStream } from "../../core/index.js";
import { bySign, checkSize, SIZE_KEYS, twoOf, worldOf, type World, type WorldSize } from "./world.js";

/** The five places of {@link rankings}. */
export const PLACES = ["table", "shelf", "counter", "sofa", "drawer"] as const;

/** All orders of 0 … n - 1. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((shorter) =>
    Array.from({ length: n }, (_, at) => [...shorter.slice(0, at), n - 1, ...shorter.slice(at)]),
  );
}

/** Options of {@link rankings}. */
export interface RankingsOptions extends WorldSize {
  /** Different rankings among the users, 1-120, default 5. */
  readonly orderings?: number;
}

/** Users who each rank five places. */
export interface RankingsWorld extends World {
  /** The places of each kind's ranking, best first, [M][5]. */
  readonly rankings: readonly (readonly number[])[];
}

/**
 * Each user has one of some rankings of five places, and says without mistake which of two is better; items are one-hot.
 * @source VPL, Habitat-Rearrange as a table: there users are 5, later 100, random orders of 5 places
 * @throws InputError
 */
export function rankings(options: RankingsOptions): RankingsWorld {
  checkKeys("rankings", options, [...SIZE_KEYS, "orderings"]);
  checkSize("rankings", options);
  const { orderings = 5, seed } = options;
  checkInteger("rankings: orderings", orderings, { min: 1, max: 120 });
  const all = orders(PLACES.length);
  const chosen = [...randomStream(seed).split("rankings").permutation(all.length)].slice(0, orderings);
  const found = chosen.map((index) => all[index]);
  const world = worldOf(options, {
    name: `rankings, ${orderings} of 120`,
    kinds: found.map((order) => order.map((place) => PLACES[place]).join(" > ")),
    items: { ids: [...PLACES], features: oneHot(PLACES.length) },
    question: (rng) => twoOf(rng, PLACES.length),
    probability: (kind, left, right) => bySign(found[kind].indexOf(left) - found[kind].indexOf(right)),
    settings: { orderings },
  });
  return { ...world, rankings: found };
}

/** Objects of {@link tidy}: what each is for, and what it is made of. */
export const TIDY_OBJECTS = [
  { name: "steel pot", function: "cooking", material: "metal" },
  { name: "steel fork", function: "eating", material: "metal" },
  { name: "wooden spoon", function: "cooking", material: "wood" },
  { name: "wooden bowl", function: "eating", material: "wood" },
  { name: "steel ladle", function: "cooking", material: "metal" },
] as const;

const SHELVES = [
  { function: "cooking", material: "metal" },
  { function: "eating", material: "wood" },
] as const;

/**
 * Users put five kitchen objects on one of two shelves, half of them sorting by what a thing is for and half by what it is made of. A question is where
 * an object should go; an item is an object on a shelf. Of objects on which both agree (a metal thing for cooking) an answer says nothing of the user.
 * @source VPL, Habitat-Tidy as a table; the objects are ours
 * @throws InputError
 */
export function tidy(options: WorldSize): World {
  checkKeys("tidy", options, [...SIZE_KEYS]);
  checkSize("tidy", options);
  const items = TIDY_OBJECTS.flatMap((object) => SHELVES.map((shelf, at) => ({ object, shelf, at })));
  const isRight = (kind: number, item: number): number => {
    const { object, shelf } = items[item];
    return (kind === 0 ? object.function === shelf.function : object.material === shelf.material) ? 1 : 0;
  };
  return worldOf(options, {
    name: "tidy",
    kinds: ["by function", "by material"],
    items: {
      ids: items.map(({ object, at }) => `${object.name} on shelf ${at + 1}`),
      features: oneHot(items.length),
    },
    question(rng) {
      const object = rng.integer(TIDY_OBJECTS.length);
      const first = rng.integer(2);
      return [2 * object + first, 2 * object + 1 - first];
    },
    probability: (kind, left, right) => bySign(isRight(kind, right) - isRight(kind, left)),
    settings: {},
  });
}

function oneHot(n: number): Float32Array {
  return Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}
