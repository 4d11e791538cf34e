import { checkFinite, checkInteger, InputError, show } from "../core/index.js";
import { checkPairs, type Pairs } from "../data/index.js";
import { hasPrototypes, NAMES, type Model, type Parameters, type ParameterSpec } from "../model/index.js";
import type { FeatureMatrix, Judges } from "./engine.js";

/**
 * Checks what every engine's `scores` is given.
 * @returns the number of users U and of weights K of each
 * @throws InputError
 */
export function checkJudges(
  model: Model,
  pairs: Pairs,
  judges: Judges,
): { readonly users: number; readonly k: number } {
  checkPairs("scores", pairs);
  const k = hasPrototypes(model) ? model.k : 1;
  const count = pairs.left.length;
  const users = checkInteger("scores: rows of weights, shape [U, K]", judges.weights.length / k, { min: 1 });
  const stray = judges.user.findIndex((user) => user < 0 || user >= users);
  if (stray >= 0) {
    throw new InputError(
      `scores: user must be an index in 0 … ${users - 1}, got ${judges.user[stray]} at row ${stray}`,
    );
  }
  if (judges.user.length !== count) {
    throw new InputError(`scores: user must have ${count} rows as the pairs have, got ${judges.user.length}`);
  }
  checkFinite("scores: weights", judges.weights, k);
  return { users, k };
}

/** A map of a model, ready to be computed: the prefix and the shapes of its parameters, and the rows it is asked for. */
export interface ProjectionRequest {
  readonly prefix: string;
  readonly specs: readonly ParameterSpec[];
  readonly rows: number;
}

/** Checks what every engine's `project` is given, and finds the map. @throws InputError */
export function projectionRequest(
  model: Model,
  parameters: Parameters,
  map: "items" | number,
  table: FeatureMatrix,
): ProjectionRequest {
  const { features, columns } = table;
  checkInteger("project: columns", columns, { min: 1 });
  checkFinite("project: features", features, columns);
  const rows = checkInteger("project: rows of features", features.length / columns, { min: 1 });
  const prefix = map === "items" ? NAMES.items : NAMES.prototypeMap(map);
  const size = { rows: 1, features: columns };
  const isOfContexts = (name: string): boolean => /^user_learner\.(projectors|tables)\./.test(name);
  const inContext = model.kind !== "pal-a" && [...parameters.keys()].some(isOfContexts);
  const sizes = { users: 1, items: size, ...(inContext ? { contexts: size } : {}) };
  const specs = model.parameters(sizes).filter(({ name }) => name.startsWith(`${prefix}.`));
  if (specs.length === 0) throw new InputError(`project: ${model.kind} has no map ${show(map)}`);
  return { prefix, specs, rows };
}
