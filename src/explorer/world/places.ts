import type { FeatureTable } from "../../data/index.js";
import type { FittedModel, FittedPrototypeModel } from "../../train/index.js";
import { procrustes } from "../../project/index.js";
import { REACH, type Frame } from "../worker/protocol.js";
import type { BuiltWorld } from "./built-world.js";

/** Where a model puts people, items and prototypes in the plane. */
export type Places = Pick<Frame, "places" | "items" | "users" | "prototypes" | "field">;

/** Points on a side of the grid on which rewards are drawn. */
const SIDE = 33;
/** People stand amid so many items that the model thinks they like best. */
const FAVOURITES = 5;
/** Most rewards that a network is asked for in a frame: of many people it judges fewer items. */
const MOST_ASKED = 60_000;

/** What is looked at: whose rewards are drawn, where they are. */
export interface Look {
  readonly user: number;
  readonly isField: boolean;
}

/** Places by the model's own space where it has one of points in the plane, else by what it thinks that people like. */
export function placesOf(fitted: FittedModel, world: BuiltWorld, look: Look): Places {
  const { latent } = fitted.model;
  const isLatent = latent?.geometry === "points" && latent.dimension === 2;
  return isLatent
    ? latentPlaces(fitted as FittedPrototypeModel, world, look)
    : likedPlaces(fitted, world, look);
}

/** The model's space, turned, shifted and scaled as a whole onto the truth: distances in it keep their proportions, and it does not spin. */
function latentPlaces(fitted: FittedPrototypeModel, world: BuiltWorld, look: Look): Places {
  const items = fitted.latentItems(shownItems(world));
  const { matrix, offset, aligned } = procrustes(
    { values: items, dimension: 2 },
    { values: world.items, dimension: 2 },
    { scale: spreadOf(items) > 0 },
  );
  const move = (values: Float32Array): Float32Array =>
    Float32Array.from(values, (_, i) => {
      const [row, at] = [i % 2, i - (i % 2)];
      return matrix[2 * row] * values[at] + matrix[2 * row + 1] * values[at + 1] + offset[row];
    });
  const prototypes = move(fitted.prototypes());
  const users = mixed(fitted.allWeights, prototypes);
  const own = users.subarray(2 * look.user, 2 * look.user + 2);
  return {
    ...{ places: "latent", items: aligned.values as Float32Array, users, prototypes },
    ...(look.isField ? { field: fieldOf((x, y) => -((x - own[0]) ** 2) - (y - own[1]) ** 2) } : {}),
  };
}

/** Items where they truly are; people and prototypes amid those that the model thinks they like best. */
function likedPlaces(fitted: FittedModel, world: BuiltWorld, look: Look): Places {
  const shown = shownItems(world);
  const { isLinear, kind } = fitted.model.user;
  const isQuick = isLinear || kind === "none";
  const most = isQuick ? shown.ids.length : Math.max(20, Math.floor(MOST_ASKED / fitted.users.length));
  const count = Math.min(shown.ids.length, most);
  const table = firstOf(shown, count);
  const against = { items: table, left: new Int32Array(count), right: Int32Array.from(table.ids.keys()) };
  const { weights } = fitted.model.user;
  const k = fitted.k;
  const corners =
    weights === undefined
      ? new Float32Array(0)
      : Float32Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
  const states = new Float32Array(fitted.allWeights.length + corners.length);
  states.set(fitted.allWeights);
  states.set(corners, fitted.allWeights.length);
  const rewards = fitted.scoresUnderEach(inContext(against, world), states);
  const places = amidFavourites(rewards, states.length / k, world.items);
  const field = look.isField ? rewardField(fitted, world, look.user) : undefined;
  return {
    ...{ places: "liked", items: world.items },
    users: places.slice(0, 2 * fitted.users.length),
    prototypes: places.slice(2 * fitted.users.length),
    ...(field === undefined ? {} : { field }),
  };
}

/** @param rewards of each item (rows) for each state (columns) */
function amidFavourites(rewards: Float32Array, states: number, items: Float32Array): Float32Array {
  const count = rewards.length / states;
  const most = Math.min(FAVOURITES, count);
  const places = new Float32Array(2 * states);
  const best = new Int32Array(most);
  for (let state = 0; state < states; state++) {
    const worth = (item: number): number => rewards[item * states + state];
    let found = 0;
    for (let item = 0; item < count; item++) {
      if (found === most && worth(item) <= worth(best[most - 1])) continue;
      let at = found < most ? found++ : most - 1;
      for (; at > 0 && worth(best[at - 1]) < worth(item); at--) best[at] = best[at - 1];
      best[at] = item;
    }
    for (const item of best) {
      places[2 * state] += items[2 * item] / most;
      places[2 * state + 1] += items[2 * item + 1] / most;
    }
  }
  return places;
}

/** The reward of places of the plane for a user: what the model thinks of an item that would lie there. */
function rewardField(fitted: FittedModel, world: BuiltWorld, user: number): Places["field"] {
  const d = world.dimension;
  const features = new Float32Array(SIDE * SIDE * d);
  for (let i = 0; i < SIDE * SIDE; i++)
    features.set(world.fromPlane(coordinate(i % SIDE), coordinate(Math.floor(i / SIDE))), i * d);
  const right = Int32Array.from({ length: SIDE * SIDE }, (_, i) => i);
  const items: FeatureTable = { ids: Array.from(right, String), features };
  const pairs = inContext({ items, left: new Int32Array(SIDE * SIDE), right }, world);
  return { side: SIDE, values: fitted.scores(pairs, fitted.stateOf(fitted.users[user])) };
}

function fieldOf(reward: (x: number, y: number) => number): Places["field"] {
  const values = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
    reward(coordinate(i % SIDE), coordinate(Math.floor(i / SIDE))),
  );
  return { side: SIDE, values };
}

function coordinate(step: number): number {
  return REACH * ((2 * step) / (SIDE - 1) - 1);
}

function firstOf({ ids, features }: FeatureTable, count: number): FeatureTable {
  const d = (features?.length ?? 0) / ids.length;
  return {
    ids: ids.slice(0, count),
    ...(features === undefined ? {} : { features: features.slice(0, count * d) }),
  };
}

function shownItems({ train, shown, dimension }: BuiltWorld): FeatureTable {
  const { ids, features = new Float32Array(0) } = train.items;
  return { ids: ids.slice(0, shown.length), features: features.slice(0, shown.length * dimension) };
}

/** Pairs in the context in which the world's answers were given, where there is one. */
function inContext<T extends { readonly left: Int32Array }>(pairs: T, { train }: BuiltWorld): T {
  if (train.contexts === undefined) return pairs;
  return { ...pairs, contexts: train.contexts, context: new Int32Array(pairs.left.length) };
}

/** Points of people, [U, 2], by their weights, [U, K], on points of prototypes, [K, 2]. */
function mixed(weights: Float32Array, prototypes: Float32Array): Float32Array {
  const k = prototypes.length / 2;
  const points = new Float32Array((2 * weights.length) / k);
  weights.forEach((weight, i) => {
    const user = Math.floor(i / k);
    points[2 * user] += weight * prototypes[2 * (i % k)];
    points[2 * user + 1] += weight * prototypes[2 * (i % k) + 1];
  });
  return points;
}

function spreadOf(points: Float32Array): number {
  return points.reduce((most, value, i) => Math.max(most, Math.abs(value - points[i % 2])), 0);
}
