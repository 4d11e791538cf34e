import { valuesOfSets } from "../../src/evaluate/questions/label-patterns.js";
import { Vpl } from "../../src/families/index.js";
import { FittedModel } from "../../src/train/index.js";
import { columns } from "./answers-and-targets.js";
import { arrayOf, type Compare, type Compared, type FamilyCase } from "./family-case.js";

/** Their encoder; the decoder takes no part. */
function fittedOf(given: FamilyCase, engine: Parameters<Compare>[1]): FittedModel {
  const { config, parameters } = given;
  const [set, d, hidden, latent, queries] = ["set", "d", "hidden", "latent", "queries"].map((name) =>
    Number(config[name]),
  );
  const model = new Vpl({
    ...{ latentDimension: latent, setEncoder: "flat", encoderDepth: 3, encoderWidth: hidden },
    ...{ contextSize: set, decoderWidth: 1, decoderDepth: 1 },
  });
  const sizes = { users: 0, items: { rows: 2 * queries * set, features: d } };
  const of = (name: string) => Float32Array.from(arrayOf(parameters[name]).data);
  const encoder = [0, 2, 4].flatMap((i) => ["weight", "bias"].map((part) => `Encoder.model.${i}.${part}`));
  const known = new Map(encoder.map((name) => [name, of(name)]));
  for (const part of ["weight", "bias"])
    known.set(
      `Encoder.head.${part}`,
      Float32Array.of(...of(`Encoder.FC_mean.${part}`), ...of(`Encoder.FC_var.${part}`)),
    );
  for (const { name, shape } of model.parameters(sizes))
    if (!known.has(name)) known.set(name, new Float32Array(shape.reduce((a, b) => a * b, 1)));
  return new FittedModel({ model, sizes, parameters: known, users: [], engine });
}

const active: Compare = (given, engine): Compared => {
  const { config, inputs, outputs } = given;
  const [set, queries, latent] = ["set", "queries", "latent"].map((name) => Number(config[name]));
  const count = set * queries;
  const items = {
    ids: Array.from({ length: 2 * count }, (_, i) => `s${i}`),
    features: Float32Array.of(...arrayOf(inputs["s1"]).data, ...arrayOf(inputs["s2"]).data),
  };
  const left = Int32Array.from({ length: count }, (_, row) => row);
  const right = left.map((row) => count + row);
  const fitted = fittedOf(given, engine);
  const { released, leastEntropy } = valuesOfSets(fitted, { items, left, right }, set);
  const states = Array.from(statesOfFirst(fitted, { items, left, right }, set));
  const list = (name: string): readonly number[] => outputs[name] as unknown as readonly number[];
  return new Map([
    [
      "mean",
      {
        got: columns(states, 2 * latent, 0, latent),
        want: arrayOf(outputs["posterior_mean_of_query_0"]).data,
      },
    ],
    [
      "log variance",
      {
        got: columns(states, 2 * latent, latent, 2 * latent),
        want: arrayOf(outputs["posterior_log_var_of_query_0"]).data,
      },
    ],
    ["information gain", { got: released, want: list("information_gain") }],
    ["least entropy", { got: leastEntropy, want: list("minimum_entropy") }],
  ]);
};

function statesOfFirst(
  fitted: FittedModel,
  {
    items,
    left,
    right,
  }: {
    readonly items: { ids: string[]; features: Float32Array };
    readonly left: Int32Array;
    readonly right: Int32Array;
  },
  set: number,
): Float32Array {
  const patterns = 2 ** set;
  const rows = patterns * set;
  const numbers = Int32Array.from({ length: rows }, (_, row) => row % set);
  return fitted.inferAll({
    users: Array.from({ length: patterns }, (_, y) => `u${y}`),
    items,
    user: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / set)),
    left: numbers.map((row) => left[row]),
    right: numbers.map((row) => right[row]),
    label: Int8Array.from({ length: rows }, (_, row) => (((row / set) >> (row % set)) % 2 === 1 ? -1 : 1)),
    source: { name: "oracle", license: "MIT", sha256: "" },
  }).weights;
}

export const VPL_QUESTIONS = { "vpl-control-active": active };
