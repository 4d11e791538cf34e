import { isOfKnob, KNOBS, KNOB_NAMES, ontoKnob } from "./knobs.js";
import type { Moved } from "./settings.js";
import { START, type ExplorerState } from "./state.js";

/** What happens to the state. */
export type StateEvent =
  /** A knob is turned; a number is brought onto the knob's steps. */
  | { readonly kind: "turn"; readonly knob: keyof typeof KNOBS; readonly value: string | number | boolean }
  | { readonly kind: "drag"; readonly moved: Moved }
  /** Everything that was dragged is put back. */
  | { readonly kind: "put back" }
  /** The address was changed by hand. */
  | { readonly kind: "replace"; readonly state: ExplorerState };

/** Most things that an address remembers to have been moved. */
export const MOST_MOVED = 200;
/** As far as something can be dragged from the middle. */
export const FARTHEST = 3;

/** Knobs that make another world: what was dragged in the old one is nowhere in the new. */
const OF_WORLD = new Set(["population", "truePrototypes", "users", "items", "seed"]);

/** The state after an event: a new frozen object, or the same where nothing changes. */
export function reduce(state: ExplorerState, event: StateEvent): ExplorerState {
  switch (event.kind) {
    case "turn":
      return turned(state, event.knob, event.value);
    case "drag":
      return dragged(state, event.moved);
    case "put back":
      return state.moved.length === 0 ? state : freeze({ ...state, moved: [] });
    case "replace":
      return freeze(event.state);
  }
}

function turned(
  state: ExplorerState,
  name: keyof typeof KNOBS,
  given: string | number | boolean,
): ExplorerState {
  const knob = KNOBS[name];
  const value =
    knob.kind === "number" && typeof given === "number" && Number.isFinite(given)
      ? ontoKnob(knob, given)
      : given;
  if (!isOfKnob(knob, value) || state[name] === value) return state;
  const next = { ...state, [name]: value };
  return freeze(OF_WORLD.has(name) ? { ...next, moved: [] } : next);
}

function dragged(state: ExplorerState, moved: Moved): ExplorerState {
  const hold = (value: number): number =>
    // 0 is added because an address does not know -0
    Math.round(Math.min(FARTHEST, Math.max(-FARTHEST, value)) * 1000) / 1000 + 0;
  if (!Number.isFinite(moved.x) || !Number.isFinite(moved.y)) return state;
  const at = { ...moved, x: hold(moved.x), y: hold(moved.y) };
  const others = state.moved.filter(({ what, index }) => what !== at.what || index !== at.index);
  return freeze({ ...state, moved: [...others, at].slice(-MOST_MOVED) });
}

/** Deeply frozen, with the chosen user within those that there are; lists that are frozen stay the same. */
export function freeze(state: ExplorerState): ExplorerState {
  return Object.freeze({
    ...START,
    ...state,
    chosen: Math.min(state.chosen, state.users - 1),
    moved: frozen(state.moved),
    hidden: frozen(state.hidden),
    goals: frozen(state.goals),
  });
}

function frozen<T>(list: readonly T[]): readonly T[] {
  if (Object.isFrozen(list)) return list;
  return Object.freeze(list.map((each) => (typeof each === "object" ? Object.freeze({ ...each }) : each)));
}

/** Names of knobs, for what may be hidden. */
export const HIDEABLE: readonly string[] = KNOB_NAMES;
