import type { PreferenceData } from "../../data/index.js";
import type { World } from "../worker/protocol.js";

/** A world made from settings: its answers, and the truth in the plane. */
export interface BuiltWorld {
  /** Answers that train. For PAL-B they are given in one context, the question. */
  readonly train: PreferenceData;
  /** Answers of the same users that are held out. */
  readonly test: PreferenceData;
  /** Labels of all answers, trained and held out, in the order of the simulation. */
  readonly labels: Int8Array;
  readonly dimension: 1 | 2;
  /** Items whose places are shown: rows of the items of the data. */
  readonly shown: Int32Array;
  /** True places in the plane, of the shown items, of users and of prototypes. */
  readonly items: Float32Array;
  readonly users: Float32Array;
  readonly prototypes: Float32Array;
  readonly ceilings: World["ceilings"];
  /** The features of a place in the plane, [D]. */
  fromPlane(x: number, y: number): Float32Array;
}
