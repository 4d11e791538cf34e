import type { PreferenceData } from "../../src/data/index.js";
import type { Engine } from "../../src/engine/index.js";
import { modelClass, type Family, type ScoreInputs } from "../../src/families/family.js";
import { LOSS_OPTIONS } from "../../src/families/family.js";
import type { ParameterSpec } from "../../src/families/parameters.js";
import { none } from "../../src/families/users/index.js";
import type { Stored } from "./family-case.js";

const options = { loss: LOSS_OPTIONS.hinge, margin: { ...LOSS_OPTIONS.margin, usual: 1000 } };

/**
 * A sum over rows of anything that ops compute from parameters, and its gradients: the hinge loss of scores far inside a margin is linear in them.
 * @param of the terms, [rows, 1]; parameters of `rows` rows are found in their order
 * @param rows how many, or the user of each
 */
export function probe(
  engine: Engine,
  rows: number | Int32Array,
  parameters: ReadonlyMap<string, Stored>,
  of: <T, I>(inputs: ScoreInputs<T, I>) => T,
) {
  const specs = [...parameters].map(([name, { shape }]): ParameterSpec => {
    const init = { kind: "constant", value: 0 } as const;
    return { name, shape: [...shape], group: "projector", init };
  });
  const family: Family<typeof options> = {
    ...{ kind: "probe", name: "Probe", title: "", about: "", source: "", options },
    guide: { assumes: "", needs: "", cost: "low" },
    tried: () => [],
    user: () => none,
    parameters: () => specs,
    score: of,
  };
  const Probe = modelClass(family);
  const given = new Map([...parameters].map(([name, { data }]) => [name, Float32Array.from(data)]));
  const user = typeof rows === "number" ? new Int32Array(rows) : rows;
  const found = engine.lossAndGradients(new Probe(), given, comparisons(user));
  return {
    scores: found.scores,
    total: found.scores.reduce((sum, score) => sum + score, 0),
    gradients: new Map(
      [...found.gradients].map(([name, values]) => [
        name,
        Array.from(values, (value) => -user.length * value),
      ]),
    ),
  };
}

function comparisons(user: Int32Array): PreferenceData {
  const rows = user.length;
  return {
    users: Array.from(new Set(user), (u) => `u${u}`),
    items: { ids: ["a", "b"] },
    user,
    left: new Int32Array(rows),
    right: new Int32Array(rows).fill(1),
    label: new Int8Array(rows).fill(1),
    source: { name: "probe", license: "", sha256: "" },
  };
}
