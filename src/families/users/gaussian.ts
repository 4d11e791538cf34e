import { checkInteger, exp, type RandomStream } from "../../core/index.js";
import type { ParameterSpec } from "../parameters.js";
import { resolveInference } from "./inference.js";
import type { StatePosterior } from "./state-posterior.js";
import type { FoundStates, UserKind } from "./user-kind.js";

const TABLE = "user_learner.posterior";

/**
 * A user is a Gaussian over a latent vector z of d numbers, with independent coordinates: a state holds d means, then d log variances. A network finds
 * it from any number of answers; without answers it is the prior.
 * @param sets how training draws the answers that a state is found from, those that it predicts, and whether their order counts
 */
export function gaussian(
  d: number,
  sets: Omit<FoundStates, "noise">,
): UserKind & Required<Pick<UserKind, "posterior" | "believed">> {
  return {
    kind: "gaussian",
    width: () => 2 * d,
    parameter: TABLE,
    isLinear: false,
    found: { ...sets, noise: d },
    states: (table, users) => table?.slice() ?? new Float32Array(2 * d * users),
    posterior,
    believed: (tools, data) => posterior(tools.byNetwork(data)),
    infer(tools, data, options) {
      resolveInference(options, false);
      return { weights: tools.byNetwork(data) };
    },
  };
}

/** What is kept of the trained users, [U, 2 d]: it does not train, but is found when training is read out. */
export function gaussianTable(users: number, d: number): ParameterSpec {
  const init = { kind: "constant", value: 0 } as const;
  return { name: TABLE, shape: [users, 2 * d], group: "weights", init, per: "user" };
}

function posterior(state: Float32Array): StatePosterior {
  const d = state.length / 2;
  const mean = Float64Array.from(state.subarray(0, d));
  const variance = Float64Array.from(state.subarray(d), exp);
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
      // scored at its mean; a variance is never looked at
      return Float32Array.from({ length: 2 * n * d }, (_, i) =>
        i % (2 * d) < d ? draws[Math.floor(i / (2 * d)) * d + (i % (2 * d))] : 0,
      );
    },
  };
}
