import { InputError } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import { dataSizes, type Model, type Parameters } from "../../families/index.js";
import { compile, fixed, Trace, type Extent } from "../../graph/index.js";
import { answersOfUsers } from "../evidence-sets.js";
import { BoundPlan, fixedNames } from "./bound-plan.js";
import { EvidenceFeed } from "./feeds/evidence-feed.js";
import { evidenceInputs } from "./feeds/evidence-inputs.js";
import { loadColumns, loadPairs } from "./loaded-data.js";
import { ParameterBlock } from "./parameters.js";
import type { Runtime } from "./runtime.js";
import { parameterInputs } from "./score-plan.js";

/** Users whose states are found at once. */
const USERS = 64;

/** The states of users from all of their answers, row-major [U, S]. @throws InputError for a parameter that is missing */
export function foundStates(
  runtime: Runtime,
  model: Model,
  parameters: Parameters,
  data: PreferenceData,
): Float32Array {
  const { found } = model.user;
  if (found === undefined)
    throw new InputError(`${model.family.name}: no network finds the states of its users`);
  const count = data.users.length;
  const sizes = dataSizes(data, count);
  const source = { ...loadPairs(runtime, data), ...loadColumns(runtime, data) };
  const sets = answersOfUsers(data.user, count);
  const extents = { users: extent("users", USERS), answers: extent("answers", mostAnswers(sets.from)) };
  const specs = model.parameters(sizes);
  const ops = new Trace(model.family.name);
  const p = parameterInputs(specs, () => false);
  const result = model.state({ ops, p, evidence: evidenceInputs(ops, source, extents, found) });
  const plan = compile(result, { value: fixed("result", USERS * result.columns) });
  const names = fixedNames(plan);
  const used = new ParameterBlock(
    runtime,
    specs.filter(({ name }) => names.has(`value ${name}`)),
  );
  used.load(parameters);
  const feed = new EvidenceFeed(runtime, source, extents, found);
  feed.sets = sets;
  const out = runtime.allocate(USERS * result.columns);
  const known = new Map(used.places.map(({ spec, value }) => [`value ${spec.name}`, value]));
  known.set("items.table", source.items.features).set("contexts.table", source.contexts?.features ?? 0);
  known.set("result", out);
  const bound = new BoundPlan(runtime, plan, (name) => known.get(name) ?? feed.addressOf(name) ?? 0);
  const everybody = runtime.storeIntegers(Int32Array.from({ length: count }, (_, user) => user));
  const states = new Float32Array(count * result.columns);
  for (let first = 0; first < count; first += USERS) {
    extents.users.count = Math.min(USERS, count - first);
    feed.fill(everybody + 4 * first);
    bound.forward();
    states.set(runtime.floats(out, extents.users.count * result.columns), first * result.columns);
  }
  return states;
}

function extent(name: string, capacity: number): Extent {
  return { name, capacity, count: 0 };
}

/** Answers of the users that are taken together, at most. */
function mostAnswers(from: Int32Array): number {
  let most = 0;
  for (let first = 0; first + 1 < from.length; first += USERS)
    most = Math.max(most, from[Math.min(first + USERS, from.length - 1)] - from[first]);
  return most;
}
