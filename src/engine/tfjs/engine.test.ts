import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { randomStream, type RandomStream } from "../../core/index.js";
import { selectRows, type PreferenceData } from "../../data/index.js";
import { CASES, randomParameters, smallWorld } from "../../families/fixtures/index.js";
import { dataSizes, PalA, PalB, type Parameters, type RowMap } from "../../families/index.js";
import type { Engine, Judges, LearningRates, TrainerOptions } from "../engine.js";
import { loadEngine } from "../index.js";
import { LOADERS } from "./backends.js";
import { TensorOps } from "./tensor-ops.js";
import { compute, floatsOf } from "./tensorflow.js";

type Numbers = ArrayLike<number>;

/** The engines' agreement: 1e-5 relative to the largest number of its kind, 1e-6 absolute. */
function agree(what: string, got: Numbers | undefined, expected: Numbers, largest = sizeOf(expected)): void {
  Array.from(expected).forEach((value, i) => {
    const difference = Math.abs((got?.[i] ?? NaN) - value);
    if (!(difference <= 1e-6 + 1e-5 * largest)) expect.fail(`${what}[${i}]: ${got?.[i]}, not ${value}`);
  });
}

/** The gradient of a bias sums terms as large as those of the weights beside it, and where f is linear they cancel. */
function agreeOnGradients(got: Parameters, expected: Parameters): void {
  expect([...got.keys()]).toEqual([...expected.keys()]);
  for (const [name, values] of expected) {
    const beside = expected.get(name.replace(/\.bias$/, ".weight")) ?? values;
    agree(name, got.get(name), values, Math.max(sizeOf(values), sizeOf(beside)));
  }
}

function sizeOf(values: Numbers): number {
  return Math.max(...Array.from(values, Math.abs));
}

const all = Object.entries(CASES).flatMap(([kind, cases]) => cases.map((entry) => ({ kind, ...entry })));
const rate = { rate: 0.01, decay: 0.02 };
const RATES: LearningRates = {
  projector: rate,
  prototypes: rate,
  weights: rate,
  logitScale: rate,
  tables: rate,
};
const OPTIONS: TrainerOptions = { seed: 3, batchSize: 4, optimizer: "adam", learningRates: RATES };

function trained(engine: Engine, model: PalA | PalB, data: PreferenceData, options: TrainerOptions) {
  const trainer = engine.createTrainer(model, data, options);
  const start = trainer.snapshot();
  const losses = Array.from({ length: 5 }, () => trainer.epoch());
  const end = trainer.snapshot();
  trainer.dispose();
  return { start, losses, end };
}

describe.each(["tfjs-cpu", "tfjs-wasm"] as const)("%s and our own engine", (name) => {
  test.each(all)("agree on $kind $name: scores, loss and every gradient", async ({ model, data }) => {
    const [wasm, tfjs] = [await loadEngine(), await loadEngine(name)];
    const parameters = randomParameters(model, data);
    const [expected, got] = [wasm, tfjs].map((engine) => engine.lossAndGradients(model, parameters, data));
    agree("score", got.scores, expected.scores);
    agree("loss", [got.loss], [expected.loss]);
    agreeOnGradients(got.gradients, expected.gradients);
    const k = model.user.width(dataSizes(data, data.users.length));
    const states = Float32Array.from({ length: 3 * k }, (_, i) => (i % k === Math.floor(i / k) % k ? 1 : 0));
    const judges: Judges = { user: data.user, states };
    agree(
      "score by others",
      tfjs.scores(model, parameters, data, judges),
      wasm.scores(model, parameters, data, judges),
    );
  });

  test("start alike, meet the comparisons in the same order, and train alike", async () => {
    const [wasm, tfjs] = [await loadEngine(), await loadEngine(name)];
    const data = smallWorld({ items: 4, contexts: 3, weighted: true });
    // without biases: the gradient of one that cancels is rounding alone, and Adam's step is its sign
    const architecture = "mlp1-gelu-dropout0-nobias";
    for (const model of [
      new PalA({ k: 2, latentDimension: 3, architecture, loss: "logistic", distance: "plain" }),
      new PalB({ k: 2, latentDimension: 3, architecture, head: "scaled-cosine" }),
    ])
      for (const optimizer of ["adam", "adamw"] as const)
        for (const trainable of [undefined, ["weights" as const]]) {
          const options = { ...OPTIONS, optimizer, ...(trainable === undefined ? {} : { trainable }) };
          const [expected, got] = [wasm, tfjs].map((engine) => trained(engine, model, data, options));
          expect(got.start).toEqual(expected.start);
          got.losses.forEach((loss, epoch) =>
            expect(Math.abs(loss - expected.losses[epoch])).toBeLessThan(1e-4),
          );
          for (const [key, values] of expected.end) {
            values.forEach((value, i) => {
              expect(Math.abs((got.end.get(key)?.[i] ?? NaN) - value), `${key}[${i}]`).toBeLessThan(1e-3);
            });
          }
        }
  });

  test("agree on data of more rows than are computed at once", async () => {
    const [wasm, tfjs] = [await loadEngine(), await loadEngine(name)];
    const small = smallWorld({ items: 4, weighted: true });
    const data = selectRows(
      small,
      Int32Array.from({ length: 2500 }, (_, i) => (7 * i) % 11),
    );
    const model = new PalA({ k: 2, latentDimension: 3 });
    const parameters = randomParameters(model, data);
    const [expected, got] = [wasm, tfjs].map((engine) => engine.lossAndGradients(model, parameters, data));
    agree("score", got.scores, expected.scores);
    agree("loss", [got.loss], [expected.loss]);
    agreeOnGradients(got.gradients, expected.gradients);
    const judges = { user: data.user, states: Float32Array.of(1, 0, 0, 1, 0.5, 0.5) };
    agree(
      "score",
      tfjs.scores(model, parameters, data, judges),
      wasm.scores(model, parameters, data, judges),
    );
  });

  test("agree on latent vectors of a map", async () => {
    const [wasm, tfjs] = [await loadEngine(), await loadEngine(name)];
    const data = smallWorld({ items: 4, contexts: 3 });
    const model = new PalB({ k: 2, latentDimension: 3, architecture: "mlp1-relu-dropout0" });
    const parameters = randomParameters(model, data);
    const specs = model.parameters(dataSizes(data, 3));
    const map: RowMap = (ops, p, x) => {
      const weight = p.get("user_learner.projectors.1.mlp.layers.0.weight");
      const bias = p.get("user_learner.projectors.1.mlp.layers.0.bias");
      return ops.hidden(ops.matmul(x, weight, "transposed"), { bias, activation: "gelu", dropout: 0 });
    };
    const features = Float32Array.of(1, -2, 0.5, 0.25, 3, -1);
    const [expected, got] = [wasm, tfjs].map((engine) =>
      engine.apply(map, { specs, parameters }, { features, columns: 3 }),
    );
    expect(got).toHaveLength(6);
    agree("latent", got, expected);
  });

  test("keep no tensor once a trainer is disposed and a call has answered", async () => {
    const engine = await loadEngine(name);
    const data = smallWorld({ items: 4, contexts: 3 });
    const model = new PalB({
      k: 2,
      latentDimension: 3,
      architecture: "mlp1-gelu-dropout5",
      head: "scaled-cosine",
    });
    const parameters = randomParameters(model, data);
    const { numTensors } = tf.memory();
    engine.lossAndGradients(model, parameters, data);
    engine.scores(model, parameters, data, { user: data.user, states: new Float32Array(6).fill(0.5) });
    const specs = model.parameters(dataSizes(data, 3));
    const map: RowMap = (ops, p, x) =>
      ops.matmul(x, p.get("item_learner.projector.mlp.layers.0.weight"), "transposed");
    engine.apply(map, { specs, parameters }, { features: new Float32Array(8), columns: 4 });
    expect(() => engine.lossAndGradients(model, new Map(), data)).toThrow("is missing");
    expect(tf.memory().numTensors).toBe(numTensors);
    const trainer = engine.createTrainer(model, data, OPTIONS);
    const held = tf.memory().numTensors;
    for (let epoch = 0; epoch < 3; epoch++) trainer.epoch();
    trainer.snapshot();
    expect(tf.memory().numTensors).toBe(held);
    trainer.dispose();
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(() => trainer.epoch()).toThrow("internal: the trainer was disposed");
  });
});

test("dropout drops its share of hidden units in training alone, and what is kept grows by as much", async () => {
  const backend = await LOADERS["tfjs-cpu"]();
  const ones = new Float32Array(2000).fill(1);
  const outputs = (dropout?: RandomStream): Float32Array =>
    compute(backend, () => {
      const x = tf.tensor2d(ones, [200, 10]);
      return floatsOf(new TensorOps(backend.tf, dropout).hidden(x, { activation: "linear", dropout: 0.2 }));
    });
  expect(outputs()).toEqual(ones);
  for (const seed of [1, 2, 3, 4, 5]) {
    const dropped = outputs(randomStream(seed));
    expect(new Set(dropped)).toEqual(new Set([0, 1.25]));
    // of 2000 draws at 0.2: four standard deviations are 0.036
    expect(Math.abs(dropped.filter((value) => value === 0).length / 2000 - 0.2), `seed ${seed}`).toBeLessThan(
      0.036,
    );
    expect(outputs(randomStream(seed))).toEqual(dropped);
  }
});

test("two backends compute side by side", async () => {
  const [cpu, wasm] = [await loadEngine("tfjs-cpu"), await loadEngine("tfjs-wasm")];
  const data = smallWorld({ items: 4 });
  const model = new PalA({ k: 2, latentDimension: 3 });
  const [one, other] = [cpu, wasm].map((engine) => engine.createTrainer(model, data, OPTIONS));
  for (let epoch = 0; epoch < 3; epoch++) expect(Math.abs(one.epoch() - other.epoch())).toBeLessThan(1e-5);
  for (const [key, values] of one.snapshot()) agree(key, other.snapshot().get(key), values);
  one.dispose();
  other.dispose();
});
