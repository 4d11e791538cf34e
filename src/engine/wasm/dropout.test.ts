import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import { randomParameters, smallWorld } from "../../families/fixtures/index.js";
import { PalA } from "../../families/index.js";
import { compile, fixed, Trace, type Node } from "../../graph/index.js";
import type { Activation } from "../../graph/index.js";
import { BoundPlan } from "./bound-plan.js";
import { WasmEngine } from "./engine.js";
import { BUILDS, createRuntime } from "./fixtures/builds.js";
import { ParameterBlock } from "./parameters.js";
import { parameterInputs } from "./score-plan.js";

const [INPUT, OUTPUT, WORD] = [5, 16, 77];
const SPECS = [
  { name: "x", shape: [1, INPUT] },
  { name: "first", shape: [OUTPUT, INPUT] },
  { name: "last", shape: [OUTPUT, OUTPUT] },
].map((spec) => ({ ...spec, group: "all", init: { kind: "constant", value: 0 } as const }));

/** Two bias-free layers with dropout 1/2 between them, and functions that run them on one row. */
async function build(kind: (typeof BUILDS)[number], activation: Activation, training = true) {
  const runtime = await createRuntime(kind);
  const block = new ParameterBlock(runtime, SPECS);
  const rng = randomStream(1);
  const values = new Map(SPECS.map(({ name, shape }) => [name, rng.normals(shape[0] * shape[1], 0.5)]));
  const ops = new Trace("test", { training });
  const p = parameterInputs(SPECS, () => true);
  const hidden = ops.hidden(ops.matmul(p.get("x"), p.get("first"), "transposed"), {
    activation,
    dropout: 0.5,
  });
  const out: Node = ops.matmul(hidden, p.get("last"), "transposed");
  const program = compile(out, { value: fixed("out", OUTPUT), gradient: fixed("dOut", OUTPUT) });
  const known = new Map([
    ["out", runtime.allocate(OUTPUT)],
    ["dOut", runtime.allocate(OUTPUT)],
    ...block.places.flatMap(({ spec, value, gradient }): [string, number][] => [
      [`value ${spec.name}`, value],
      [`gradient ${spec.name}`, gradient],
    ]),
  ]);
  const plan = new BoundPlan(runtime, program, (name) => known.get(name) ?? 0);
  return {
    block,
    forward: (x: Float32Array, word = WORD): Float32Array => {
      block.load(new Map([...values, ["x", x]]));
      plan.chance.word = word;
      plan.forward();
      return runtime.floats(known.get("out") ?? 0, OUTPUT).slice();
    },
    backward: (gradient: Float32Array): Float32Array => {
      runtime.floats(known.get("dOut") ?? 0, OUTPUT).set(gradient);
      plan.backward();
      return block.gradients().get("x") ?? new Float32Array(0);
    },
  };
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

describe.each(BUILDS)("dropout in a hidden layer, %s build", (kind) => {
  test("the backward pass drops what the forward pass dropped", async () => {
    const { forward, backward, block } = await build(kind, "linear");
    const whole = await build(kind, "linear", false);
    const rng = randomStream(2);
    const [x, gradient] = [rng.normals(INPUT), rng.normals(OUTPUT)];
    // linear throughout: the outputs of unit vectors under one mask are the columns of the Jacobian J
    const columns = Array.from({ length: INPUT }, (_, j) =>
      forward(Float32Array.from({ length: INPUT }, (__, i) => (i === j ? 1 : 0))),
    );
    const out = forward(x);
    expect(out).not.toEqual(whole.forward(x));
    expect(out).not.toEqual(forward(x, WORD + 1));
    forward(x);
    const dx = backward(gradient);
    dx.forEach((value, j) => expect(Math.abs(value - dot(columns[j], gradient))).toBeLessThan(2e-5));
    // the output is linear in each weight matrix too, so <W, dW> = <gradient, out> (Euler)
    const values = block.values();
    for (const [name, dW] of block.gradients()) {
      const weight = values.get(name) ?? new Float32Array(0);
      expect(Math.abs(dot(weight, dW) - dot(gradient, out)), name).toBeLessThan(1e-4);
    }
  });

  test.each(["relu", "gelu"] as const)(
    "%s: the gradient is that of the dropped network",
    async (activation) => {
      const { forward, backward } = await build(kind, activation);
      const rng = randomStream(3);
      const [x, gradient] = [rng.normals(INPUT), rng.normals(OUTPUT)];
      forward(x);
      const dx = backward(gradient);
      const step = 1 / 256;
      dx.forEach((value, j) => {
        const at = (move: number): number => {
          const moved = x.slice();
          moved[j] += move;
          return dot(forward(moved), gradient);
        };
        // float32 differences: rounding 1e-6 / step and curvature step² leave about 1e-3
        expect(Math.abs(value - (at(step) - at(-step)) / (2 * step)), `input ${j}`).toBeLessThan(4e-3);
      });
      expect(Math.max(...dx.map(Math.abs))).toBeGreaterThan(0.5);
    },
  );
});

test("trainers of two seeds drop other units, and the same seed the same", async () => {
  const engine = await WasmEngine.create();
  // one comparison: whatever the seed, its order is the same
  const data: PreferenceData = {
    ...smallWorld({ items: 4 }),
    users: ["u0"],
    ...{ user: Int32Array.of(0), left: Int32Array.of(0), right: Int32Array.of(1), label: Int8Array.of(1) },
  };
  const model = new PalA({
    k: 2,
    latentDimension: 8,
    architecture: "mlp2-linear-dropout5",
    loss: "logistic",
  });
  const rate = { rate: 0.01 };
  const learningRates = { projector: rate, prototypes: rate, weights: rate };
  const run = (seed: number): Float32Array | undefined => {
    // the same start: what differs is what is dropped
    const initial = randomParameters(model, data);
    const options = { seed, batchSize: 1, optimizer: "adam", learningRates, initial } as const;
    const trainer = engine.createTrainer(model, data, options);
    const losses = Float32Array.from({ length: 4 }, () => trainer.epoch());
    trainer.dispose();
    return losses;
  };
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
  expect(new Set(run(1)).size).toBeGreaterThan(1);
});
