import { checkInteger, checkKeys, checkNumber, checkOneOf } from "../core/index.js";
import { checkEveryUserAnswers, type PreferenceData } from "../data/index.js";
import { hasPrototypes, NAMES } from "../model/index.js";
import { learningRatesWith } from "./defaults.js";
import type { FittedModel } from "./fitted-model.js";
import { simplexWeights } from "./weights.js";

export interface AdaptOptions {
  /** `gradient`: AdamW on the new users' free weights, everything else frozen (the paper's recipe). */
  readonly method?: "gradient";
  /** Passes over the new users' comparisons, default 200; the paper's recipe has 20. */
  readonly epochs?: number;
  /** Comparisons a step, default 64; the paper's recipe has 4. */
  readonly batchSize?: number;
  /** Step size, default 0.05; the paper's recipe has 5e-3. */
  readonly rate?: number;
  /** Of the start and the order, default 0. */
  readonly seed?: number;
}

/**
 * Weights on the simplex, shape [U, K], for users that the model was not trained on, from their comparisons; nothing else of the model moves.
 * @source PAL, Figure 1c; the authors' main_pal_*_unseen
 * @throws InputError
 */
export function adapt(fitted: FittedModel, data: PreferenceData, options: AdaptOptions): Float32Array {
  checkKeys("infer", options, ["method", "epochs", "batchSize", "rate", "seed"]);
  const { method = "gradient", epochs = 200, batchSize = 64, rate = 0.05, seed = 0 } = options;
  checkOneOf("infer: method", method, ["gradient"]);
  checkInteger("infer: epochs", epochs, { min: 1 });
  checkNumber("infer: rate", rate, { above: 0 });
  checkInteger("infer: batchSize", batchSize, { min: 1 });
  checkInteger("infer: seed", seed);
  checkEveryUserAnswers("infer", data);
  const { model, parameters, engine } = fitted;
  if (!hasPrototypes(model) || model.k === 1) return new Float32Array(data.users.length).fill(1);
  const trainer = engine.createTrainer(model, data, {
    seed,
    batchSize,
    optimizer: "adamw",
    learningRates: learningRatesWith("infer", { weights: { rate } }),
    initial: startEven(parameters, data.users.length * model.k),
    trainable: ["weights"],
  });
  try {
    for (let epoch = 0; epoch < epochs; epoch++) trainer.epoch();
    return simplexWeights(model, trainer.snapshot().get(NAMES.weights) ?? new Float32Array(0));
  } finally {
    trainer.dispose();
  }
}

/** The model's parameters with every new user in the middle of the simplex. */
function startEven(parameters: FittedModel["parameters"], length: number): FittedModel["parameters"] {
  return new Map([...parameters, [NAMES.weights, new Float32Array(length)]]);
}
