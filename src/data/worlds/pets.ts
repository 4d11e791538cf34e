import { checkArray, checkKeys, checkObject, checkOneOf, InputError } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";
import { bySign, checkSize, SIZE_KEYS, worldOf, type World, type WorldSize } from "./world.js";

/** The animals of {@link pets}. */
export const ANIMALS = ["bird", "cat", "dog", "rabbit"] as const;
/** One of the animals that {@link pets} compares. */
export type Animal = (typeof ANIMALS)[number];

/** Which pairs of animals are asked about. */
export const PET_MIXES = ["ten pair types", "six pair types", "divergent"] as const;
/** A mix of questions, by name. */
export type PetMix = (typeof PET_MIXES)[number];

/** Sentences about animals, with features, and which animal each is about. */
export interface PetSentences {
  readonly items: FeatureTable;
  /** The animal of each sentence. */
  readonly animals: readonly Animal[];
}

/** Options of {@link pets}. */
export interface PetsOptions extends WorldSize {
  readonly sentences: PetSentences;
  /**
   * `ten pair types` (default): half of the questions are a dog against a cat, as in the authors' code, so that who does not know the user is right
   * at .75; `six pair types`: each pair of animals as often, as in the paper, .917; `divergent`: dogs against cats alone, .50.
   */
  readonly mix?: PetMix;
  /** Users from this one on are asked about the last fifth of each animal's sentences, those before about the others; default: everybody about all. */
  readonly newFrom?: number;
}

/** What is best of all comes first. */
const RANKS: readonly (readonly Animal[])[] = [
  ["bird", "dog", "cat", "rabbit"],
  ["bird", "cat", "dog", "rabbit"],
];
const AGREED = [
  ["bird", "cat"],
  ["bird", "dog"],
  ["bird", "rabbit"],
  ["cat", "rabbit"],
  ["dog", "rabbit"],
] as const;

/**
 * Two groups compare sentences about animals: both like birds best and rabbits least, one prefers dogs to cats, the other cats to dogs.
 * @source VPL, Pets: there the sentences are written by GPT-4 and read by a language model; these are read by a sentence encoder
 * @throws InputError for an unknown mix, or an animal without sentences
 */
export function pets(options: PetsOptions): World {
  checkKeys("pets", options, [...SIZE_KEYS, "sentences", "mix", "newFrom"]);
  checkSize("pets", options);
  const { sentences, mix = "ten pair types", newFrom, comparisonsPerUser } = options;
  checkOneOf("pets: mix", mix, PET_MIXES);
  checkObject(
    "pets: sentences",
    sentences,
    ["items", "animals"],
    "{ items, animals }, as loadPets gives them",
  );
  checkArray("pets: sentences.animals", sentences.animals, "the animal of each sentence");
  const of = new Map<string, number[]>(ANIMALS.map((animal) => [animal, []]));
  sentences.animals.forEach((animal, item) => of.get(animal)?.push(item));
  const missing = ANIMALS.find((animal) => of.get(animal)?.length === 0);
  if (missing !== undefined)
    throw new InputError(`pets: sentences must be about every animal, got none about ${missing}`);
  const types = typesOf(mix);
  const rank = (kind: number, item: number): number => -RANKS[kind].indexOf(sentences.animals[item]);
  return worldOf(options, {
    name: `pets, ${mix}`,
    kinds: ["dogs before cats", "cats before dogs"],
    items: sentences.items,
    question(rng, row) {
      const isNew = newFrom === undefined ? undefined : row >= newFrom * comparisonsPerUser;
      const type = types[rng.integer(types.length)];
      const pair = type.map((animal) => {
        const about = partOf(of.get(animal) ?? [], isNew);
        return about[rng.integer(about.length)];
      });
      return rng.integer(2) === 0 ? [pair[0], pair[1]] : [pair[1], pair[0]];
    },
    probability: (kind, left, right) => bySign(rank(kind, right) - rank(kind, left)),
    settings: { mix, newFrom: newFrom ?? -1, sentences: [...sentences.items.ids] },
  });
}

/** All of them, or the last fifth for new users and the others for the rest. */
function partOf(sentences: readonly number[], isNew: boolean | undefined): readonly number[] {
  if (isNew === undefined) return sentences;
  const kept = Math.ceil(0.8 * sentences.length);
  return isNew ? sentences.slice(kept) : sentences.slice(0, kept);
}

function typesOf(mix: PetMix): readonly (readonly Animal[])[] {
  const divergent: readonly Animal[] = ["dog", "cat"];
  if (mix === "divergent") return [divergent];
  return mix === "six pair types" ? [...AGREED, divergent] : [...AGREED, ...AGREED.map(() => divergent)];
}
