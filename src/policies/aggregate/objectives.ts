import { checkNumbers, checkObject, exp, InputError, log } from "../../core/index.js";

/** Policies of the same prompts and actions, each made for one objective or group, and the reference that they all stay near. */
export interface Objectives {
  /** Actions of each prompt, A. */
  readonly actions: number;
  /** Chances of the actions, row-major [X, A], all above 0. */
  readonly reference: ArrayLike<number>;
  /** One for each objective, [X, A] each, all above 0. */
  readonly policies: readonly ArrayLike<number>[];
}

/** What mixing computes with. */
export interface LogRatios {
  readonly actions: number;
  readonly reference: Float64Array;
  /** ln policy - ln reference of each objective, [X, A] each. */
  readonly ratios: readonly Float64Array[];
}

/** @throws InputError naming `caller` for policies of different actions, or chances that are not above 0 or do not add up to 1 */
export function logRatios(caller: string, objectives: Objectives): LogRatios {
  const parts = ["actions", "reference", "policies"];
  checkObject(`${caller}: objectives`, objectives, parts, `an object { ${parts.join(", ")} }`);
  const { actions, reference, policies } = objectives;
  if (!Array.isArray(policies) || policies.length === 0)
    throw new InputError(`${caller}: policies must be a list of at least one policy`);
  const base = chances(`${caller}: reference`, reference, actions);
  const ratios = (policies as readonly ArrayLike<number>[]).map((policy, k) => {
    const own = chances(`${caller}: policy ${k}`, policy, actions);
    if (own.length !== base.length)
      throw new InputError(
        `${caller}: policies can be mixed only over the same actions: policy ${k} has ${own.length} chances, the reference ${base.length}`,
      );
    return own.map((p, i) => log(p) - log(base[i]));
  });
  return { actions, reference: base, ratios };
}

function chances(what: string, values: ArrayLike<number>, actions: number): Float64Array {
  checkNumbers(what, values);
  const all = Float64Array.from(values);
  if (all.length === 0 || all.length % actions !== 0)
    throw new InputError(
      `${what} must be rows of ${actions} chances, one an action, got ${all.length} numbers`,
    );
  for (let from = 0; from < all.length; from += actions) {
    const row = all.subarray(from, from + actions);
    const total = row.reduce((sum, p) => sum + (p > 0 ? p : NaN), 0);
    if (!(Math.abs(total - 1) < 1e-6))
      throw new InputError(`${what}: row ${from / actions} must be chances above 0 that add up to 1`);
  }
  return all;
}

/** What {@link mixture} finds. */
export interface Mixture {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly policy: Float64Array;
}

/** The mean over prompts of ln sum_y reference prod_k (policy_k / reference)^w_k, its gradient by w, and the mixture itself, [X, A]. */
export function mixture({ actions, reference, ratios }: LogRatios, weights: ArrayLike<number>): Mixture {
  const policy = new Float64Array(reference.length);
  const gradient = new Float64Array(ratios.length);
  const prompts = reference.length / actions;
  let value = 0;
  for (let from = 0; from < reference.length; from += actions) {
    let largest = -Infinity;
    for (let i = from; i < from + actions; i++) {
      policy[i] = log(reference[i]);
      for (let k = 0; k < ratios.length; k++) policy[i] += weights[k] * ratios[k][i];
      largest = Math.max(largest, policy[i]);
    }
    let total = 0;
    for (let i = from; i < from + actions; i++) total += policy[i] = exp(policy[i] - largest);
    value += (largest + log(total)) / prompts;
    for (let i = from; i < from + actions; i++) {
      policy[i] /= total;
      for (let k = 0; k < ratios.length; k++) gradient[k] += (policy[i] * ratios[k][i]) / prompts;
    }
  }
  return { value, gradient, policy };
}
