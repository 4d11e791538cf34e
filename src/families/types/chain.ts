import { drawPlace, identity, Scale } from "./draws.js";
import type { SampleOptions, Tastes } from "./sampling.js";
import { tasteColumns, type OwnTastes } from "./own-tastes.js";
import { rowsByUser, type Problem } from "../design/problem.js";
import { isDiagonal } from "../design/rows.js";

/** Where a chain stands. */
export interface Chain {
  readonly problem: Problem;
  readonly options: SampleOptions;
  /** Types, columns of their utilities, columns of own tastes. */
  readonly k: number;
  readonly d: number;
  readonly q: number;
  readonly tastes: Tastes;
  /** Types' utilities, row-major [K, D]; what they are spread around, [D]; their shares, [K]. */
  readonly means: Float64Array;
  readonly centre: Float64Array;
  readonly shares: Float64Array;
  /** The type of each user. */
  readonly type: Int32Array;
  /** Polya-Gamma variable of each row. */
  readonly omega: Float64Array;
  /** <own row, tastes> of each row. */
  readonly taste: Float64Array;
  readonly own: readonly OwnTastes[];
  readonly spread: Scale;
  readonly popularity: Scale;
  readonly tau: Scale;
  /** Inverse covariance of correlated tastes, row-major [Q, Q]. */
  precision: Float64Array;
  /** Rows asked about, of each user. */
  readonly askedOf: readonly Int32Array[];
  /** Whether columns of `mean` meet in no row, and whether own rows are the same. */
  readonly diagonal: boolean;
  readonly same: boolean;
  /** Room for one user's draw. */
  readonly scratch: {
    readonly logs: Float64Array;
    readonly belief: Float64Array;
    readonly sides: Float64Array;
    readonly factor: Float64Array;
  };
}

export function startChain(problem: Problem, options: SampleOptions): Chain {
  const { start, asked, rng } = options;
  const [k, d] = [start.k, problem.mean.width];
  const tastes = problem.own.width === 0 ? "none" : options.tastes;
  const q = tastes === "none" ? 0 : problem.own.width;
  const centre = new Float64Array(d);
  for (let i = 0; i < k * d; i++) centre[i % d] += start.means[i] / k;
  const type = Int32Array.from({ length: problem.users }, (_, u) => drawPlace(start.belief, u * k, k, rng));
  const askedOf = rowsByUser(asked?.user ?? new Int32Array(0), problem.users);
  const all = tastes === "correlated" ? q : 0;
  const own = Array.from({ length: q === 0 ? 0 : problem.users }, (_, u) =>
    tasteColumns(problem, u, { ...(asked === undefined ? {} : { asked }), askedRows: askedOf[u], all }),
  );
  const widest = own.reduce((most, { columns }) => Math.max(most, columns.length), 0);
  return {
    ...{ problem, options, k, d, q, tastes, centre, type, askedOf, own },
    means: start.means.slice(),
    shares: start.shares.slice(),
    omega: new Float64Array(problem.user.length),
    taste: new Float64Array(problem.user.length),
    spread: new Scale(1),
    popularity: new Scale(1),
    tau: new Scale(0.5),
    precision: identity(all, 2),
    diagonal: isDiagonal(problem.mean),
    same: problem.mean === problem.own,
    scratch: {
      logs: new Float64Array(k),
      belief: new Float64Array(k),
      sides: new Float64Array(k * widest),
      factor: new Float64Array(widest * widest),
    },
  };
}
