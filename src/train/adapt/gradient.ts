import { keepUsers, type PreferenceData } from "../../data/index.js";
import { NAMES, type PalA, type PalB } from "../../model/index.js";
import { learningRatesWith } from "../defaults.js";
import type { FittedModel } from "../fitted-model.js";
import { simplexWeights } from "../weights.js";

/** How long gradient descent on the free weights runs, and how it steps. */
export interface GradientRecipe {
  /** Passes over the user's comparisons, or until the loss stands still. */
  readonly epochs: number | "converged";
  readonly batchSize: number;
  readonly rate: number;
  readonly seed: number;
}

/** @source authors' code: main_pal_*_unseen, vanilla-e20 */
export const PAPER_RECIPE: Omit<GradientRecipe, "seed"> = { epochs: 20, batchSize: 4, rate: 5e-3 };

/** The loss stands still when the mean of this many epochs is no better than that of as many before. */
const WINDOW = 20;
const STANDSTILL = 1e-3;
const MOST_EPOCHS = 1000;

/**
 * Users' weights, shape [U, K], by AdamW on their free vectors from a N(0, I) start, each user alone, everything else frozen.
 * @source PAL, Figure 1c
 */
export function adaptByGradient(
  fitted: FittedModel,
  model: PalA | PalB,
  data: PreferenceData,
  recipe: GradientRecipe,
): Float32Array {
  const weights = new Float32Array(data.users.length * model.k);
  data.users.forEach((_, user) => {
    const alone = keepUsers(data, Int32Array.of(user));
    const free = descend(fitted, alone, { ...recipe, seed: recipe.seed + user });
    weights.set(simplexWeights(model, free), user * model.k);
  });
  return weights;
}

function descend(fitted: FittedModel, data: PreferenceData, recipe: GradientRecipe): Float32Array {
  const { epochs, batchSize, rate, seed } = recipe;
  const initial = new Map(fitted.parameters);
  initial.delete(NAMES.weights);
  const trainer = fitted.engine.createTrainer(fitted.model, data, {
    seed,
    batchSize,
    optimizer: "adamw",
    learningRates: learningRatesWith("infer", { weights: { rate } }),
    initial,
    trainable: ["weights"],
  });
  try {
    if (epochs === "converged") untilStill(() => trainer.epoch());
    else for (let epoch = 0; epoch < epochs; epoch++) trainer.epoch();
    return trainer.snapshot().get(NAMES.weights) ?? new Float32Array(0);
  } finally {
    trainer.dispose();
  }
}

function untilStill(epoch: () => number): void {
  let before = Infinity;
  for (let done = 0; done < MOST_EPOCHS; done += WINDOW) {
    let sum = 0;
    for (let i = 0; i < WINDOW; i++) sum += epoch();
    const now = sum / WINDOW;
    if (before - now < STANDSTILL * Math.max(now, 1e-3)) return;
    before = now;
  }
}
