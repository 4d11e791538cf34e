import { checkInteger, exp } from "../../core/index.js";
import type { ParameterSpec } from "../parameters.js";
import { resolveInference } from "./inference.js";
import type { FoundStates, StatePosterior, UserKind } from "./user-kind.js";

const TABLE = "user_learner.posterior";

/**
 * A user is a Gaussian over a latent vector z of d numbers, with independent coordinates: a state holds d means, then d log variances. A network finds
 * it from any number of answers; without answers it is the prior.
 * @param more numbers of a state behind those, for the family's own use
 * @param sets how training draws the answers that a state is found from, those that it predicts, and whether their order counts
 */
export function gaussian(
  d: number,
  sets: Omit<FoundStates, "noise">,
  more = 0,
): UserKind & Required<Pick<UserKind, "posterior">> {
  return {
    kind: "gaussian",
    width: () => 2 * d + more,
    parameter: TABLE,
    isLinear: false,
    found: { ...sets, noise: d },
    states: (table, users) => table?.slice() ?? new Float32Array((2 * d + more) * users),
    posterior: (state) => posterior(state.subarray(0, 2 * d)),
    infer(tools, data, options) {
      resolveInference(options, false);
      return { weights: tools.byNetwork(data) };
    },
  };
}

/** What is kept of the trained users, [U, S]: it does not train, but is found when training is read out. */
export function gaussianTable(users: number, d: number, more = 0): ParameterSpec {
  const init = { kind: "constant", value: 0 } as const;
  return { name: TABLE, shape: [users, 2 * d + more], group: "weights", init, per: "user" };
}

function posterior(state: Float32Array): StatePosterior {
  const d = state.length / 2;
  const mean = Float64Array.from(state.subarray(0, d));
  const variance = Float64Array.from(state.subarray(d), exp);
  return {
    mean,
    covariance: Float64Array.from({ length: d * d }, (_, i) =>
      i % (d + 1) === 0 ? variance[i / (d + 1)] : 0,
    ),
    sample(n, rng) {
      checkInteger("sample: n", n, { min: 0 });
      return Float64Array.from(
        { length: n * d },
        (_, i) => mean[i % d] + Math.sqrt(variance[i % d]) * rng.normal(),
      );
    },
  };
}
