import { checkOneOf } from "../core/index.js";
import type { Engine } from "./engine.js";
import { WasmEngine } from "./wasm/engine.js";

export const ENGINES = ["wasm", "wasm-relaxed"] as const;
export type EngineName = (typeof ENGINES)[number];

/**
 * The engine that computes. `"wasm"` (default) is our SIMD kernels, whose bits are the same on every Node; `"wasm-relaxed"` is the same with
 * fused multiply-add, where the runtime has it.
 * @throws InputError for an unknown engine or one that this runtime cannot run
 */
export async function loadEngine(name: EngineName = "wasm"): Promise<Engine> {
  checkOneOf("loadEngine: name", name, ENGINES);
  return WasmEngine.create(name === "wasm" ? "plain" : "relaxed");
}
