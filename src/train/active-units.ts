import { checkFinite, checkInteger, InputError } from "../core/index.js";
import { checkIsFitted } from "./check-fitted.js";
import type { FittedModel } from "./fitted-model.js";

/** How much the mean of a coordinate must vary over users for the coordinate to be active. @source SPL */
const LEAST_VARIANCE = 0.005;

/** Which coordinates of the users' latent z say something of them. */
export interface ActiveUnits {
  /** How many are active: those whose variance is above 0.005. */
  readonly count: number;
  /** Of each coordinate the variance over users of the posterior's mean, shape [d]. */
  readonly variances: Float64Array;
}

/**
 * The coordinates of the latent whose posterior mean varies over users: with none a model has collapsed, and all users are judged alike.
 * @param states of users, row-major [U, S]: `fitted.allWeights`, or what `inferAll` gives; default all trained users
 * @throws InputError for a model that is certain of its users, or what are no states of it
 * @source SPL; counted on the posterior's mean, where the authors' code counts on the last shift of the flow
 */
export function activeUnits(fitted: FittedModel, states?: Float32Array): ActiveUnits {
  checkIsFitted("activeUnits: fitted", fitted);
  const { posterior, k } = fitted;
  if (posterior === undefined)
    throw new InputError(
      `activeUnits: ${fitted.model.family.name} is certain of its users: it has no posterior`,
    );
  const rows = states ?? fitted.allWeights;
  checkFinite("activeUnits: states", rows);
  const users = checkInteger(`activeUnits: rows of states, shape [U, ${k}]`, rows.length / k, { min: 1 });
  const means = Array.from(
    { length: users },
    (_, user) => posterior({ weights: rows.subarray(user * k, (user + 1) * k) }).mean,
  );
  const variances = means[0].map((_, j) => {
    const centre = means.reduce((sum, mean) => sum + mean[j] / users, 0);
    return means.reduce((sum, mean) => sum + (mean[j] - centre) ** 2 / users, 0);
  });
  return { count: variances.filter((variance) => variance > LEAST_VARIANCE).length, variances };
}
