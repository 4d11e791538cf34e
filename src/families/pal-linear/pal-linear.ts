import { triedTypes } from "../design/tried-types.js";
import { UTILITY } from "../design/linear-design.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { count, type OptionsOf, type Resolved } from "../options.js";
import { simplexGrid } from "../pal-items/simplex-grid.js";
import { BELIEF, beliefMethod, beliefParameters, type BeliefFamily } from "../types/belief-method.js";
import { fitMixing } from "../types/mixing.js";
import { belief } from "../users/belief.js";

const options = {
  k: count("prototypes K", { noun: "prototypes", start: 2 }),
  utility: UTILITY,
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link PalLinear}. */
export type PalLinearOptions = OptionsOf<typeof options>;

const palLinear: Family<typeof options> = {
  kind: "pal-linear",
  name: "PalLinear",
  title: "PAL, linear on features",
  about:
    "PAL whose prototypes' log odds are linear in ids, in features of items, of contexts, or of both; users' weights are integrated out, and EM finds the optimum where gradient steps may not",
  source: "PAL's mixture of prototypes, by EM with Newton steps (Bock and Aitkin 1981)",
  guide: {
    assumes: "everybody mixes K prototypes, which are linear in features or ids",
    needs: "several answers a user; up to 1500 columns of ids or features",
    cost: "middle",
  },
  options,
  tried: (sizes) => triedTypes(sizes, [2, 3, 4]),
  user: ({ k }) => belief(simplexGrid(k), k, BELIEF),
  parameters: (settings, sizes) => beliefParameters(prototypesOf(settings), sizes),
  own: (settings) => beliefMethod(prototypesOf(settings), "pal-linear"),
};

/**
 * PAL with utilities linear in a design: a prototype is a column of coefficients, a user a belief over the simplex of prototypes, and a probability
 * is the mean over that belief. The design is that of `LatentClasses`.
 * @source PAL; Bock and Aitkin 1981
 * @throws InputError (K < 1, unknown option)
 */
export class PalLinear extends modelClass(palLinear) {}

function prototypesOf({ k, utility }: Resolved<typeof options>): BeliefFamily {
  return {
    name: "PalLinear",
    utility,
    k,
    grid: simplexGrid(k),
    fit(problem, rng) {
      const { means, prior, posterior } = fitMixing(problem, k, rng);
      return { means, shares: prior, belief: posterior };
    },
  };
}
