import { InputError } from "../../../core/index.js";
import { loadPets } from "../../../data/files/index.js";
import {
  didactic,
  mazeWorld,
  pets,
  rankings,
  tidy,
  type PetMix,
  type World,
  type WorldSize,
} from "../../../data/worlds/index.js";

/** Worlds that an experiment can be run on, by the name that configurations give them. */
export const LATENT_WORLDS = [
  "didactic",
  "didactic, 8 modes",
  "didactic, no noise",
  "two-goal maze",
  "ten-goal maze",
  "five rankings",
  "tidy",
  "pets, ten pair types",
  "pets, six pair types",
  "pets, divergent",
  "pets, ten pair types, new sentences",
] as const;
/** The name of a world. */
export type LatentWorldName = (typeof LATENT_WORLDS)[number];

/**
 * A population of a world.
 * @param newFrom the first user who is new: of `new sentences`, they are asked about such that nobody trained on
 * @throws InputError for an unknown name
 */
export async function latentWorld(name: LatentWorldName, size: WorldSize, newFrom: number): Promise<World> {
  switch (name) {
    case "didactic":
      return didactic(size);
    case "didactic, 8 modes":
      return didactic({ ...size, modes: 8 });
    case "didactic, no noise":
      return didactic({ ...size, noise: "none" });
    case "two-goal maze":
      return mazeWorld(size);
    case "ten-goal maze":
      return mazeWorld({ ...size, goals: 10 });
    case "five rankings":
      return rankings(size);
    case "tidy":
      return tidy(size);
    case "pets, ten pair types":
    case "pets, six pair types":
    case "pets, divergent":
      return pets({ ...size, sentences: await loadPets(), mix: MIXES[name] });
    case "pets, ten pair types, new sentences":
      return pets({ ...size, sentences: await loadPets(), newFrom });
    default:
      throw new InputError(`latentWorld: unknown world ${String(name)}`);
  }
}

const MIXES: { readonly [name: string]: PetMix } = {
  "pets, ten pair types": "ten pair types",
  "pets, six pair types": "six pair types",
  "pets, divergent": "divergent",
};
