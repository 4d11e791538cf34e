import type { Pairs } from "../../data/index.js";
import {
  columnsOf,
  designRows,
  isDiagonalDesign,
  readinessRows,
  scalingSpecs,
  type Design,
  type Scaling,
} from "../design/linear-design.js";
import { valuesOf, type DataSizes, type ParameterSpec } from "../parameters.js";
import { dataSizes } from "../parts/index.js";
import { stateSize } from "../users/near-type.js";
import { fitClasses } from "./classes.js";
import { sampleTypes } from "./gibbs.js";
import type { TasteRows } from "./near-type.js";
import { STATE, type NearTypeFamily } from "./near-type-method.js";

const NAMES = { means: "means", shares: "shares", covariance: "covariance" };

/** Types with tastes of one's own around them, as a family's options say. */
export interface TastesOptions extends Design {
  readonly k: number;
  /** Tastes that are independent and of one size, or of any covariance. */
  readonly tastes: "own" | "correlated";
  readonly starts: number;
  readonly burn: number;
  readonly draws: number;
}

/** Tastes that such correlations can be learned of. */
export const MOST_CORRELATED = 40;

/** Tastes of a user: a column each of the design; of votes on statements that are names alone, how readily they agree. */
export function tastesOf(design: Design & Pick<TastesOptions, "tastes">, sizes: DataSizes): number {
  if (design.tastes === "correlated") return columnsOf(sizes, design, MOST_CORRELATED);
  return isDiagonalDesign(sizes) ? 1 : columnsOf(sizes, design);
}

/** What such a family learns. @throws InputError for too many columns */
export function tastesParameters(options: TastesOptions, sizes: DataSizes): ParameterSpec[] {
  const { k, tastes } = options;
  const q = tastesOf(options, sizes);
  const init = { kind: "constant", value: 0 } as const;
  return [
    { name: NAMES.means, shape: [k, columnsOf(sizes, options)], group: "tables", init },
    { name: NAMES.shares, shape: [k], group: "weights", init },
    { name: NAMES.covariance, shape: tastes === "own" ? [q] : [q, q], group: "weights", init },
    ...scalingSpecs(sizes),
    { name: STATE, shape: [sizes.users, stateSize(k, q)], group: "weights", init, per: "user" },
  ];
}

/** Types and tastes by Gibbs sampling: posterior means of the population, and users placed given these. */
export function tastesFamily(options: TastesOptions): NearTypeFamily {
  const { name, k, tastes, starts, burn, draws } = options;
  const rows = (pairs: Pairs, scaling: Scaling): TasteRows => {
    const mean = designRows(pairs, scaling, options);
    const hasReadiness = tastes === "own" && isDiagonalDesign(dataSizes(pairs, 0));
    return { mean, own: hasReadiness ? readinessRows(pairs) : mean };
  };
  return {
    name,
    problemRows: rows,
    rows: (_, pairs, scaling) => rows(pairs, scaling),
    fit(problem, rng) {
      const start = fitClasses(problem, { k, rng: rng.split("classes"), starts, iterations: 300 });
      const found = sampleTypes(problem, { tastes, rng: rng.split("draws"), start, burn, draws });
      const q = problem.own.width;
      const { covariance = new Float64Array(q * q) } = found;
      const kept =
        tastes === "own" ? Float32Array.from({ length: q }, (_, c) => covariance[c * q + c]) : covariance;
      return [
        [NAMES.means, Float32Array.from(found.means)],
        [NAMES.shares, Float32Array.from(found.shares)],
        [NAMES.covariance, Float32Array.from(kept)],
      ];
    },
    prior: (trained) => ({
      k,
      means: valuesOf(trained, NAMES.means, name),
      shares: valuesOf(trained, NAMES.shares, name),
      covariance: Float64Array.from(valuesOf(trained, NAMES.covariance, name)),
    }),
  };
}
