import { InputError } from "../../../core/index.js";
import {
  didactic,
  mazeWorld,
  rankings,
  tidy,
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
] as const;
/** The name of a world. */
export type LatentWorldName = (typeof LATENT_WORLDS)[number];

/** A population of a world. @throws InputError */
export function latentWorld(name: LatentWorldName, size: WorldSize): World {
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
    default:
      throw new InputError(`latentWorld: unknown world ${String(name)}`);
  }
}
