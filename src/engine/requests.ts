import { checkFinite, checkInteger, InputError } from "../core/index.js";
import { checkPairs, type Pairs, type PreferenceData } from "../data/index.js";
import { dataSizes, type Model, type Parameters, type ParameterSpec } from "../families/index.js";
import type { FeatureMatrix, FoundAt, Judges } from "./engine.js";
import { sizeOf } from "./start-values.js";

/**
 * Checks what every engine's `scores` is given.
 * @returns the number of users
 * @throws InputError
 */
export function checkJudges(model: Model, pairs: Pairs, judges: Judges): number {
  checkPairs("scores", pairs);
  const width = model.user.width(dataSizes(pairs, 0));
  const count = pairs.left.length;
  const rows = judges.states.length / width;
  const users = checkInteger(`scores: rows of states, shape [U, ${width}]`, rows, { min: 1 });
  const stray = judges.user.findIndex((user) => user < 0 || user >= users);
  if (stray >= 0) {
    throw new InputError(
      `scores: user must be an index in 0 … ${users - 1}, got ${judges.user[stray]} at row ${stray}`,
    );
  }
  if (judges.user.length !== count) {
    throw new InputError(`scores: user must have ${count} rows as the pairs have, got ${judges.user.length}`);
  }
  checkFinite("scores: states", judges.states, width);
  return users;
}

/** Checks what every engine's `scoresUnderEach` is given. @returns the number of states @throws InputError */
export function checkStates(model: Model, pairs: Pairs, states: Float32Array): number {
  checkPairs("scoresUnderEach", pairs);
  const width = model.user.width(dataSizes(pairs, 0));
  checkFinite("scoresUnderEach: states", states, width);
  return checkInteger(`scoresUnderEach: rows of states, shape [K, ${width}]`, states.length / width, {
    min: 1,
  });
}

/** Checks what every engine's `lossAndGradients` is told of states that are found from answers. @returns the rows that are scored @throws InputError */
export function checkFoundAt(
  model: Model,
  { users, user }: PreferenceData,
  { noise, targets }: FoundAt,
): Int32Array {
  if (noise !== undefined) {
    const columns = model.user.found?.noise ?? 0;
    if (noise.length !== users.length * columns)
      throw new InputError(
        `lossAndGradients: noise must have shape [${users.length}, ${columns}], got ${noise.length} numbers`,
      );
    checkFinite("lossAndGradients: noise", noise, columns);
  }
  if (targets === undefined) return Int32Array.from(user.keys());
  checkInteger("lossAndGradients: rows that are targets", targets.length, { min: 1 });
  for (const row of targets) checkInteger("lossAndGradients: targets", row, { min: 0, max: user.length - 1 });
  return targets;
}

/** The gradients of all parameters in their order: those that do not train have 0. */
export function allGradients(specs: readonly ParameterSpec[], known: Parameters): Parameters {
  return new Map(specs.map((spec) => [spec.name, known.get(spec.name) ?? new Float32Array(sizeOf(spec))]));
}

/** @throws InputError for a family whose states are found from all of a user's answers, which chunks do not hold */
export function checkStreamable({ user, family }: Model): void {
  if (user.found !== undefined)
    throw new InputError(
      `createStreamTrainer: ${family.name} finds its users' states from all of their answers, which a chunk does not hold; train on all comparisons at once`,
    );
}

/** Checks what every engine's `apply` is given. @returns the number of rows @throws InputError */
export function checkTable({ features, columns }: FeatureMatrix): number {
  checkInteger("apply: columns", columns, { min: 1 });
  checkFinite("apply: features", features, columns);
  return checkInteger("apply: rows of features", features.length / columns, { min: 1 });
}
