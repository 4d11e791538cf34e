import { checkFinite, checkInteger, checkNumber, InputError } from "../core/index.js";

/** For each of U users the best point of the simplex of K prototypes: logistic loss, and a Dirichlet prior. */
export interface SimplexProblem {
  readonly k: number;
  /** Users' comparisons are rows `from[u]` … `from[u + 1]` - 1 of N, shape [U + 1]. */
  readonly from: Int32Array;
  /** label · score of each comparison, were the user each prototype alone, row-major [N, K]. */
  readonly agreement: Float32Array;
  /** Shape [N]; 1 where absent. */
  readonly weight?: Float32Array;
  /** Of the prior, >= 1; 1 is none. */
  readonly concentration: number;
}

export interface SimplexOptima {
  /** Row-major [U, K]. */
  readonly weights: Float64Array;
  /** Shape [U], nats: how much lower each objective could be at most (Frank-Wolfe gap). */
  readonly gaps: Float64Array;
}

/** @throws InputError for a problem whose parts do not fit */
export function checkSimplexProblem({ k, from, agreement, weight, concentration }: SimplexProblem): void {
  checkInteger("onSimplex: k", k, { min: 1 });
  checkNumber("onSimplex: concentration", concentration, { min: 1 });
  checkFinite("onSimplex: agreement", agreement, k);
  const rows = from.at(-1) ?? 0;
  if (agreement.length !== rows * k)
    throw new InputError(
      `onSimplex: agreement must have ${rows * k} numbers, ${k} a row, got ${agreement.length}`,
    );
  if (weight !== undefined && weight.length !== rows)
    throw new InputError(`onSimplex: weight must have ${rows} rows, got ${weight.length}`);
}
