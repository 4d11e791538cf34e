import type { Moved } from "../state/settings.js";
import type { ExplorerState } from "../state/state.js";
import type { Frame, Plane, World } from "../worker/protocol.js";
import { userColors } from "./colors.js";

/** All that a plane shows, in its own coordinates: -3 … 3 both ways. */
export interface Scene {
  /** True places of items, and where the model puts them. */
  readonly items: Plane;
  readonly modelItems?: Plane;
  /** True places of people, absent where they are not shown. */
  readonly trueUsers: Plane;
  readonly users: Plane;
  readonly colors: readonly string[];
  readonly truePrototypes: Plane;
  readonly prototypes: Plane;
  readonly field?: Frame["field"];
  readonly chosen: number;
  readonly isTruthShown: boolean;
  /** On a line everybody is given a height, so that they are told apart. */
  readonly isLine: boolean;
}

/** The plane of a state, of the world it makes, and of what is learned in it. What was dragged is where it was dragged to, at once. */
export function sceneOf(state: ExplorerState, world: World, frame: Frame | undefined): Scene {
  const isLine = world.dimension === 1;
  const placed = (what: Moved["what"], places: Plane): Plane => {
    const spread = isLine ? spreadOut(places) : places.slice();
    for (const each of state.moved) {
      if (each.what !== what || 2 * each.index + 1 >= spread.length) continue;
      spread[2 * each.index] = each.x;
      if (!isLine) spread[2 * each.index + 1] = each.y;
    }
    return spread;
  };
  const count = world.users.length / 2;
  const spreadIf = (places: Plane): Plane => (isLine ? spreadOut(places) : places);
  return {
    items: placed("item", world.items),
    trueUsers: placed("user", world.users),
    truePrototypes: placed("prototype", world.prototypes),
    ...(frame === undefined || frame.places === "liked" ? {} : { modelItems: spreadIf(frame.items) }),
    users: frame === undefined ? new Float32Array(0) : spreadIf(frame.users),
    prototypes: frame === undefined ? new Float32Array(0) : spreadIf(frame.prototypes),
    colors: frame === undefined ? [] : colorsOf(frame, count),
    ...(state.field && frame?.field !== undefined ? { field: frame.field } : {}),
    chosen: Math.min(state.chosen, count - 1),
    isTruthShown: state.truth,
    isLine,
  };
}

/** Where people are no mixtures, all have one colour. */
function colorsOf({ states, stateKind }: Frame, users: number): readonly string[] {
  return userColors(stateKind === "weights" ? states : new Float32Array(users).fill(1), users);
}

/** Points of a line at heights of their own: by the golden ratio, which fills evenly. */
function spreadOut(places: Plane): Plane {
  return places.map((value, i) => (i % 2 === 0 ? value : -2 + 4 * ((((i - 1) / 2) * 0.618034) % 1)));
}

/** The corners of the smallest convex shape around points, in order: Andrew's monotone chain. @returns indices */
export function hull(points: Plane): number[] {
  const order = Array.from({ length: points.length / 2 }, (_, i) => i).sort(
    (a, b) => points[2 * a] - points[2 * b] || points[2 * a + 1] - points[2 * b + 1],
  );
  const turn = (a: number, b: number, c: number): number =>
    (points[2 * b] - points[2 * a]) * (points[2 * c + 1] - points[2 * a + 1]) -
    (points[2 * b + 1] - points[2 * a + 1]) * (points[2 * c] - points[2 * a]);
  const half = (indices: readonly number[]): number[] => {
    const chain: number[] = [];
    for (const index of indices) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], index) <= 0)
        chain.pop();
      chain.push(index);
    }
    return chain.slice(0, -1);
  };
  return order.length < 3 ? order : [...half(order), ...half(order.reverse())];
}
