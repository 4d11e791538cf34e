import { checkText, InputError, show } from "../core/index.js";
import type { Model } from "../families/index.js";
import { fittedModel, type Fitted, type FittedModel } from "./fitted-model.js";
import type { UserState } from "./fitted-parts.js";

/** A weight on the simplex counts as at least this much where its logarithm is taken. */
const LEAST = 1e-9;
/** How far a state may be from what its saved numbers give. */
const CLOSE = 1e-4;

/**
 * The model with one more user, as `infer` found them; everything else is the same.
 * @throws InputError for a user that the model has already, or a state that its kind of user cannot keep
 */
export function withUser<M extends Model>(fitted: FittedModel<M>, user: string, state: UserState): Fitted<M> {
  checkText("withUser: user", user, "the name of a user");
  if (fitted.users.includes(user))
    throw new InputError(`withUser: the model has a user ${show(user)} already; give another name`);
  const { model, sizes, parameters, users } = fitted;
  const { parameter } = model.user;
  const all = new Map(parameters);
  if (parameter !== undefined) {
    const before = parameters.get(parameter) ?? new Float32Array(0);
    const width = before.length / users.length;
    const own = freeNumbers(fitted, state.weights, width);
    const after = new Float32Array(before.length + width);
    after.set(before);
    after.set(own, before.length);
    all.set(parameter, after);
  }
  return fittedModel({
    ...fittedParts(fitted),
    sizes: { ...sizes, users: users.length + 1 },
    parameters: all,
    users: [...users, user],
  }) as Fitted<M>;
}

function fittedParts<M extends Model>(
  fitted: FittedModel<M>,
): ConstructorParameters<typeof FittedModel<M>>[0] {
  const { model, sizes, parameters, users, engine, history } = fitted;
  const { learnedItems, learnedContexts, coding, trainedItems } = fitted;
  return {
    ...{ model, sizes, parameters, users, engine, history },
    ...{ learnedItems, learnedContexts, coding, trainedItems },
  };
}

/** The numbers that a kind of user makes this state of: itself, or of weights on a simplex their logarithms. */
function freeNumbers({ model }: FittedModel, state: Float32Array, width: number): Float32Array {
  const candidates = [state, state.map((value) => Math.log(Math.max(LEAST, value)))];
  const found = candidates.find((free) => {
    if (free.length !== width || free.some((value) => !Number.isFinite(value))) return false;
    const again = model.user.states(free, 1);
    return again.length === state.length && again.every((value, i) => Math.abs(value - state[i]) < CLOSE);
  });
  if (found === undefined)
    throw new InputError(
      `withUser: users of ${model.family.name} cannot be added to a model; keep their state instead`,
    );
  return found;
}
