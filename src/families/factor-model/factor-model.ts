import type { Pairs } from "../../data/index.js";
import {
  columnsOf,
  designRows,
  isDiagonalDesign,
  readinessRows,
  scalingSpecs,
  UTILITY,
  type Scaling,
} from "../design/linear-design.js";
import { dot, RowsBuilder, type Rows } from "../design/rows.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { countOr, type OptionsOf, type Resolved } from "../options.js";
import { valuesOf, type DataSizes, type ParameterSpec } from "../parameters.js";
import { dataSizes } from "../parts/index.js";
import { sampleFactors } from "../types/factors.js";
import type { TasteRows } from "../types/near-type.js";
import { nearTypeMethod, SAMPLING, STATE, type NearTypeFamily } from "../types/near-type-method.js";
import { nearType, stateSize } from "../users/near-type.js";

const options = {
  rank: countOr(3, "factors beside popularity"),
  ...SAMPLING,
  utility: UTILITY,
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link FactorModel}. */
export type FactorModelOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

const NAME = "FactorModel";
const NAMES = { popularity: "popularity", loadings: "loadings", readiness: "readiness" };

const factorModel: Family<typeof options> = {
  kind: "factor-model",
  name: NAME,
  title: "factor model",
  about:
    "users differ along a few factors, and where they vote in how readily they agree: it knows no prototypes, and is the strongest rival of models that have them on votes",
  source:
    "logistic factor model (item response theory in several dimensions), by Gibbs sampling with Polya-Gamma variables",
  guide: {
    assumes: "people differ along a few directions, without groups",
    needs: "several answers a user; up to 1500 columns of ids or features",
    cost: "middle",
  },
  options,
  tried: () => [1, 2, 3].map((rank) => ({ rank, burn: 60, draws: 120 })),
  user: ({ rank }) => nearType(1, (sizes) => factorsOf(rank, sizes), STATE),
  parameters,
  own: (settings) => nearTypeMethod(factors(settings), "factor-model"),
};

/**
 * Log odds = <row, popularity + Lambda x> + the user's intercept where they vote, x ~ N(0, I) of `rank` factors; rows are the design of
 * `LatentClasses`. Users' factors are integrated out.
 * @source Bock and Aitkin 1981; Polson, Scott and Windle 2013
 * @throws InputError (rank < 1, unknown option)
 */
export class FactorModel extends modelClass(factorModel) {}

/** Factors of a user, and their intercept where statements are names alone. */
function factorsOf(rank: number, sizes: DataSizes): number {
  return rank + (isDiagonalDesign(sizes) ? 1 : 0);
}

function parameters({ rank, utility }: Settings, sizes: DataSizes): ParameterSpec[] {
  const init = { kind: "constant", value: 0 } as const;
  const d = columnsOf(sizes, { name: NAME, utility });
  return [
    { name: NAMES.popularity, shape: [d], group: "tables", init },
    { name: NAMES.loadings, shape: [d, rank], group: "tables", init },
    { name: NAMES.readiness, shape: [factorsOf(rank, sizes) - rank], group: "weights", init },
    ...scalingSpecs(sizes),
    {
      name: STATE,
      shape: [sizes.users, stateSize(1, factorsOf(rank, sizes))],
      group: "weights",
      init,
      per: "user",
    },
  ];
}

function factors({ rank, burn, draws, utility }: Settings): NearTypeFamily {
  const problemRows = (pairs: Pairs, scaling: Scaling): TasteRows => {
    const mean = designRows(pairs, scaling, { name: NAME, utility });
    return { mean, own: isDiagonalDesign(dataSizes(pairs, 0)) ? readinessRows(pairs) : mean };
  };
  return {
    name: NAME,
    problemRows,
    fit(problem, rng) {
      const found = sampleFactors(problem, { rank, rng, burn, draws });
      return [
        [NAMES.popularity, Float32Array.from(found.popularity)],
        [NAMES.loadings, Float32Array.from(found.loadings)],
        [NAMES.readiness, Float32Array.from(problem.own === problem.mean ? [] : [found.readiness])],
      ];
    },
    prior: (trained) => ({
      k: 1,
      means: valuesOf(trained, NAMES.popularity, NAME),
      shares: [1],
      covariance: Float64Array.of(
        ...new Float64Array(rank).fill(1),
        ...valuesOf(trained, NAMES.readiness, NAME),
      ),
    }),
    rows(trained, pairs, scaling) {
      const { mean, own } = problemRows(pairs, scaling);
      const loadings = valuesOf(trained, NAMES.loadings, NAME);
      return { mean, own: factorRows(mean, { loadings, rank }, own === mean ? undefined : own) };
    },
  };
}

/** What each row says of factors: <row, Lambda>, and after them the column of `intercepts`. */
function factorRows(
  mean: Rows,
  { loadings, rank }: { readonly loadings: Float32Array; readonly rank: number },
  intercepts?: Rows,
): Rows {
  const builder = new RowsBuilder();
  for (let row = 0; row + 1 < mean.start.length; row++) {
    for (let a = 0; a < rank; a++) {
      let sum = 0;
      for (let e = mean.start[row]; e < mean.start[row + 1]; e++)
        sum += mean.value[e] * loadings[mean.column[e] * rank + a];
      builder.add(a, sum);
    }
    if (intercepts !== undefined) builder.add(rank, dot(intercepts, row, [1], 0));
    builder.endRow();
  }
  return builder.rows(rank + (intercepts === undefined ? 0 : 1));
}
