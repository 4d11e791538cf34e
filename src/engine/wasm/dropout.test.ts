import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { parseArchitecture, type ParameterSpec } from "../../model/index.js";
import { BUILDS, createRuntime } from "./fixtures/builds.js";
import { Mlp } from "./layers/mlp.js";
import { ParameterBlock } from "./parameters.js";

const [INPUT, OUTPUT, SEED] = [5, 16, 77];

/** A projector of two bias-free layers with dropout 1/2 between them, and functions that run it on one row. */
async function build(kind: (typeof BUILDS)[number], activation: string) {
  const runtime = await createRuntime(kind);
  const spec = (layer: number, input: number): ParameterSpec => ({
    name: `f.mlp.layers.${layer}.weight`,
    shape: [OUTPUT, input],
    group: "projector",
    init: { kind: "normal", deviation: 0.5 },
  });
  const block = new ParameterBlock(runtime, [spec(0, INPUT), spec(3, OUTPUT)]);
  block.initialise(randomStream(1));
  const projector = parseArchitecture("test", `mlp1-${activation}-dropout5-nobias`);
  const mlp = new Mlp(runtime, block, { prefix: "f", projector, capacity: 1 });
  const [x, dOut, dx] = [runtime.allocate(INPUT), runtime.allocate(OUTPUT), runtime.allocate(INPUT)];
  return {
    block,
    forward: (values: Float32Array, seed?: number): Float32Array => {
      runtime.floats(x, INPUT).set(values);
      return runtime.floats(mlp.forward(x, 1, seed), OUTPUT).slice();
    },
    backward: (gradient: Float32Array): Float32Array => {
      runtime.floats(dOut, OUTPUT).set(gradient);
      mlp.backward(dOut, 1, dx);
      return runtime.floats(dx, INPUT).slice();
    },
  };
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

describe.each(BUILDS)("dropout in a projector, %s build", (kind) => {
  test("the backward pass drops what the forward pass dropped", async () => {
    const { forward, backward, block } = await build(kind, "linear");
    const rng = randomStream(2);
    const [x, gradient] = [rng.normals(INPUT), rng.normals(OUTPUT)];
    // linear throughout: the outputs of unit vectors under one mask are the columns of the Jacobian J
    const columns = Array.from({ length: INPUT }, (_, j) =>
      forward(
        Float32Array.from({ length: INPUT }, (_, i) => (i === j ? 1 : 0)),
        SEED,
      ),
    );
    const out = forward(x, SEED);
    expect(out).not.toEqual(forward(x));
    forward(x, SEED);
    const dx = backward(gradient);
    dx.forEach((value, j) => expect(Math.abs(value - dot(columns[j], gradient))).toBeLessThan(2e-5));
    // the output is linear in each weight matrix too, so <W, dW> = <gradient, out> (Euler)
    const values = block.values();
    for (const [name, dW] of block.gradients()) {
      const weight = values.get(name) ?? new Float32Array(0);
      expect(Math.abs(dot(weight, dW) - dot(gradient, out)), name).toBeLessThan(1e-4);
    }
  });

  test.each(["relu", "gelu"])("%s: the gradient is that of the dropped network", async (activation) => {
    const { forward, backward } = await build(kind, activation);
    const rng = randomStream(3);
    const [x, gradient] = [rng.normals(INPUT), rng.normals(OUTPUT)];
    forward(x, SEED);
    const dx = backward(gradient);
    const step = 1 / 256;
    dx.forEach((value, j) => {
      const at = (move: number): number => {
        const moved = x.slice();
        moved[j] += move;
        return dot(forward(moved, SEED), gradient);
      };
      // float32 differences: rounding 1e-6 / step and curvature step² leave about 1e-3
      expect(Math.abs(value - (at(step) - at(-step)) / (2 * step)), `input ${j}`).toBeLessThan(4e-3);
    });
    expect(Math.max(...dx.map(Math.abs))).toBeGreaterThan(0.5);
  });
});
