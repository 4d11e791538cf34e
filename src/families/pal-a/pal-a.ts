import { latentSize } from "../parts/index.js";
import { InputError } from "../../core/index.js";
import { modelClass, type Family, type ScoreInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { encode, encodingParameters, NAMES, project, projectorOf } from "../parts/index.js";
import { simplex, simplexParameter } from "../users/index.js";
import { palALatent } from "./latent.js";
import { itemMap, options, type PalASettings } from "./options.js";

export type { PalAOptions } from "./options.js";

export const palA: Family<typeof options> = {
  kind: "pal-a",
  name: "PalA",
  title: "PAL-A",
  about:
    "K prototypes are fixed points; a user's ideal point is a mixture of them; the nearer item is preferred",
  source: "PAL, Figure 1 and Model A",
  guide: {
    assumes: "everybody has an ideal point between K prototypes, and prefers what is nearer",
    needs: "comparisons of items with features (ids are learned)",
    cost: "middle",
  },
  options,
  tried: (sizes) => [2, 3, 5].map((k) => ({ k, latentDimension: latentSize(sizes), loss: "logistic" })),
  user: ({ k, distance, userPoint, ...rest }) => {
    const isAffine = userPoint !== "f(Pw)" || projectorOf(rest).hiddenLayers === 0;
    return simplex(k, { isLinear: distance === "squared" && isAffine });
  },
  parameters,
  score,
  latent: palALatent,
};

/**
 * PAL Model A: K prototypes are fixed points; user i has ideal point f(P w_i), w_i on the simplex; of two items the nearer is preferred.
 * Score of a comparison: dist(f(left), u) - dist(f(right), u), positive where right is preferred.
 * Items with a context are seen by f with the context's features behind their own.
 * @source PAL, Figure 1 and Model A
 * @throws InputError (K < 1, unknown option or variant)
 * @example
 * const engine = await loadEngine();
 * const three = await fit(new families.PalA({ k: 3, latentDimension: 2 }), data, { engine, seed: 1, epochs: 5 });
 * three.weights(data.users[0]); // 3 numbers, none below 0, that add up to 1
 */
export class PalA extends modelClass(palA) {}

function parameters(given: PalASettings, sizes: DataSizes): ParameterSpec[] {
  const { items, contexts, users } = sizes;
  const { k, latentDimension: d, userPoint } = given;
  const input = items.features + (contexts?.features ?? 0);
  const isLearned = items.features === 0;
  if (isLearned && contexts !== undefined) {
    throw new InputError(
      "PalA: items in a context need features (f sees both); use PalB, or give the items features",
    );
  }
  const width = isLearned || userPoint === "Pw" ? d : input;
  return [
    ...encodingParameters(itemMap(given), { rows: items.rows, features: isLearned ? 0 : input, output: d }),
    {
      name: NAMES.prototypes,
      shape: [k, width],
      group: "prototypes",
      init: { kind: "normal", deviation: 1 / Math.sqrt(width) },
    },
    simplexParameter(users, k),
  ];
}

function score<T, I>({ ops, p, pairs, state }: ScoreInputs<T, I>, given: PalASettings): T {
  const w = state();
  const items = pairs.contexts === undefined ? pairs.items : pairs.itemsInContext;
  const map = itemMap(given);
  const prototypes = p.get(NAMES.prototypes);
  // learned items have no f
  const userPoint = items.features === undefined ? "Pw" : given.userPoint;
  const u =
    userPoint === "f(P)w"
      ? ops.matmul(w, project(ops, p, map, prototypes))
      : userPoint === "f(Pw)"
        ? project(ops, p, map, ops.matmul(w, prototypes))
        : ops.matmul(w, prototypes);
  const z = encode(ops, p, map, items);
  return ops.distanceScore(z, u, { ...items, user: pairs.users.of }, given.distance);
}
