import { describe, expect, test } from "vitest";
import { ENGINES_HERE } from "../engine/fixtures/engines.js";
import { loadEngine } from "../engine/index.js";
import { CASES, randomParameters } from "../families/fixtures/index.js";
import { projected } from "../families/fixtures/reference.js";
import { dataSizes, NAMES } from "../families/index.js";
import { latentTools } from "./latent-tools.js";

/** The engine computes in float32. */
/** The map of families that have no choice of one. */
const LINEAR = { architecture: "mlp0-linear-dropout0-nobias" };
const TOLERANCE = 1e-5;

describe.each(ENGINES_HERE)("%s engine", (engineName) => {
  test("the latent items of every family that maps features agree with the reference", async () => {
    const engine = await loadEngine(engineName);
    for (const { model, data } of Object.values(CASES).flat()) {
      const { features } = data.items;
      const { latent } = model;
      const isJoined = latent?.joinsContexts === true && data.contexts !== undefined;
      if (features === undefined || latent === undefined || isJoined) continue;
      const parameters = randomParameters(model, data);
      if (!parameters.has(`${NAMES.items}.mlp.layers.0.weight`)) continue;
      const columns = features.length / data.items.ids.length;
      const sizes = dataSizes(data, data.users.length);
      const fitted = { model, sizes, parameters, users: data.users, engine };
      const found = latent.items(latentTools(fitted), data.items);
      const expected = data.items.ids.flatMap((_, i) => {
        return projected(
          parameters,
          { prefix: NAMES.items, architecture: { ...LINEAR, ...model.config }.architecture },
          [...features.subarray(i * columns, (i + 1) * columns)],
        );
      });
      expect(found).toHaveLength(expected.length);
      found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(TOLERANCE * 5));
    }
  });
});
