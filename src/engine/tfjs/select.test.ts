import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { InputError } from "../../core/index.js";
import { loadEngine } from "../index.js";
import { LOADERS, loadNodeBackend, mendUtil, NotInstalledError, type BackendLoaders } from "./backends.js";
import { TfjsSelection } from "./select.js";
import type { TensorBackend, TensorFlow } from "./tensorflow.js";

/** A selection over changed loaders, with the lines that it warned. */
function selection(change: Partial<BackendLoaders>): { tfjs: TfjsSelection; warned: string[] } {
  const warned: string[] = [];
  return { tfjs: new TfjsSelection({ ...LOADERS, ...change }, (line) => warned.push(line)), warned };
}

const absent = (): Promise<TensorBackend> =>
  Promise.reject(new NotInstalledError("@tensorflow/tfjs-node is not installed"));
const broken = (): Promise<TensorBackend> =>
  loadNodeBackend((name) => {
    if (name === "node:util") return {};
    throw new Error("libtensorflow.so.2: cannot open shared object file\nRequire stack:\n- index.js");
  });

/** A backend that starts and then adds wrongly. */
async function wrong(): Promise<TensorBackend> {
  const { tf, backend } = await LOADERS["tfjs-cpu"]();
  const squaredDifference = (
    ...[x, y]: Parameters<TensorFlow["squaredDifference"]>
  ): ReturnType<TensorFlow["sub"]> => tf.mul(1.01, tf.squaredDifference(x, y));
  return { tf: { ...tf, squaredDifference } as TensorFlow, backend };
}

describe("tfjs takes the fastest backend that works", () => {
  test("without tfjs-node, which is optional, it is wasm and nothing is said", async () => {
    const { tfjs, warned } = selection({ "tfjs-node": absent });
    expect((await tfjs.load("tfjs")).name).toBe("tfjs-wasm");
    expect(warned).toEqual([]);
  });

  test("tfjs-node that works is taken", async () => {
    const { tfjs, warned } = selection({ "tfjs-node": LOADERS["tfjs-cpu"] });
    expect((await tfjs.load("tfjs")).name).toBe("tfjs-node");
    expect(warned).toEqual([]);
  });

  test("tfjs-node that is installed but broken is skipped, with the reason in one line, once", async () => {
    const { tfjs, warned } = selection({ "tfjs-node": broken });
    expect((await tfjs.load("tfjs")).name).toBe("tfjs-wasm");
    expect((await tfjs.load("tfjs")).name).toBe("tfjs-wasm");
    expect(warned).toEqual([
      "pal-lab: tfjs-node is skipped: libtensorflow.so.2: cannot open shared object file",
    ]);
  });

  test("a backend that computes wrongly is skipped, saying what was wrong", async () => {
    const { tfjs, warned } = selection({ "tfjs-node": absent, "tfjs-wasm": wrong });
    expect((await tfjs.load("tfjs")).name).toBe("tfjs-cpu");
    expect(warned).toEqual([
      expect.stringMatching(
        /^pal-lab: tfjs-wasm is skipped: it fails the self-test: loss\[0\] is [\d.]+, not [\d.]+$/,
      ),
    ]);
  });

  test("with none left it says why for each", async () => {
    const { tfjs } = selection({ "tfjs-node": absent, "tfjs-wasm": broken, "tfjs-cpu": broken });
    await expect(tfjs.load("tfjs")).rejects.toThrow(
      "loadEngine: no backend of TensorFlow.js works here: tfjs-node: @tensorflow/tfjs-node is not installed; " +
        "tfjs-wasm: libtensorflow.so.2: cannot open shared object file; tfjs-cpu: libtensorflow.so.2",
    );
  });

  test("one asked for by name and not to be had is an InputError with the reason", async () => {
    const { tfjs, warned } = selection({ "tfjs-node": absent });
    const refused = tfjs.load("tfjs-node");
    await expect(refused).rejects.toThrow(
      'loadEngine: tfjs-node cannot be had: @tensorflow/tfjs-node is not installed; "tfjs" takes what works',
    );
    await expect(refused).rejects.toBeInstanceOf(InputError);
    expect(warned).toEqual([]);
  });
});

describe("loading tfjs-node", () => {
  const missing = (message: string): Error => Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
  const failing = (error: Error) => (name: string) => {
    if (name === "node:util") return {};
    throw error;
  };

  test("tells a package that is absent from one that misses a part", async () => {
    const away = missing("Cannot find module '@tensorflow/tfjs-node'\nRequire stack:");
    await expect(loadNodeBackend(failing(away))).rejects.toBeInstanceOf(NotInstalledError);
    const part = missing("Cannot find module '../lib/napi-v8/tfjs_binding.node'\nRequire stack:");
    await expect(loadNodeBackend(failing(part))).rejects.toBe(part);
    await expect(loadNodeBackend(undefined)).rejects.toThrow("tfjs-node needs Node");
  });

  test("util.isNullOrUndefined is there before the package is loaded, as Node 22 has it", async () => {
    const util: Parameters<typeof mendUtil>[0] = {};
    let atLoad: unknown;
    const stop = new Error("seen");
    await expect(
      loadNodeBackend((name) => {
        if (name === "node:util") return util;
        atLoad = util.isNullOrUndefined;
        throw stop;
      }),
    ).rejects.toBe(stop);
    expect(atLoad).toBe(util.isNullOrUndefined);
    expect([null, undefined, 0, "", false].map((value) => util.isNullOrUndefined?.(value))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    const own = (): boolean => true;
    const old = { isNullOrUndefined: own };
    mendUtil(old);
    expect(old.isNullOrUndefined).toBe(own);
  });
});

test("loadEngine finds them by name", async () => {
  for (const name of ["tfjs-cpu", "tfjs-wasm"] as const) expect((await loadEngine(name)).name).toBe(name);
  expect((await loadEngine("tfjs")).name).toMatch(/^tfjs-(node|wasm)$/);
});

test("the wasm engine loads nothing of TensorFlow.js, and the tfjs engine prints nothing", () => {
  const script = `
    const { createRequire } = await import("node:module");
    const { loadEngine } = await import("pal-lab");
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes("@tensorflow"));
    await loadEngine();
    const before = loaded();
    await loadEngine("tfjs-cpu");
    await loadEngine("tfjs-wasm");
    if (before || !loaded()) throw new Error("loaded: " + before + " " + loaded());
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
});
