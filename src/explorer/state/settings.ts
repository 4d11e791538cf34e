/** How the people of a world lie: between prototypes, at one each, anywhere, or on a line at a few places. */
export const POPULATIONS = ["mixture", "partition", "gaussian", "didactic"] as const;
/** One of {@link POPULATIONS}. */
export type PopulationName = (typeof POPULATIONS)[number];

/** Families that the page trains. */
export const FAMILY_KINDS = ["pal-a", "pal-b", "vpl", "lore", "bradley-terry"] as const;
/** One of {@link FAMILY_KINDS}. */
export type FamilyKind = (typeof FAMILY_KINDS)[number];

/** Their names in texts, as the registry has them: the page does not carry the families themselves, its worker does. */
export const FAMILY_TITLES: { readonly [Kind in FamilyKind]: string } = {
  "pal-a": "PAL-A",
  "pal-b": "PAL-B",
  vpl: "Variational preference learning",
  lore: "LoRe",
  "bradley-terry": "Bradley-Terry",
};

/** Something of the truth that was dragged, and where to: items and people and prototypes in the plane of the truth. */
export interface Moved {
  readonly what: "user" | "item" | "prototype";
  /** From 0. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** All that a world and the training of its model depend on. */
export interface Settings {
  readonly population: PopulationName;
  /** True prototypes K*; places on the line of a didactic world. */
  readonly truePrototypes: number;
  readonly users: number;
  /** Answers of each user that train. */
  readonly answers: number;
  /** Items of the pool that questions are made of; a didactic world has fresh ones. */
  readonly items: number;
  /** 0: none; else answers are drawn by P(right) = 1 / (1 + e^(-score / noise)). */
  readonly noise: number;
  readonly family: FamilyKind;
  /** Prototypes of the model (basis rewards of LoRe). */
  readonly k: number;
  /** Passes over the answers. */
  readonly epochs: number;
  /** Decides the world, and the model's start and order. */
  readonly seed: number;
  readonly moved: readonly Moved[];
}
