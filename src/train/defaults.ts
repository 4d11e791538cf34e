import { checkKeys, checkNumber } from "../core/index.js";
import type { LearningRates } from "../engine/index.js";
import { DEFAULT_LEARNING_RATES, type LearningRate } from "../families/index.js";

/** Step sizes that some groups of parameters get instead of the defaults. */
export type LearningRateOptions = { readonly [Group in keyof typeof DEFAULT_LEARNING_RATES]?: LearningRate };

/** @throws InputError for an unknown group or a rate that is not > 0 */
export function learningRatesWith(caller: string, given: LearningRateOptions = {}): LearningRates {
  checkKeys(`${caller}: learningRates`, given, Object.keys(DEFAULT_LEARNING_RATES));
  for (const [group, value] of Object.entries(given)) {
    checkKeys(`${caller}: learningRates.${group}`, value, ["rate", "decay"]);
    checkNumber(`${caller}: learningRates.${group}.rate`, value.rate, { above: 0 });
    checkNumber(`${caller}: learningRates.${group}.decay`, value.decay ?? 0, { min: 0 });
  }
  return { ...DEFAULT_LEARNING_RATES, ...given };
}
