import { selectRows } from "../../src/data/index.js";
import type { Engine } from "../../src/engine/index.js";
import { modelClass } from "../../src/families/family.js";
import { lastHidden } from "../../src/families/amortized/decoder.js";
import { flowStep } from "../../src/families/spl/flow.js";
import { splFamily } from "../../src/families/spl/spl.js";
import { answersAndTargets, columns, widened } from "./answers-and-targets.js";
import {
  arrayOf,
  numberOf,
  type Compare,
  type Compared,
  type FamilyCase,
  type Stored,
} from "./family-case.js";
import { probe } from "./probe.js";

type Numbers = readonly number[];

/** Our names for the networks of one step of the flow, and theirs: a first layer reads [context, z]. */
function flowNames(ours: string, theirs: string) {
  return (["shift", "scale"] as const).flatMap((part) => {
    const net = `${theirs}${part === "shift" ? "mu_net" : "logs_net"}.layers`;
    const layers = [1, 2, 3].map((i) => [`${ours}.${part}.${2 * i}.weight`, `${net}.${i}.weight`] as const);
    const biases = [0, 1, 2, 3].map((i) => [`${ours}.${part}.${2 * i}.bias`, `${net}.${i}.bias`] as const);
    return part === "shift" ? layers : [...layers, ...biases];
  });
}

const FIRST = [
  ["shift", "mu_net"],
  ["scale", "logs_net"],
] as const;

const iaf: Compare = (given, engine): Compared => {
  const { config, inputs, parameters } = given;
  const d = Number(config["latent"]);
  const order = arrayOf(given.buffers?.["permutation"]).data;
  const contexts = { shift: Number(config["d_context"]), scale: Number(config["s_context"]) };
  const names = flowNames("Flow.0", "");
  const ours = new Map<string, Stored>([
    ...names.map(([our, their]) => [our, parameters[their]] as const),
    ...FIRST.flatMap(([part, net]) =>
      firstLayer(`Flow.0.${part}.0`, parameters[`${net}.layers.0.weight`], contexts[part], d),
    ),
    ...(["z", "d_context", "s_context"] as const).map((name) => [name, arrayOf(inputs[name])] as const),
  ]);
  const weights = Float32Array.from(arrayOf(inputs["probe"]).data);
  const rows = Number(config["batch"]);
  const { total, gradients } = probe(engine, rows, ours, ({ ops, p, pairs }) => {
    const [z, differences, sums] = ["z", "d_context", "s_context"].map((name) =>
      ops.rows(p.get(name), pairs.own),
    );
    const step = flowStep(ops, p, { z, differences, sums, index: 0, order });
    const probed = ops.multiply(step.z, ops.rows(ops.constant(rows, d, weights), pairs.own));
    return ops.add(ops.matmul(probed, ops.constant(d, 1, new Float32Array(d).fill(1))), step.logDeterminant);
  });
  const known = new Map<string, Numbers>([
    ...names.map(([our, their]) => [their, gradients.get(our) ?? []] as const),
    ...FIRST.map(
      ([part, net]) =>
        [`${net}.layers.0.weight`, joined(gradients, `Flow.0.${part}.0`, contexts[part], d)] as const,
    ),
    ["input.z", gradients.get("z") ?? []],
    ["input.d", gradients.get("d_context") ?? []],
    ["input.s", gradients.get("s_context") ?? []],
  ]);
  return compared(given, total, known);
};

function firstLayer(name: string, { shape: [rows], data }: Stored, context: number, d: number) {
  const width = context + d;
  return [
    [`${name}.context`, { shape: [rows, context], data: columns(data, width, 0, context) }] as const,
    [`${name}.latent`, { shape: [rows, d], data: columns(data, width, context, width) }] as const,
  ];
}

/** Rows of several matrices side by side. */
function joined(found: ReadonlyMap<string, Numbers>, name: string, context: number, d: number): number[] {
  return besideEachOther(
    [found.get(`${name}.context`) ?? [], context],
    [found.get(`${name}.latent`) ?? [], d],
  );
}

function besideEachOther(...parts: readonly (readonly [Numbers, number])[]): number[] {
  const rows = parts[0][0].length / parts[0][1];
  return Array.from({ length: rows }, (_, i) =>
    parts.flatMap(([values, width]) => values.slice(i * width, (i + 1) * width)),
  ).flat();
}

function compared(given: FamilyCase, total: number, known: ReadonlyMap<string, Numbers>): Compared {
  return new Map([
    ["total", { got: [total], want: [numberOf(given.loss_terms["total"])] }],
    ...Object.entries(given.gradients).map(
      ([name, { data }]) => [`gradient of ${name}`, { got: known.get(name) ?? [], want: data }] as const,
    ),
  ]);
}

/** Layers that have one name here and there. */
const SAME = [
  ["Encoder.model.0.bias", "pair_encoder._model.0.bias"],
  ...[2, 4].flatMap((i) => both(`Encoder.model.${i}`, `pair_encoder._model.${i}`)),
  ...["query", "value"].flatMap((role) => both(`Encoder.attention.${role}`, `sequence_encoder.w_${role[0]}`)),
  ["Encoder.attention.key.weight", "sequence_encoder.w_k.weight"] as const,
  ...decoderNames("decoder."),
] as const;

function both(ours: string, theirs: string): (readonly [string, string])[] {
  return ["weight", "bias"].map((part) => [`${ours}.${part}`, `${theirs}.${part}`] as const);
}

function decoderNames(prefix: string): (readonly [string, string])[] {
  return [
    ["Decoder.model.0.bias", `${prefix}linear1.bias`],
    ...both("Decoder.model.2", `${prefix}linear2`),
    ...both("Decoder.film.0", `${prefix}film_mlp.0`),
    ...both("Decoder.film.2", `${prefix}film_mlp.2`),
    ["Decoder.model.4.weight", `${prefix}out.weight`],
  ];
}

/** Widths of the embeddings that are read and that are scored, and of the latent; how many steps the flow has. */
function sizesOf(config: FamilyCase["config"]): Record<"read" | "scored" | "latent" | "flows", number> {
  const { encoder_embed: read, decoder_embed: scored, latent, flows } = config as Record<string, number>;
  return { read, scored, latent, flows };
}

function parametersOf({ parameters, config }: FamilyCase): Map<string, Float32Array> {
  const { read, scored, latent, flows } = sizesOf(config);
  const of = (name: string): Numbers => arrayOf(parameters[name]).data;
  const linear = of("decoder.linear1.weight");
  const ours: (readonly [string, Numbers])[] = [
    ...SAME.map(([our, their]) => [our, of(their)] as const),
    ["Encoder.model.0.item", widened(of("pair_encoder._model.0.weight"), read, 0, scored)],
    [
      "Encoder.head.weight",
      [...of("sequence_encoder.mean_layer.weight"), ...of("sequence_encoder.log_var_layer.weight")],
    ],
    [
      "Encoder.head.bias",
      [...of("sequence_encoder.mean_layer.bias"), ...of("sequence_encoder.log_var_layer.bias")],
    ],
    ["Decoder.model.0.item", widened(columns(linear, scored + latent, 0, scored), scored, read, 0)],
    ["Decoder.model.0.latent", columns(linear, scored + latent, scored, scored + latent)],
    ...Array.from({ length: flows }, (_, i) => [
      ...flowNames(`Flow.${i}`, `iaf_flows.${i}.`).map(([our, their]) => [our, of(their)] as const),
      ...FIRST.flatMap(([part, net]) =>
        firstLayer(
          `Flow.${i}.${part}.0`,
          parameters[`iaf_flows.${i}.${net}.layers.0.weight`],
          latent / 2,
          latent,
        ),
      ).map(([name, { data }]) => [name, data] as const),
    ]).flat(),
  ];
  return new Map(ours.map(([name, values]) => [name, Float32Array.from(values)]));
}

function gradientsOf({ config }: FamilyCase, found: ReadonlyMap<string, Numbers>): Map<string, Numbers> {
  const { read, scored, latent, flows } = sizesOf(config);
  const of = (name: string): Numbers => found.get(name) ?? [];
  const width = read + scored;
  const [head, bias] = [of("Encoder.head.weight"), of("Encoder.head.bias")];
  const first = columns(of("Decoder.model.0.item"), width, read, width);
  return new Map<string, Numbers>([
    ...SAME.map(([our, their]) => [their, of(our)] as const),
    ["pair_encoder._model.0.weight", columns(of("Encoder.model.0.item"), width, 0, read)],
    ["sequence_encoder.mean_layer.weight", head.slice(0, head.length / 2)],
    ["sequence_encoder.log_var_layer.weight", head.slice(head.length / 2)],
    ["sequence_encoder.mean_layer.bias", bias.slice(0, latent)],
    ["sequence_encoder.log_var_layer.bias", bias.slice(latent)],
    ["decoder.linear1.weight", besideEachOther([first, scored], [of("Decoder.model.0.latent"), latent])],
    ["decoder.out.bias", [0]],
    ["sequence_encoder.w_k.bias", new Array<number>(latent).fill(0)],
    ...Array.from({ length: flows }, (_, i) => [
      ...flowNames(`Flow.${i}`, `iaf_flows.${i}.`).map(([our, their]) => [their, of(our)] as const),
      ...FIRST.map(
        ([part, net]) =>
          [
            `iaf_flows.${i}.${net}.layers.0.weight`,
            joined(found, `Flow.${i}.${part}.0`, latent / 2, latent),
          ] as const,
      ),
    ]).flat(),
  ]);
}

function compute(
  given: FamilyCase,
  engine: Engine,
  weights: { readonly klWeight: number; readonly guidingWeight: number },
) {
  const { config, inputs } = given;
  const permutations = given.buffers?.["permutations"] as readonly Stored[];
  const Spl = modelClass(splFamily((step) => permutations[step].data));
  const width = Number(config["hidden"]);
  const model = new Spl({
    ...{ latentDimension: Number(config["latent"]), flows: Number(config["flows"]), targetSize: 1 },
    ...{ encoderWidth: width, decoderWidth: width, ...weights },
  });
  const { data, targets } = answersAndTargets(given);
  const parameters = parametersOf(given);
  const noise = "eps" in inputs ? { noise: Float32Array.from(arrayOf(inputs["eps"]).data) } : {};
  const found = engine.lossAndGradients(model, parameters, data, { targets, ...noise });
  const answers = Int32Array.from({ length: targets[0] }, (_, row) => row);
  const states = Array.from(engine.states(model, parameters, selectRows(data, answers)));
  return { found, states };
}

const spl: Compare = (given, engine): Compared => {
  const { config, outputs, loss_terms: terms } = given;
  const d = Number(config["latent"]);
  const klWeight = Number(config["kl_weight"]) * numberOf(terms["annealing_factor"]);
  const guidingWeight = Number(config["guiding_weight"]);
  const { found, states } = compute(given, engine, { klWeight, guidingWeight });
  const loss = (weights: Parameters<typeof compute>[2]): number => compute(given, engine, weights).found.loss;
  const alone = loss({ klWeight: 0, guidingWeight: 0 });
  const part = (from: number, to: number): number[] => columns(states, 3 * d + 1, from, to);
  const rewards = ["reward_chosen", "reward_rejected"].map((name) => arrayOf(outputs[name]).data);
  const known = gradientsOf(
    given,
    new Map([...found.gradients].map(([name, values]) => [name, Array.from(values)])),
  );
  return new Map([
    ["mean", { got: part(0, d), want: arrayOf(outputs["posterior_mean"]).data }],
    ["log variance", { got: part(d, 2 * d), want: arrayOf(outputs["posterior_log_var"]).data }],
    ["differences", { got: part(2 * d, 2.5 * d), want: arrayOf(outputs["d_context"]).data }],
    ["sums", { got: part(2.5 * d, 3 * d), want: arrayOf(outputs["s_context"]).data }],
    ["scores", { got: found.scores, want: rewards[0].map((value, i) => value - rewards[1][i]) }],
    ["reconstruction", { got: [alone], want: [numberOf(terms["reconstruction"])] }],
    ["kl", { got: [loss({ klWeight: 1, guidingWeight: 0 }) - alone], want: [numberOf(terms["kl"])] }],
    [
      "guide",
      { got: [loss({ klWeight: 0, guidingWeight: 1 }) - alone], want: [numberOf(terms["swap_guide"])] },
    ],
    ...compared(given, found.loss, known),
  ]);
};

const film: Compare = (given, engine): Compared => {
  const { config, parameters } = given;
  const { batch, d, latent, hidden } = config as { readonly [name: string]: number };
  const names = decoderNames("");
  const first = parameters["linear1.weight"];
  const ours = new Map<string, Stored>([
    ...names.map(([our, their]) => [our, parameters[their]] as const),
    ["Decoder.model.0.item", { shape: [first.shape[0], d], data: columns(first.data, d + latent, 0, d) }],
    [
      "Decoder.model.0.latent",
      { shape: [first.shape[0], latent], data: columns(first.data, d + latent, d, d + latent) },
    ],
    ["x", arrayOf(given.inputs["x"])],
    ["z", arrayOf(given.inputs["z"])],
    ["out.bias", parameters["out.bias"]],
  ]);
  const weights = Float32Array.from(arrayOf(given.inputs["probe"]).data);
  const { total, gradients } = probe(engine, batch, ours, (inputs) => {
    const { ops, p, pairs } = inputs;
    const own = (name: string) => ops.rows(p.get(name), pairs.own);
    const settings = {
      latentDimension: latent,
      decoder: "film",
      decoderWidth: hidden,
      decoderDepth: 2,
      steps: 1,
    } as const;
    const items = { features: own("x"), rows: pairs.own, left: pairs.own, right: pairs.own };
    const users = { rows: pairs.own, of: pairs.own };
    const asked = { ...inputs, pairs: { ...pairs, items, users, contexts: undefined } };
    const h = lastHidden(asked, own("z"), settings)(pairs.own);
    const reward = ops.matmul(h, p.get("Decoder.model.4.weight"), "transposed");
    const biased = ops.bias(reward, p.get("out.bias"));
    return ops.multiply(biased, ops.rows(ops.constant(batch, 1, weights), pairs.own));
  });
  const of = (name: string): Numbers => gradients.get(name) ?? [];
  const known = new Map<string, Numbers>([
    ...names.map(([our, their]) => [their, of(our)] as const),
    [
      "linear1.weight",
      besideEachOther([of("Decoder.model.0.item"), d], [of("Decoder.model.0.latent"), latent]),
    ],
    ["out.bias", of("out.bias")],
    ["input.x", of("x")],
    ["input.z", of("z")],
  ]);
  return compared(given, total, known);
};

export const SPL = { "spl-iaf": iaf, "spl-film": film, "spl-train": spl, "spl-eval": spl };
