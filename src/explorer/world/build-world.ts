import { exp, randomStream } from "../../core/index.js";
import { selectRows, splitByComparison, type PreferenceData } from "../../data/index.js";
import type { Moved, Settings } from "../state/settings.js";
import { baseWorld, HELD_OUT, type BaseWorld, type Truth } from "./base-world.js";
import type { BuiltWorld } from "./built-world.js";
import { ceilingsOf } from "./ceilings.js";
import { asksInOneContext } from "./recipe.js";

/** Most items whose places are shown: of a pool, and of a line, where every question has fresh ones. */
const MOST_SHOWN = { 1: 300, 2: 1000 };

/** The base of the world that was built last: moving something changes only what is built on it. */
export class WorldBuilder {
  #key = "";
  #base?: BaseWorld;
  #parts?: Parts;

  /** @throws InputError for settings of which the library makes no world */
  build(settings: Settings): BuiltWorld {
    const { population, truePrototypes, users, answers, items, noise, seed } = settings;
    const key = [population, truePrototypes, users, answers, items, noise, seed].join(" ");
    if (this.#base === undefined || this.#parts === undefined || this.#key !== key) {
      this.#base = baseWorld(settings);
      this.#parts = partsOf(this.#base.data, seed);
      this.#key = key;
    }
    return worldOn(this.#base, this.#parts, settings);
  }
}

/** Rows that train, and that are held out: who is moved where does not change them. */
interface Parts {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

function partsOf(data: PreferenceData, seed: number): Parts {
  // a row is known by its weight afterwards
  const numbered = { ...data, weight: Float32Array.from(data.label.keys()) };
  const rng = randomStream(seed).split("held out");
  const { train, test } = splitByComparison(numbered, { validation: 0, test: HELD_OUT }, rng);
  return { train: Int32Array.from(train.weight ?? []), test: Int32Array.from(test.weight ?? []) };
}

function worldOn(base: BaseWorld, parts: Parts, settings: Settings): BuiltWorld {
  const truth = movedTruth(base, settings.moved);
  const labels = settings.moved.length === 0 ? base.data.label : labelsOf(base, truth);
  const { data, dimension } = base;
  const all: PreferenceData = { ...data, items: { ...data.items, features: truth.features }, label: labels };
  const [train, test] = [selectRows(all, parts.train), selectRows(all, parts.test)];
  const shown = Int32Array.from(
    { length: Math.min(MOST_SHOWN[dimension], all.items.ids.length) },
    (_, i) => i,
  );
  const needsContext = asksInOneContext(settings);
  return {
    train: needsContext ? inOneContext(train) : train,
    test: needsContext ? inOneContext(test) : test,
    ...{ labels, dimension, shown },
    items: base.toPlane(truth.features.subarray(0, shown.length * dimension)),
    users: base.toPlane(truth.ideals),
    prototypes: base.toPlane(truth.prototypes),
    ceilings: ceilingsOf(test, base, truth),
    fromPlane: (x, y) => base.fromPlane(x, y),
  };
}

/** Where everything lies once what was dragged is where it was dragged to: people follow prototypes that they are mixtures of. */
function movedTruth(base: BaseWorld, moved: readonly Moved[]): Truth {
  if (moved.length === 0) return base.truth;
  const d = base.dimension;
  const features = base.truth.features.slice();
  const prototypes = base.truth.prototypes.slice();
  const put = (table: Float32Array, { index, x, y }: Moved): void => {
    if ((index + 1) * d <= table.length) table.set(base.fromPlane(x, y), index * d);
  };
  for (const each of moved) if (each.what === "prototype") put(prototypes, each);
  const isMixed = moved.some(({ what }) => what === "prototype") && prototypes.length > 0;
  const ideals = isMixed ? mixtures(base.weights, prototypes, d) : base.truth.ideals.slice();
  for (const each of moved) {
    if (each.what === "item") put(features, each);
    if (each.what === "user") put(ideals, each);
  }
  return { features, ideals, prototypes };
}

function mixtures(weights: Float32Array, prototypes: Float32Array, d: number): Float32Array {
  const k = prototypes.length / d;
  const points = new Float32Array((weights.length / k) * d);
  weights.forEach((weight, i) => {
    const [user, prototype] = [Math.floor(i / k), i % k];
    for (let j = 0; j < d; j++) points[user * d + j] += weight * prototypes[prototype * d + j];
  });
  return points;
}

/** Answers by the same chances as before: one differs only where what is preferred, or how surely, has changed. */
export function labelsOf(base: BaseWorld, truth: Truth): Int8Array {
  const worth = base.reward(truth);
  const { chances, slope = 1 } = base;
  const { user, left, right, label } = base.data;
  return Int8Array.from(label, (_, row) => {
    const value = worth(right[row], user[row]) - worth(left[row], user[row]);
    if (chances === undefined) return value > 0 ? 1 : -1;
    return chances[row] < 1 / (1 + exp(-slope * value)) ? 1 : -1;
  });
}

/** The same answers as ones to a question: PAL-B's prototypes are functions of it. */
function inOneContext(data: PreferenceData): PreferenceData {
  return {
    ...data,
    contexts: { ids: ["the question"], features: Float32Array.of(1) },
    context: new Int32Array(data.left.length),
  };
}

/** How many answers differ. */
export function countFlipped(a: Int8Array, b: Int8Array): number {
  return a.length === b.length ? a.reduce((count, label, row) => count + (label === b[row] ? 0 : 1), 0) : 0;
}
