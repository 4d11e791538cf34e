import { takePerUser } from "../../data/index.js";
import { usersOf, type World } from "../../data/worlds/index.js";
import type { Engine } from "../../engine/index.js";
import { fit, type FitOptions, type FittedModel } from "../../train/index.js";
import { latentModel, latentRates, type LatentModelConfig } from "./model.js";

/** Trains on the first users of a world, on as many comparisons of each as a configuration gives and predicts. */
export async function fitLatent(
  config: LatentModelConfig,
  everybody: World,
  users: number,
  options: { readonly seed: number; readonly engine: Engine } & Pick<FitOptions, "onEpoch" | "signal">,
): Promise<FittedModel> {
  const { answers, epochs, batchSize } = config;
  const train = takePerUser(usersOf(everybody, 0, users).data, 2 * answers).taken;
  return (await fit(latentModel(config, everybody.kinds.length), train, {
    ...options,
    ...{ epochs, batchSize, schedule: "linear" },
    learningRates: latentRates(config),
  })) as FittedModel;
}
