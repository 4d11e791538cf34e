import type { Engine } from "../../engine/index.js";
import type { Model } from "../../families/index.js";
import type { FitOptions } from "../../train/index.js";

/** Training answers that a family trained by gradients sees in all, passes over the same ones counted each time. */
export const VISITS = 120_000;
const FEWEST_PASSES = 15;
const MOST_PASSES = 120;

/** Passes over so many answers that every family trained by gradients makes, where it sees `visits` in all. */
export function passesOver(answers: number, visits: number): number {
  return Math.min(MOST_PASSES, Math.max(FEWEST_PASSES, Math.round(visits / answers)));
}

/** How all models are trained: those by gradients alike, those with a method of their own by it. */
export function recipe(
  model: Model,
  answers: number,
  { visits, ...use }: { readonly engine: Engine; readonly seed: number; readonly visits: number },
): FitOptions {
  if (model.own !== undefined) return use;
  return {
    ...use,
    epochs: passesOver(answers, visits),
    batchSize: 64,
    schedule: "linear",
    learningRates: {
      projector: { rate: 5e-3, decay: 1e-4 },
      prototypes: { rate: 0.02 },
      weights: { rate: 0.05 },
      tables: { rate: 0.02, decay: 1e-3 },
      logitScale: { rate: 0.05 },
      transformer: { rate: 2e-3 },
    },
  };
}

/** In words. */
export function recipeWords(answers: number, visits: number): string {
  return `families trained by gradients make ${passesOver(answers, visits)} passes over the training answers in steps of 64 with Adam, step sizes falling to 0; the others use their own method`;
}
