import { modelFrom, type Model } from "../../families/index.js";
import type { FitOptions } from "../../train/index.js";
import type { FamilyKind, Settings } from "../state/settings.js";

/** How the page trains, in the words of `fit`: whoever gives them to it gets the same bits. */
export type Recipe = Required<
  Pick<FitOptions, "seed" | "epochs" | "batchSize" | "learningRates" | "schedule" | "optimizer">
>;

/** Steps are large and shrink to nothing: worlds in the plane are learned in a second or two. */
const RATES: Recipe["learningRates"] = {
  projector: { rate: 0.02 },
  prototypes: { rate: 0.05 },
  weights: { rate: 0.1 },
};

/** Networks take smaller ones. */
const NETWORK_RATES: Recipe["learningRates"] = { projector: { rate: 0.005 } };

/** The options of each family, by which `modelFrom` makes it. */
const OPTIONS: { readonly [Kind in FamilyKind]: (k: number) => { readonly [name: string]: unknown } } = {
  "pal-a": (k) => ({ k, latentDimension: 2, loss: "logistic" }),
  "pal-b": (k) => ({ k, latentDimension: 2, loss: "logistic" }),
  vpl: () => ({ latentDimension: 2, klWeight: 0.1 }),
  lore: (k) => ({ k, loss: "logistic" }),
  "bradley-terry": () => ({ latentDimension: 2, loss: "logistic" }),
};

/** The configuration of the model that settings ask for. */
export function modelConfig({ family, k }: Settings): { readonly [name: string]: unknown } {
  return { kind: family, ...OPTIONS[family](k) };
}

/** The model that settings ask for. */
export function modelOf(settings: Settings): Model {
  return modelFrom(modelConfig(settings));
}

/** How it is trained. */
export function recipeOf({ family, seed, epochs }: Settings): Recipe {
  return {
    ...{ seed, epochs, batchSize: 64, schedule: "linear", optimizer: "adam" },
    learningRates: family === "vpl" ? NETWORK_RATES : RATES,
  };
}
