import { selectRows } from "../../src/data/index.js";
import type { Engine } from "../../src/engine/index.js";
import { Vpl } from "../../src/families/index.js";
import { answersAndTargets, columns, widened } from "./answers-and-targets.js";
import { arrayOf, numberOf, type Compare, type Compared, type FamilyCase } from "./family-case.js";

type Numbers = readonly number[];

function both(ours: string, theirs: string): (readonly [string, string])[] {
  return ["weight", "bias"].map((part) => [`${ours}.${part}`, `${theirs}.${part}`] as const);
}

/** What has one name here and there. */
const SAME: readonly (readonly [string, string])[] = [
  ["Encoder.model.0.bias", "pair_encoder._model.0.bias"],
  ...[2, 4].flatMap((i) => both(`Encoder.model.${i}`, `pair_encoder._model.${i}`)),
  ...["query", "value"].flatMap((role) => both(`Encoder.attention.${role}`, `sequence_encoder.w_${role[0]}`)),
  ["Encoder.attention.key.weight", "sequence_encoder.w_k.weight"],
  ["Decoder.model.0.bias", "decoder._model.0.bias"],
  ...both("Decoder.model.2", "decoder._model.2"),
  ["Decoder.model.4.weight", "decoder._model.4.weight"],
];

function parametersOf({ parameters, config }: FamilyCase): Map<string, Float32Array> {
  const {
    encoder_embed: read,
    decoder_embed: scored,
    latent,
  } = config as { readonly [name: string]: number };
  const of = (name: string): Numbers => arrayOf(parameters[name]).data;
  const [pair, first] = [of("pair_encoder._model.0.weight"), of("decoder._model.0.weight")];
  const half = (from: number): Numbers =>
    widened(columns(pair, 2 * read, from, from + read), read, 0, scored);
  const heads = (part: string): Numbers =>
    ["mean", "log_var"].flatMap((name) => of(`sequence_encoder.${name}_layer.${part}`));
  const ours: (readonly [string, Numbers])[] = [
    ...SAME.map(([our, their]) => [our, of(their)] as const),
    ["Encoder.model.0.chosen", half(0)],
    ["Encoder.model.0.rejected", half(read)],
    ["Encoder.head.weight", heads("weight")],
    ["Encoder.head.bias", heads("bias")],
    ["Decoder.model.0.item", widened(columns(first, scored + latent, 0, scored), scored, read, 0)],
    ["Decoder.model.0.latent", columns(first, scored + latent, scored, scored + latent)],
  ];
  return new Map(ours.map(([name, values]) => [name, Float32Array.from(values)]));
}

function gradientsOf(
  { config }: FamilyCase,
  found: ReadonlyMap<string, ArrayLike<number>>,
): Map<string, Numbers> {
  const {
    encoder_embed: read,
    decoder_embed: scored,
    latent,
  } = config as { readonly [name: string]: number };
  const of = (name: string): Numbers => Array.from(found.get(name) ?? []);
  const width = read + scored;
  const beside = (x: Numbers, columnsOfX: number, y: Numbers, columnsOfY: number): number[] =>
    Array.from({ length: x.length / columnsOfX }, (_, i) => [
      ...x.slice(i * columnsOfX, (i + 1) * columnsOfX),
      ...y.slice(i * columnsOfY, (i + 1) * columnsOfY),
    ]).flat();
  const readOf = (name: string): Numbers => columns(of(name), width, 0, read);
  const item = columns(of("Decoder.model.0.item"), width, read, width);
  const [head, bias] = [of("Encoder.head.weight"), of("Encoder.head.bias")];
  return new Map<string, Numbers>([
    ...SAME.map(([our, their]) => [their, of(our)] as const),
    [
      "pair_encoder._model.0.weight",
      beside(readOf("Encoder.model.0.chosen"), read, readOf("Encoder.model.0.rejected"), read),
    ],
    ["decoder._model.0.weight", beside(item, scored, of("Decoder.model.0.latent"), latent)],
    ["sequence_encoder.mean_layer.weight", head.slice(0, head.length / 2)],
    ["sequence_encoder.log_var_layer.weight", head.slice(head.length / 2)],
    ["sequence_encoder.mean_layer.bias", bias.slice(0, latent)],
    ["sequence_encoder.log_var_layer.bias", bias.slice(latent)],
    ["sequence_encoder.w_k.bias", new Array<number>(latent).fill(0)],
    ["decoder._model.4.bias", [0]],
  ]);
}

/** As they evaluate z is the mean, kept within -1 … 1; as they train it is drawn, and brought to its length. */
function compute(given: FamilyCase, engine: Engine, klWeight: number) {
  const { latent, hidden } = given.config as { readonly [name: string]: number };
  const model = new Vpl({
    ...{ latentDimension: latent, encoderWidth: hidden, decoderWidth: hidden, targetSize: 1 },
    ...{ setEncoder: "attention", latentLength: "released", klWeight },
    // of the conventions: cosine, 10000 steps, baseline .1
    ...{ klSchedule: given.config["annealing"] === true ? "cyclic" : "constant", klWarmup: 10_000 },
    klBaseline: 0.1,
  });
  const { data, targets } = answersAndTargets(given);
  const parameters = parametersOf(given);
  const noise = "eps" in given.inputs ? { noise: Float32Array.from(arrayOf(given.inputs["eps"]).data) } : {};
  const found = engine.lossAndGradients(model, parameters, data, { targets, ...noise });
  const answers = Int32Array.from({ length: targets[0] }, (_, row) => row);
  return { model, found, states: engine.states(model, parameters, selectRows(data, answers)) };
}

const language: Compare = (given, engine): Compared => {
  const { config, outputs, loss_terms: terms } = given;
  const d = Number(config["latent"]);
  const weight = Number(config["kl_weight"]) * numberOf(terms["annealing_factor"]);
  const { model, found, states } = compute(given, engine, weight);
  const factor = model.penaltyFactor(Number(config["annealer_step"]));
  const alone = compute(given, engine, 0).found.loss;
  const rewards = ["reward_chosen", "reward_rejected"].map((name) => arrayOf(outputs[name]).data);
  const known = gradientsOf(given, found.gradients);
  return new Map([
    ["schedule", { got: [factor], want: [numberOf(terms["annealing_factor"])] }],
    ["mean", { got: columns(states, 2 * d, 0, d), want: arrayOf(outputs["posterior_mean"]).data }],
    [
      "log variance",
      { got: columns(states, 2 * d, d, 2 * d), want: arrayOf(outputs["posterior_log_var"]).data },
    ],
    ["scores", { got: Array.from(found.scores), want: rewards[0].map((value, i) => value - rewards[1][i]) }],
    ["reconstruction", { got: [alone], want: [numberOf(terms["reconstruction"])] }],
    ["kl", { got: [compute(given, engine, 1).found.loss - alone], want: [numberOf(terms["kl"])] }],
    ["total", { got: [found.loss], want: [numberOf(terms["total"])] }],
    ...Object.entries(given.gradients).map(
      ([name, { data }]) => [`gradient of ${name}`, { got: known.get(name) ?? [], want: data }] as const,
    ),
  ]);
};

export const VPL_LANGUAGE = { "vpl-llm-eval": language, "vpl-llm-train": language };
