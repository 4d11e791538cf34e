import { Delaunay } from "d3-delaunay";
import type { Moved } from "../state/settings.js";
import type { Scene } from "./scene.js";
import type { View } from "./view.js";

/** Something that can be taken: what it is, and where it truly lies in the plane. */
export interface Picked {
  readonly what: Moved["what"];
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** As near as a pointer must come, in pixels: that of a finger. */
const NEAR = 22;
/** Prototypes are few and often amid people: they are taken from farther. */
const FIRST = 12;

/** What lies nearest to a place of the picture; undefined where nothing is near. Taking a person by the model's place takes the true one along. */
export function pick(scene: Scene, view: View, left: number, top: number): Picked | undefined {
  const truth = scene.isTruthShown;
  const groups: readonly (readonly [Moved["what"], Float32Array, Float32Array])[] = [
    ["prototype", truth ? scene.truePrototypes : new Float32Array(0), scene.truePrototypes],
    ["user", truth ? scene.trueUsers : new Float32Array(0), scene.trueUsers],
    ["user", scene.users, scene.trueUsers],
    ["item", scene.items, scene.items],
  ];
  const places: number[] = [];
  const of: (readonly [what: Moved["what"], index: number, truth: Float32Array])[] = [];
  for (const [what, seen, where] of groups)
    for (let i = 0; i < seen.length; i += 2) {
      places.push(view.x(seen[i]), view.y(seen[i + 1]));
      of.push([what, i / 2, where]);
    }
  const distance = (i: number): number => Math.hypot(places[2 * i] - left, places[2 * i + 1] - top);
  const prototypes = of.flatMap(([what], i) => (what === "prototype" && distance(i) < FIRST ? [i] : []));
  const nearest =
    prototypes.sort((a, b) => distance(a) - distance(b)).at(0) ??
    (places.length === 0 ? undefined : new Delaunay(Float64Array.from(places)).find(left, top));
  if (nearest === undefined || distance(nearest) > NEAR) return undefined;
  const [what, index, where] = of[nearest];
  return { what, index, x: where[2 * index], y: where[2 * index + 1] };
}
