import type { Engine } from "../../../engine/index.js";
import { dealt, type LatentModelConfig, accuracyUnder, statesOf } from "../../latent/index.js";
import { trainOnWorld, type TrainedOnWorld, type WorldSizes } from "./trained.js";

/** A trained model, and the KL weight that it was trained with. */
export interface Chosen extends TrainedOnWorld {
  readonly klWeight: number;
}

/**
 * The model trained with that one of `klWeights` under which validation users are predicted best from as many answers as in training; the first of
 * those that are alike.
 * @param sizes with validationUsers >= 1
 * @param context `held`: comparisons of each user that are predicted, the last ones
 */
export async function trainWithChosen(
  config: LatentModelConfig & { readonly klWeights: readonly number[] },
  sizes: WorldSizes,
  context: { readonly seed: number; readonly engine: Engine; readonly held: number },
): Promise<Chosen> {
  const { klWeights, answers } = config;
  let best: (Chosen & { readonly accuracy: number }) | undefined;
  for (const klWeight of klWeights) {
    const trained = await trainOnWorld({ ...config, klWeight }, sizes, context);
    const accuracy = accuracyOn(trained, answers, context.held);
    if (best === undefined || accuracy > best.accuracy) best = { ...trained, klWeight, accuracy };
  }
  if (best === undefined) throw new Error("trainWithChosen: no weights to choose from");
  return best;
}

function accuracyOn({ fitted, validation }: TrainedOnWorld, answers: number, held: number): number {
  if (validation === undefined) throw new Error("trainWithChosen: no users to choose by");
  const { data } = validation;
  const each = data.label.length / data.users.length;
  const parts = dealt(validation, { count: Math.min(answers, each - held), held });
  return accuracyUnder(fitted, statesOf(fitted, parts.given), parts.held);
}
