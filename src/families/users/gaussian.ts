import { checkInteger, exp, type RandomStream } from "../../core/index.js";
import type { ParameterSpec } from "../parameters.js";
import { resolveInference } from "./inference.js";
import type { StatePosterior } from "./state-posterior.js";
import type { FoundStates, UserKind } from "./user-kind.js";

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
): UserKind & Required<Pick<UserKind, "posterior" | "believed">> {
  return {
    kind: "gaussian",
    width: () => 2 * d + more,
    parameter: TABLE,
    isLinear: false,
    found: { ...sets, noise: d },
    states: (table, users) => table?.slice() ?? new Float32Array((2 * d + more) * users),
    posterior: (state) => posterior(state, d),
    believed: (tools, data) => posterior(tools.byNetwork(data), d),
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

function posterior(state: Float32Array, d: number): StatePosterior {
  const mean = Float64Array.from(state.subarray(0, d));
  const variance = Float64Array.from(state.subarray(d, 2 * d), exp);
  const sample = (n: number, rng: RandomStream): Float64Array => {
    checkInteger("sample: n", n, { min: 0 });
    return Float64Array.from(
      { length: n * d },
      (_, i) => mean[i % d] + Math.sqrt(variance[i % d]) * rng.normal(),
    );
  };
  return {
    mean,
    covariance: Float64Array.from({ length: d * d }, (_, i) =>
      i % (d + 1) === 0 ? variance[i / (d + 1)] : 0,
    ),
    sample,
    states(n, rng) {
      const draws = sample(n, rng);
      const drawn = new Float32Array(n * state.length);
      for (let i = 0; i < n; i++) {
        // scored at its mean; what stands behind is the same in every draw
        drawn.set(state, i * state.length);
        drawn.set(draws.subarray(i * d, (i + 1) * d), i * state.length);
      }
      return drawn;
    },
  };
}
