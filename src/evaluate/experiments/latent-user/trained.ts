import type { DataReference } from "../../../core/index.js";
import { usersOf, type World } from "../../../data/worlds/index.js";
import type { Engine } from "../../../engine/index.js";
import type { FittedModel } from "../../../train/index.js";
import { fitLatent, type LatentModelConfig } from "../../latent/index.js";
import { latentWorld, type LatentWorldName } from "./world.js";
import { simulatedReference } from "../parts/references.js";

/** A model of a world's first users, and others who are new to it: those on whom choices are made come before those who are judged. */
export interface TrainedOnWorld {
  readonly fitted: FittedModel;
  /** Everybody: those who trained, those on whom choices are made, then those who are judged. */
  readonly everybody: World;
  /** The new users. */
  readonly test: World;
  /** New users on whom choices are made; none unless asked for. */
  readonly validation?: World;
  /** The data, as a record names it. */
  readonly data: readonly DataReference[];
}

/** How many users train, how many are new, and how much each of these is asked. */
export interface WorldSizes {
  readonly world: LatentWorldName;
  readonly users: number;
  readonly newUsers: number;
  /** Default 0. */
  readonly validationUsers?: number;
  readonly comparisonsPerUser: number;
}

/** Trains on as many comparisons of each user as a configuration gives and predicts. */
export async function trainOnWorld(
  config: LatentModelConfig,
  sizes: WorldSizes,
  { seed, engine }: { readonly seed: number; readonly engine: Engine },
): Promise<TrainedOnWorld> {
  const { world, users, newUsers, validationUsers = 0 } = sizes;
  const { answers } = config;
  const comparisonsPerUser = Math.max(2 * answers, sizes.comparisonsPerUser);
  const known = users + validationUsers;
  const everybody = await latentWorld(world, { users: known + newUsers, comparisonsPerUser, seed }, known);
  const fitted = await fitLatent(config, everybody, users, { seed, engine });
  const test = usersOf(everybody, known, known + newUsers);
  const validation = validationUsers === 0 ? undefined : usersOf(everybody, users, known);
  return {
    ...{ fitted, everybody, test, data: [simulatedReference(everybody.data.source)] },
    ...(validation === undefined ? {} : { validation }),
  };
}
