import { checkInteger, InputError } from "../core/index.js";
import { checkIsFitted } from "./check-fitted.js";
import { checkIsFeatureTable, type FeatureTable } from "../data/index.js";
import type { UtilityDistributions } from "../families/index.js";
import type { FittedModel } from "./fitted-model.js";
import { latentTools } from "./latent-tools.js";

/** How much of what items are worth is decided by something that the model does not see. */
export interface HiddenContext {
  /** r²: the share of the utilities' variance that the items explain, 0-1. */
  readonly explained: number;
  /** 1 - r²: the share that hidden context explains. */
  readonly hidden: number;
}

/**
 * Mean and variance of each item's utility, for families in which a utility is a distribution.
 * @throws InputError for another family, for features that do not fit, or an item that was not learned
 */
export function utilitiesOf(fitted: FittedModel, items: FeatureTable): UtilityDistributions {
  checkIsFitted("utilitiesOf: fitted", fitted);
  checkIsFeatureTable("utilitiesOf: items", items);
  const { utilities, family } = fitted.model;
  if (utilities === undefined)
    throw new InputError(`utilitiesOf: ${family.name} gives no item a distribution of utilities`);
  if (fitted.sizes.contexts !== undefined && fitted.sizes.items.features > 0)
    throw new InputError(
      "utilitiesOf: the model was trained in contexts, in which an item has many utilities",
    );
  return utilities(latentTools(fitted), items);
}

/**
 * r² of distributional preference learning: the variance over items of the mean utility, over that and the mean over items of the utility's own variance. What
 * it leaves is due to users, or moods, or whatever else decides beside the item.
 * @throws InputError as {@link utilitiesOf}; for fewer than two items, or items that are all worth the same for certain
 * @source Siththaranjan, Laidlaw and Hadfield-Menell 2024, arXiv 2312.08358
 */
export function hiddenContext(fitted: FittedModel, items: FeatureTable): HiddenContext {
  const { mean, variance } = utilitiesOf(fitted, items);
  const n = checkInteger("hiddenContext: items", mean.length, { min: 2 });
  const centre = mean.reduce((sum, value) => sum + value / n, 0);
  const between = mean.reduce((sum, value) => sum + (value - centre) ** 2 / n, 0);
  const within = variance.reduce((sum, value) => sum + value / n, 0);
  if (between + within === 0)
    throw new InputError(
      "hiddenContext: all items are worth the same for certain: there is no variance to share",
    );
  return { explained: between / (between + within), hidden: within / (between + within) };
}
