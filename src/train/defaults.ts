import { checkKeys, checkNumber } from "../core/index.js";
import type { LearningRate, LearningRates } from "../engine/index.js";
import { PARAMETER_GROUPS, type ParameterGroup } from "../model/index.js";

/** Step sizes that some groups of parameters get instead of the defaults. */
export type LearningRateOptions = { readonly [Group in ParameterGroup]?: LearningRate };

/**
 * Step sizes of the simulation: f 5e-4 with decay 1e-3, prototypes and user weights 5e-3 (recollection of the paper, unverified), the logit
 * scale 0.1 (authors' code), learned tables 5e-3 (ours).
 */
export const DEFAULT_LEARNING_RATES: LearningRates = {
  projector: { rate: 5e-4, decay: 1e-3 },
  prototypes: { rate: 5e-3 },
  weights: { rate: 5e-3 },
  logitScale: { rate: 0.1 },
  tables: { rate: 5e-3 },
};

/** @throws InputError for an unknown group or a rate that is not > 0 */
export function learningRatesWith(caller: string, given: LearningRateOptions = {}): LearningRates {
  checkKeys(`${caller}: learningRates`, given, PARAMETER_GROUPS);
  for (const [group, value] of Object.entries(given)) {
    checkKeys(`${caller}: learningRates.${group}`, value, ["rate", "decay"]);
    checkNumber(`${caller}: learningRates.${group}.rate`, value.rate, { above: 0 });
    checkNumber(`${caller}: learningRates.${group}.decay`, value.decay ?? 0, { min: 0 });
  }
  return { ...DEFAULT_LEARNING_RATES, ...given };
}
