import { triedTypes } from "../design/tried-types.js";
import { UTILITY } from "../design/linear-design.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { count, countOr, type OptionsOf, type Resolved } from "../options.js";
import { nearTypeMethod, SAMPLING, STATE } from "../types/near-type-method.js";
import { tastesFamily, tastesOf, tastesParameters, type TastesOptions } from "../types/tastes-family.js";
import { nearType } from "../users/near-type.js";

const options = {
  k: count("types K", { noun: "types", start: 2 }),
  starts: countOr(4, "starts of the types, of which the likeliest result begins the chain"),
  ...SAMPLING,
  utility: UTILITY,
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link TypesWithTastes}. */
export type TypesWithTastesOptions = OptionsOf<typeof options>;

const typesWithTastes: Family<typeof options> = {
  kind: "types-with-tastes",
  name: "TypesWithTastes",
  title: "types + own tastes",
  about:
    "every user is near one of K types, with tastes of their own: one for each item or feature, or, of votes, how readily they agree; what real choices most often look like",
  source:
    "finite mixture of normals over utilities (Rossi, Allenby and McCulloch 2005), by Gibbs sampling with Polya-Gamma variables",
  guide: {
    assumes: "everybody is near one of K types, with tastes of their own",
    needs: "several answers a user; up to 1500 columns of ids or features",
    cost: "middle",
  },
  options,
  tried: (sizes) => triedTypes(sizes, [1, 2, 3]).map((each) => ({ ...each, burn: 60, draws: 120 })),
  user: (settings) => nearType(settings.k, (sizes) => tastesOf(withTastes(settings), sizes), STATE),
  parameters: (settings, sizes) => tastesParameters(withTastes(settings), sizes),
  own: (settings) => nearTypeMethod(tastesFamily(withTastes(settings)), "types-with-tastes"),
};

const USERS = { name: "TypesWithTastes", tastes: "own" } as const;

/**
 * Types with tastes of one's own: log odds are linear in the design of `LatentClasses`, a user's coefficients are those of their type plus
 * N(0, tau²) each. K = 1 on votes: popularity, and how readily a user agrees.
 * @source Rossi, Allenby and McCulloch 2005; Polson, Scott and Windle 2013
 * @throws InputError (K < 1, unknown option)
 */
export class TypesWithTastes extends modelClass(typesWithTastes) {}

function withTastes(settings: Resolved<typeof options>): TastesOptions {
  return { ...settings, ...USERS };
}
