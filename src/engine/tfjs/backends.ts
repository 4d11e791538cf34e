import { InputError } from "../../core/index.js";
import type { TensorBackend, TensorFlow } from "./tensorflow.js";

/** Fastest first: what a choice by self-test tries, in this order. */
export const TFJS_BACKENDS = ["tfjs-node", "tfjs-wasm", "tfjs-cpu"] as const;
export type TfjsBackend = (typeof TFJS_BACKENDS)[number];

/** A backend's package is not there: no fault, and nothing to report unless it was asked for by name. */
export class NotInstalledError extends InputError {
  override readonly name: string = "NotInstalledError";
}

export type BackendLoaders = { readonly [Name in TfjsBackend]: () => Promise<TensorBackend> };

export const LOADERS: BackendLoaders = {
  "tfjs-node": () => loadNodeBackend(requireUnderNode()),
  "tfjs-wasm": async () => {
    const tf = await loadCore();
    await import("@tensorflow/tfjs-backend-wasm");
    return ready(tf, "wasm");
  },
  "tfjs-cpu": async () => {
    const tf = await loadCore();
    await import("@tensorflow/tfjs-backend-cpu");
    return ready(tf, "cpu");
  },
};

async function loadCore(): Promise<TensorFlow> {
  const tf = await import("@tensorflow/tfjs-core");
  // tfjs-core's build for Node has no gradients, and the module that registers them cannot be loaded there; tfjs-layers brings them
  await import("@tensorflow/tfjs-layers");
  return tf;
}

/** Starts a backend, without the advertisement that TensorFlow.js prints under Node. */
async function ready(tf: TensorFlow, backend: string): Promise<TensorBackend> {
  tf.env().set("PROD", true);
  if (!(await tf.setBackend(backend)))
    throw new Error(`TensorFlow.js could not start its backend ${backend}`);
  await tf.ready();
  return { tf, backend };
}

type Require = (name: string) => unknown;

/** tfjs-node with what it misses. @throws NotInstalledError */
export async function loadNodeBackend(require: Require | undefined): Promise<TensorBackend> {
  if (require === undefined) throw new NotInstalledError("tfjs-node needs Node");
  mendUtil(require("node:util") as Util);
  // the C library reports the processor's features on stderr otherwise
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  return ready(requireInstalled(require, "@tensorflow/tfjs-node") as TensorFlow, "tensorflow");
}

interface Util {
  isNullOrUndefined?: (value: unknown) => boolean;
}

/** tfjs-node 4.22.0 calls util.isNullOrUndefined, which Node 23 removed. @source tensorflow/tfjs #8425 */
export function mendUtil(util: Util): void {
  util.isNullOrUndefined ??= (value: unknown): boolean => value === null || value === undefined;
}

function requireInstalled(require: Require, name: string): unknown {
  try {
    return require(name);
  } catch (cause) {
    const { code, message } = cause as { code?: string; message?: string };
    // a module missing inside the package is a broken package, not one that is absent
    if (code !== "MODULE_NOT_FOUND" || message?.includes(`'${name}'`) !== true) throw cause;
    throw new NotInstalledError(`${name} is not installed`, { cause });
  }
}

/** `require` for packages that a bundler must not follow; undefined in a browser. */
function requireUnderNode(): Require | undefined {
  const builtin = (globalThis as { process?: Partial<NodeJS.Process> }).process?.getBuiltinModule?.("module");
  return builtin?.createRequire(import.meta.url);
}
