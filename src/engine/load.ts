import { checkOneOf } from "../core/index.js";
import type { Engine } from "./engine.js";
import { WasmEngine } from "./wasm/engine.js";

/** Names of the engines. */
export const ENGINES = ["wasm", "wasm-relaxed", "tfjs", "tfjs-node", "tfjs-wasm", "tfjs-cpu"] as const;
/** One of {@link ENGINES}. */
export type EngineName = (typeof ENGINES)[number];

/**
 * The engine that computes. `"wasm"` (default) is our SIMD kernels, whose bits are the same on every Node; `"wasm-relaxed"` is the same with
 * fused multiply-add, where the runtime has it. `"tfjs"` is TensorFlow.js by automatic differentiation, slower and easier to read, on the
 * fastest of its backends that passes a self-test; `"tfjs-node"` (an optional package), `"tfjs-wasm"` and `"tfjs-cpu"` name one.
 * @throws InputError for an unknown engine or one that this runtime cannot run
 */
export async function loadEngine(name: EngineName = "wasm"): Promise<Engine> {
  checkOneOf("loadEngine: name", name, ENGINES);
  if (name === "wasm" || name === "wasm-relaxed")
    return WasmEngine.create(name === "wasm" ? "plain" : "relaxed");
  // TensorFlow.js is loaded by those who ask for it
  const { loadTfjs } = await import("./tfjs/index.js");
  return loadTfjs(name);
}
