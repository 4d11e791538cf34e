import { checkFinite, checkInteger, InputError } from "../core/index.js";
import { checkPairs, type Pairs } from "../data/index.js";
import { dataSizes, type Model } from "../families/index.js";
import type { FeatureMatrix, Judges } from "./engine.js";

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

/** Checks what every engine's `apply` is given. @returns the number of rows @throws InputError */
export function checkTable({ features, columns }: FeatureMatrix): number {
  checkInteger("apply: columns", columns, { min: 1 });
  checkFinite("apply: features", features, columns);
  return checkInteger("apply: rows of features", features.length / columns, { min: 1 });
}
