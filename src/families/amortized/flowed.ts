import type { Ops } from "../../graph/index.js";
import type { ScoreInputs } from "../family.js";

/** z after a flow, [users, d], and the logarithm of the flow's Jacobian determinant, [users, 1]; absent without a flow. */
export interface Flowed<T> {
  readonly z: T;
  readonly logDeterminant?: T;
}

type Flow<G> = <T, I>(inputs: ScoreInputs<T, I>, given: G) => Flowed<T>;

/** Score and penalty are asked with the same inputs: a flow is computed once for both. */
export function remembered<G>(flow: Flow<G>): Flow<G> {
  const known = new WeakMap<object, unknown>();
  return <T, I>(inputs: ScoreInputs<T, I>, given: G): Flowed<T> => {
    const found = (known.get(inputs) ?? flow(inputs, given)) as Flowed<T>;
    known.set(inputs, found);
    return found;
  };
}

/**
 * ln q(z | answers) - ln p(z) at the z that was drawn, [users, 1]: for z0 from the Gaussian of the state, z behind a flow, and p Gaussian with
 * independent coordinates.
 * @param prior its means, then its log variances, [1, 2 d]; default N(0, I)
 */
export function sampledKl<T, I>(
  { ops, state, noise }: ScoreInputs<T, I>,
  { z, logDeterminant }: Flowed<T>,
  d: number,
  prior?: T,
): T {
  const squares = (x: T): T => ops.multiply(x, x);
  const logVariance = ops.columns(state(), d, 2 * d);
  // ln(2 pi) cancels; the means' squared distance from z0 is the noise's
  const own = noise === undefined ? logVariance : ops.add(logVariance, squares(noise));
  const half = ops.constant(d, 1, new Float32Array(d).fill(0.5));
  const kl = ops.matmul(
    ops.subtract(prior === undefined ? squares(z) : fromPrior(ops, z, { prior, d }), own),
    half,
  );
  return logDeterminant === undefined ? kl : ops.subtract(kl, logDeterminant);
}

/** (z - m)² / e^v + v of each coordinate, prior (m, v). */
function fromPrior<T, I>(ops: Ops<T, I>, z: T, { prior, d }: { readonly prior: T; readonly d: number }): T {
  const none = ops.scale(z, 0);
  const away = ops.bias(z, ops.scale(ops.columns(prior, 0, d), -1));
  const logVariance = ops.bias(none, ops.columns(prior, d, 2 * d));
  const precision = ops.hidden(ops.scale(logVariance, -1), { activation: "exp", dropout: 0 });
  return ops.add(ops.multiply(ops.multiply(away, away), precision), logVariance);
}
