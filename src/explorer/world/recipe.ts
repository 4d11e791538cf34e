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

/** What the page gives a family. */
interface Offer {
  /** Options by which `modelFrom` makes it. */
  readonly options: (k: number) => { readonly [name: string]: unknown };
  readonly rates?: Recipe["learningRates"];
  /** Whether its prototypes are functions of a context, of which the world then has one. */
  readonly inOneContext?: true;
}

const OFFERS: { readonly [Kind in FamilyKind]: Offer } = {
  "pal-a": { options: (k) => ({ k, latentDimension: 2, loss: "logistic" }) },
  "pal-b": { options: (k) => ({ k, latentDimension: 2, loss: "logistic" }), inOneContext: true },
  vpl: { options: () => ({ latentDimension: 2, klWeight: 0.1 }), rates: NETWORK_RATES },
  lore: { options: (k) => ({ k, loss: "logistic" }) },
  "bradley-terry": { options: () => ({ latentDimension: 2, loss: "logistic" }) },
};

/** Whether the model that settings ask for needs a context. */
export function asksInOneContext({ family }: Pick<Settings, "family">): boolean {
  return OFFERS[family].inOneContext === true;
}

/** The configuration of the model that settings ask for. */
export function modelConfig({ family, k }: Settings): { readonly [name: string]: unknown } {
  return { kind: family, ...OFFERS[family].options(k) };
}

/** The model that settings ask for. */
export function modelOf(settings: Settings): Model {
  return modelFrom(modelConfig(settings));
}

/** How it is trained. */
export function recipeOf({ family, seed, epochs }: Settings): Recipe {
  return {
    ...{ seed, epochs, batchSize: 64, schedule: "linear", optimizer: "adam" },
    learningRates: OFFERS[family].rates ?? RATES,
  };
}
