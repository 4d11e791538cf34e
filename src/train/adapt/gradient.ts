import { keepUsers, type PreferenceData } from "../../data/index.js";
import type { GradientRecipe } from "../../families/index.js";
import { learningRatesWith } from "../defaults.js";
import type { Scoring } from "./scoring.js";

/** The loss stands still when the mean of this many epochs is no better than that of as many before. */
const WINDOW = 20;
const STANDSTILL = 1e-3;
const MOST_EPOCHS = 1000;

/**
 * Users' free numbers, shape [U, S], by AdamW from the family's own start, each user alone, everything else frozen.
 * @source PAL, Figure 1c
 */
export function adaptByGradient(
  fitted: Scoring,
  data: PreferenceData,
  recipe: GradientRecipe & { readonly parameter: string },
): Float32Array {
  const free = new Float32Array(data.users.length * fitted.k);
  data.users.forEach((_, user) => {
    const alone = keepUsers(data, Int32Array.of(user));
    free.set(descend(fitted, alone, { ...recipe, seed: recipe.seed + user }), user * fitted.k);
  });
  return free;
}

function descend(
  fitted: Scoring,
  data: PreferenceData,
  recipe: GradientRecipe & { readonly parameter: string },
): Float32Array {
  const { epochs, batchSize, rate, seed, parameter } = recipe;
  const initial = new Map(fitted.parameters);
  initial.delete(parameter);
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
    return trainer.snapshot().get(parameter) ?? new Float32Array(0);
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
