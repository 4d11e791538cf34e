import { InputError, list } from "../core/index.js";
import type { LatentTools } from "../families/index.js";
import type { FittedParts } from "./fitted-parts.js";
import { place } from "./placement.js";

/** What a model's latent space is computed with. */
export function latentTools(fitted: FittedParts): LatentTools {
  const { engine, parameters, model, sizes } = fitted;
  const parameter = (name: string): Float32Array => {
    const values = parameters.get(name);
    if (values !== undefined) return values;
    throw new InputError(`the model has no parameter ${name}; it has ${list([...parameters.keys()])}`);
  };
  return {
    parameter,
    has: (name) => [...parameters.keys()].some((known) => known === name || known.startsWith(`${name}.`)),
    apply: (map, features, columns) => {
      const specs = model.parameters(sizes);
      return engine.apply(map, { specs, parameters }, { features, columns });
    },
    learned(name, table, asked) {
      const values = parameter(table);
      const ids = (name === "items" ? fitted.learnedItems : fitted.learnedContexts) ?? [];
      const rows = Int32Array.from(asked.ids.keys());
      const places = place(name, asked, ids)?.move(rows) ?? rows;
      const d = values.length / ids.length;
      const found = new Float32Array(asked.ids.length * d);
      places.forEach((from, row) => found.set(values.subarray(from * d, (from + 1) * d), row * d));
      return found;
    },
  };
}
