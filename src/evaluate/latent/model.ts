import { BradleyTerry, PalA, Spl, Vpl, type Model } from "../../families/index.js";
import type { LearningRateOptions } from "../../train/index.js";

/** Models that are compared on a world with latent users. */
export const LATENT_MODELS = ["VPL", "SPL", "Bradley-Terry", "PAL-A"] as const;
/** The name of one of them. */
export type LatentModelName = (typeof LATENT_MODELS)[number];

/** What a configuration says of the model and its training. */
export interface LatentModelConfig {
  readonly model: LatentModelName;
  /** Answers from which a state is found in training, and as many that are predicted. */
  readonly answers: number;
  readonly klWeight: number;
  readonly latentDimension: number;
  /** Hidden layers of encoder and decoder, and their width. */
  readonly depth: number;
  readonly width: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly rate: number;
  /** Of VPL: whether items have rewards (`mlp`, default), or both of a comparison are judged at once. */
  readonly decoder?: "mlp" | "classifier";
}

/** Defaults of {@link LatentModelConfig}: the recipe of the didactic experiment. */
export const LATENT_MODEL_DEFAULTS = {
  model: "VPL",
  answers: 8,
  klWeight: 1,
  latentDimension: 2,
  depth: 3,
  width: 64,
  epochs: 40,
  batchSize: 256,
  rate: 2e-3,
} as const;

/** The model of a configuration; `kinds` is how many prototypes a well-specified PAL-A needs. */
export function latentModel(config: LatentModelConfig, kinds: number): Model {
  const { answers, klWeight, latentDimension, depth, width, epochs, decoder } = config;
  switch (config.model) {
    case "VPL":
      return new Vpl({
        ...{ klWeight, latentDimension, contextSize: answers, targetSize: answers },
        ...{ encoderWidth: width, decoderWidth: width, encoderDepth: depth, decoderDepth: depth },
        decoder,
        klWarmup: Math.floor(epochs / 3),
      });
    case "SPL":
      return new Spl({
        ...{ klWeight, latentDimension, contextSize: answers, targetSize: answers },
        ...{ encoderWidth: width, decoderWidth: width, encoderDepth: depth },
        klWarmup: Math.floor(epochs / 3),
      });
    case "Bradley-Terry":
      return new BradleyTerry({ architecture: "mlp2-gelu-dropout0", latentDimension: width });
    case "PAL-A":
      // rewards that are ideal points in the items' own space: what the didactic world has
      return new PalA({
        ...{
          k: kinds,
          latentDimension,
          loss: "logistic",
          architecture: "mlp0-linear-dropout0",
          userPoint: "f(P)w",
        },
      });
  }
}

/** Step sizes of a configuration: where users have weights of their own these step farther. */
export function latentRates({ rate }: LatentModelConfig): LearningRateOptions {
  return { projector: { rate }, prototypes: { rate: 10 * rate }, weights: { rate: 10 * rate } };
}
