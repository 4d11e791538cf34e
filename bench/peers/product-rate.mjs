// The rate of each engine's matrix product alone, for the floor of a step. The only place that looks behind the public surface.
import { createRequire } from "node:module";
import { BINDINGS } from "../../dist/engine/wasm/bind.js";
import { compileKernels, Runtime } from "../../dist/engine/wasm/runtime.js";
import { operationRate } from "./time-runs.mjs";

/** Floating point operations a microsecond of X · Wᵀ, [m, k] · [n, k]ᵀ, on the engine of this name. */
export async function productRate(engine, size) {
  const [library, backend] = engine.split("-");
  if (library === "tfjs") return tfjsRate(backend, size);
  return wasmRate(backend === "relaxed" ? "relaxed" : "plain", size);
}

async function wasmRate(build, size) {
  const runtime = new Runtime(await compileKernels(build));
  const { m, n, k } = size;
  runtime.reserveProducts(m, n, k);
  const ones = (count) => runtime.storeFloats(new Float32Array(count).fill(1));
  const [x, w, out] = [ones(m * k), ones(n * k), ones(m * n)];
  const scratch = { kernels: runtime.kernels, ...runtime.products };
  const rows = [m, n, k].map((count) => ({ count }));
  return operationRate(BINDINGS.productNT(scratch, rows, [x, w, out], [0]), size);
}

async function tfjsRate(backend, size) {
  const isNode = backend === "node";
  const tf = isNode
    ? createRequire(import.meta.url)("@tensorflow/tfjs-node")
    : await import("@tensorflow/tfjs-core");
  await tf.setBackend(isNode ? "tensorflow" : backend);
  const { m, n, k } = size;
  const [x, w] = [tf.ones([m, k]), tf.ones([n, k])];
  const rate = operationRate(() => tf.matMul(x, w, false, true).dispose(), size);
  tf.dispose([x, w]);
  return rate;
}
