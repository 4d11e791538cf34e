import type { PreferenceData } from "../../src/data/index.js";
import type { Engine } from "../../src/engine/index.js";
import { Vpl, type Parameters } from "../../src/families/index.js";
import { FittedModel } from "../../src/train/index.js";
import { spoReward } from "../../src/train/spo-reward.js";
import { arrayOf, numberOf, type Compare, type Compared, type FamilyCase } from "./family-case.js";

type Numbers = readonly number[];

/** Each set is a user, who is asked about its pairs in order; y = 1: the first is preferred, which is our left. */
function comparisons({ config, inputs }: FamilyCase): PreferenceData {
  const [sets, each] = [Number(config["batch"]), Number(config["set"])];
  const count = sets * each;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const features = [...arrayOf(inputs["s1"]).data, ...arrayOf(inputs["s2"]).data];
  return {
    users: Array.from({ length: sets }, (_, i) => `u${i}`),
    items: {
      ids: Array.from({ length: 2 * count }, (_, i) => `s${i}`),
      features: Float32Array.from(features),
    },
    user: rows.map((row) => Math.floor(row / each)),
    left: rows,
    right: rows.map((row) => count + row),
    label: Int8Array.from(arrayOf(inputs["y"]).data, (y) => (y === 1 ? -1 : 1)),
    source: { name: "oracle", license: "MIT", sha256: "" },
  };
}

/** Columns from … to - 1 of a matrix, row-major. */
function columns(data: Numbers, width: number, from: number, to: number): number[] {
  return data.filter((_, i) => i % width >= from && i % width < to);
}

/** Their names for what is ours under the same name. */
const SAME = [
  ...["Encoder.model.0", "Encoder.model.2", "Encoder.model.4"].flatMap((name) => [
    `${name}.weight`,
    `${name}.bias`,
  ]),
  ...["Decoder.model.2", "Decoder.model.4"].flatMap((name) => [`${name}.weight`, `${name}.bias`]),
  "Decoder.model.0.bias",
];

/** Their names for the parameters of a flow, and ours. */
function flowNames({ parameters }: FamilyCase): (readonly [our: string, their: string])[] {
  return Object.keys(parameters)
    .filter((name) => name.startsWith("flow."))
    .map((name) => [name.replace("flow.flow", "Flow"), name]);
}

/** Our parameters from theirs: a posterior is ours relative to the prior, and the last bias of the decoder cancels. */
function parametersOf(given: FamilyCase): Parameters {
  const { parameters, config } = given;
  const { d, latent, reward_scaling: scaling } = config as { readonly [name: string]: number };
  const of = (name: string): Numbers => arrayOf(parameters[name]).data;
  const first = of("Decoder.model.0.weight");
  const width = first.length / Number(config["hidden"]);
  const part = (from: number, to: number): Numbers => columns(first, width, from, to);
  const prior = "mean" in parameters ? [...of("mean"), ...of("log_var")] : undefined;
  const bias = [...of("Encoder.FC_mean.bias"), ...of("Encoder.FC_var.bias")];
  const ours: [string, Numbers][] = [
    ...SAME.map((name): [string, Numbers] => [name, of(name)]),
    ["Encoder.head.weight", [...of("Encoder.FC_mean.weight"), ...of("Encoder.FC_var.weight")]],
    ["Encoder.head.bias", bias.map((value, j) => value - (prior?.[j] ?? 0))],
    ["Decoder.model.6.weight", of("Decoder.model.6.weight").map((value) => value / scaling)],
    ["Decoder.model.0.item", part(0, d)],
    ["Decoder.model.0.other", part(d, width - latent)],
    ["Decoder.model.0.latent", part(width - latent, width)],
    ["Decoder.model.6.bias", of("Decoder.model.6.bias")],
    ...flowNames(given).map(([our, their]): [string, Numbers] => [our, of(their)]),
    ...(prior === undefined ? [] : [["prior", prior] satisfies [string, Numbers]]),
  ];
  return new Map(ours.map(([name, values]) => [name, Float32Array.from(values)]));
}

function modelOf(given: FamilyCase, klWeight: number): Vpl {
  const { config, parameters } = given;
  const [each, hidden] = [Number(config["set"]), Number(config["hidden"])];
  const flowSteps = flowNames(given).length / 3;
  return new Vpl({
    ...{ latentDimension: Number(config["latent"]), encoderWidth: hidden, decoderWidth: hidden },
    ...{ setEncoder: "flat", encoderDepth: 3, decoderDepth: 3, contextSize: each, targetSize: each },
    steps: Number(config["segment"]),
    decoder: given.model === "vpl-control-spo" ? "classifier" : "mlp",
    ...(flowSteps > 0 ? { flow: "released", flowSteps } : {}),
    ...{ prior: "mean" in parameters ? "learned" : "standard", klWeight: 2 * klWeight },
  });
}

/** Sums over the batch where ours are means of answers, and twice the divergence. */
function compute(given: FamilyCase, engine: Engine, klWeight: number) {
  const model = modelOf(given, klWeight);
  const data = comparisons(given);
  const ours = parametersOf(given);
  const noise = Float32Array.from(arrayOf(given.inputs["eps"]).data);
  const found = engine.lossAndGradients(model, ours, data, { noise });
  const count = data.user.length;
  const gradients = new Map(
    [...found.gradients].map(([name, values]) => [name, Array.from(values, (value) => value * count)]),
  );
  return {
    loss: found.loss * count,
    scores: found.scores,
    gradients,
    states: engine.states(model, ours, data),
  };
}

/** Our gradients by their names. */
function gradientsOf(given: FamilyCase, ours: ReadonlyMap<string, Numbers>) {
  const { config, gradients: theirs } = given;
  const { hidden, latent, reward_scaling: scaling } = config as { readonly [name: string]: number };
  const of = (name: string): Numbers => ours.get(name) ?? [];
  const [head, bias] = [of("Encoder.head.weight"), of("Encoder.head.bias")];
  // what moves our prior moves the posterior with it
  const prior = of("prior").map((value, j) => value - bias[j]);
  const first = Array.from({ length: hidden }, (_, i) =>
    ["item", "other", "latent"].flatMap((name) => {
      const part = of(`Decoder.model.0.${name}`);
      return part.slice((i * part.length) / hidden, ((i + 1) * part.length) / hidden);
    }),
  ).flat();
  const split = latent * hidden;
  const known = new Map<string, Numbers>([
    ...SAME.map((name): [string, Numbers] => [name, of(name)]),
    ["Encoder.FC_mean.weight", head.slice(0, split)],
    ["Encoder.FC_var.weight", head.slice(split)],
    ["Encoder.FC_mean.bias", bias.slice(0, latent)],
    ["Encoder.FC_var.bias", bias.slice(latent)],
    ["Decoder.model.0.weight", first],
    ["Decoder.model.6.weight", of("Decoder.model.6.weight").map((value) => value / scaling)],
    ["mean", prior.slice(0, latent)],
    ["log_var", prior.slice(latent)],
    ["Decoder.model.6.bias", ours.get("Decoder.model.6.bias") ?? [0]],
    ...flowNames(given).map(([our, their]): [string, Numbers] => [their, of(our)]),
  ]);
  return Object.entries(theirs).map(([name, { data }]) => {
    return [`gradient of ${name}`, { got: known.get(name) ?? [], want: data }] as const;
  });
}

/** The weight from step to step, which starts anew after a rise; their logistic shape is none of ours. */
function schedule({ config, outputs }: FamilyCase): [string, { got: Numbers; want: Numbers }][] {
  if (config["annealer_shape"] !== "cosine") return [];
  const [klWarmup, klBaseline] = ["total_steps", "baseline"].map((name) =>
    Number(config[`annealer_${name}`]),
  );
  const model = new Vpl({ klSchedule: "cyclic", klWarmup, klBaseline });
  const want = outputs["schedule"] as unknown as Numbers;
  return [["schedule", { got: want.map((_, pass) => model.penaltyFactor(pass)), want }]];
}

const control: Compare = (given, engine): Compared => {
  const { config, outputs, loss_terms: terms } = given;
  const latent = Number(config["latent"]);
  const weight = numberOf(terms["kl_weight_used"]);
  const whole = compute(given, engine, weight);
  const alone = compute(given, engine, 0);
  const states = Array.from(whole.states);
  const flow = numberOf(terms["minus_sum_log_det"] ?? 0);
  return new Map([
    ...schedule(given),
    ["mean", { got: columns(states, 2 * latent, 0, latent), want: arrayOf(outputs["posterior_mean"]).data }],
    [
      "log variance",
      {
        got: columns(states, 2 * latent, latent, 2 * latent),
        want: arrayOf(outputs["posterior_log_var"]).data,
      },
    ],
    [
      "probability of the first",
      {
        got: Array.from(whole.scores, (s) => 1 / (1 + Math.exp(s))),
        want: arrayOf(outputs["probability"]).data,
      },
    ],
    ["reconstruction", { got: [alone.loss - flow], want: [numberOf(terms["reconstruction"])] }],
    ["kl", { got: [(whole.loss - alone.loss) / weight], want: [numberOf(terms["kl"])] }],
    ["total", { got: [whole.loss], want: [numberOf(terms["total"])] }],
    ...gradientsOf(given, whole.gradients),
  ]);
};

/** The mean probability of each query over states that it is compared with, under its own z. */
const spo: Compare = (given, engine): Compared => {
  const { config, inputs, outputs } = given;
  const of = (name: string): Numbers => arrayOf(inputs[name]).data;
  const [d, latent] = [Number(config["d"]), Number(config["latent"])];
  const [queries, others] = ["query_states", "comparison_states"].map((name) => of(name).length / d);
  const items = {
    ids: Array.from({ length: queries + others }, (_, i) => `s${i}`),
    features: Float32Array.from([...of("query_states"), ...of("comparison_states")]),
  };
  const sizes = { users: 0, items: { rows: queries + others, features: d } };
  const parts = { model: modelOf(given, 1), sizes, parameters: parametersOf(given), users: [], engine };
  const fitted = new FittedModel(parts);
  const against = Int32Array.from({ length: others }, (_, j) => queries + j);
  const got = Array.from({ length: queries }, (_, i) => {
    const weights = new Float32Array(2 * latent);
    weights.set(of("query_z").slice(i * latent, (i + 1) * latent));
    return spoReward(fitted, { weights }, items, { against })[i];
  });
  return new Map([
    ...control(given, engine),
    ["spo reward", { got, want: arrayOf(outputs["spo_reward"]).data }],
  ]);
};

export const VPL = {
  "vpl-control-standard": control,
  "vpl-control-learned": control,
  "vpl-control-annealed": control,
  "vpl-control-flow": control,
  "vpl-control-spo": spo,
};
