import type { RowMap } from "../../families/index.js";
import { compile, fixed, Trace } from "../../graph/index.js";
import type { FeatureMatrix, Values } from "../engine.js";
import { BoundPlan, fixedNames } from "./bound-plan.js";
import { sourceNode } from "./feeds/pair-inputs.js";
import { ParameterBlock } from "./parameters.js";
import type { Runtime } from "./runtime.js";
import { parameterInputs } from "./score-plan.js";

/** The rows of a table under a map, [n, d], by a plan of their own. @throws InputError for a parameter that is missing */
export function applyMap(
  runtime: Runtime,
  map: RowMap,
  use: { readonly values: Values; readonly table: FeatureMatrix; readonly rows: number },
): Float32Array {
  const { table, rows, values } = use;
  const { columns, features } = table;
  const x = sourceNode(fixed("features", rows * columns), rows, columns);
  const p = parameterInputs(values.specs, () => false);
  const result = map(new Trace("apply"), p, x);
  const plan = compile(result, { value: fixed("result", rows * result.columns) });
  const names = fixedNames(plan);
  const used = new ParameterBlock(
    runtime,
    values.specs.filter(({ name }) => names.has(`value ${name}`)),
  );
  used.load(values.parameters);
  const out = runtime.allocate(rows * result.columns);
  const known = new Map(used.places.map(({ spec, value }) => [`value ${spec.name}`, value]));
  known.set("features", runtime.storeFloats(features)).set("result", out);
  new BoundPlan(runtime, plan, (name) => known.get(name) ?? 0).forward();
  return runtime.floats(out, rows * result.columns).slice();
}
