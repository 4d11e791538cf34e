import { triedTypes } from "../design/tried-types.js";
import { UTILITY } from "../design/linear-design.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { count, countOr, type OptionsOf, type Resolved } from "../options.js";
import {
  BELIEF,
  beliefMethod,
  beliefParameters,
  corners,
  type BeliefFamily,
} from "../types/belief-method.js";
import { fitClasses } from "../types/classes.js";
import { belief } from "../users/belief.js";

const options = {
  k: count("types K", { noun: "types", start: 2 }),
  starts: countOr(4, "starts, of which the likeliest result is taken"),
  utility: UTILITY,
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link LatentClasses}. */
export type LatentClassesOptions = OptionsOf<typeof options>;

const latentClasses: Family<typeof options> = {
  kind: "latent-classes",
  name: "LatentClasses",
  title: "latent classes",
  about:
    "every user is of one of K types, and a type's log odds are linear in ids, in features of items, of contexts, or of both: the simplest model of groups",
  source: "latent-class logit by the EM algorithm (Kamakura and Russell 1989)",
  guide: {
    assumes: "everybody is wholly of one of K types",
    needs: "several answers a user; up to 1500 columns of ids or features",
    cost: "low",
  },
  options,
  tried: (sizes) => triedTypes(sizes, [2, 3, 5]),
  user: ({ k }) => belief(corners(k), k, BELIEF),
  parameters: (settings, sizes) => beliefParameters(typesOf(settings), sizes),
  own: (settings) => beliefMethod(typesOf(settings), "latent-classes"),
};

/**
 * Latent classes: users are of K types, with P(type | answers) as their state. Utilities are linear in one-hot ids (of items, or of statements where
 * users vote), in items' features, or in items' features (or "agree") times [1, the context's features].
 * @source Kamakura and Russell 1989
 * @throws InputError (K < 1, unknown option)
 */
export class LatentClasses extends modelClass(latentClasses) {}

function typesOf({ k, starts, utility }: Resolved<typeof options>): BeliefFamily {
  return {
    name: "LatentClasses",
    utility,
    k,
    grid: corners(k),
    fit: (problem, rng) => fitClasses(problem, { k, rng, starts, iterations: 300 }),
  };
}
