import { UTILITY } from "../design/linear-design.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import type { OptionsOf, Resolved } from "../options.js";
import { nearTypeMethod, SAMPLING, STATE } from "../types/near-type-method.js";
import { tastesFamily, tastesOf, tastesParameters, type TastesOptions } from "../types/tastes-family.js";
import { nearType } from "../users/near-type.js";

const options = { ...SAMPLING, utility: UTILITY, loss: LOSS_OPTIONS.logistic, margin: LOSS_OPTIONS.margin };

/** Options of {@link MixedBradleyTerry}. */
export type MixedBradleyTerryOptions = OptionsOf<typeof options>;

const mixedBradleyTerry: Family<typeof options> = {
  kind: "mixed-bradley-terry",
  name: "MixedBradleyTerry",
  title: "mixed Bradley-Terry",
  about:
    "users' utilities are normal around what all like, with a full covariance: no types, and the strongest model of real choices among few items or features",
  source: "hierarchical Bayes logit (Train 2009), by Gibbs sampling with Polya-Gamma variables",
  guide: {
    assumes: "everybody has tastes of their own, which may go together, around what all like",
    needs: "several answers a user; up to 40 columns of ids or features",
    cost: "middle",
  },
  options,
  tried: () => [{ burn: 60, draws: 120 }],
  user: (settings) => nearType(1, (sizes) => tastesOf(correlated(settings), sizes), STATE),
  parameters: (settings, sizes) => tastesParameters(correlated(settings), sizes),
  own: (settings) => nearTypeMethod(tastesFamily(correlated(settings)), "mixed-bradley-terry"),
};

const USERS = { name: "MixedBradleyTerry", tastes: "correlated" } as const;

/**
 * Mixed Bradley-Terry, or mixed logit on features: log odds are linear in the design of `LatentClasses`, a user's coefficients are N(mu, Sigma). At
 * most 40 columns.
 * @source Train 2009; Polson, Scott and Windle 2013
 * @throws InputError (unknown option)
 */
export class MixedBradleyTerry extends modelClass(mixedBradleyTerry) {}

function correlated(settings: Resolved<typeof options>): TastesOptions {
  return { ...settings, ...USERS, k: 1, starts: 1 };
}
