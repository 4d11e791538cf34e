// Our engine through its public surface: a step is an epoch's time divided by its batches.
import { isBuildSupported, loadEngine } from "../../dist/index.js";
import { trainerOptions } from "../cases.mjs";
import { productRate } from "./product-rate.mjs";

/** @returns a peer, or one with `missing` where this runtime cannot run the build */
export async function openWasm(name) {
  const build = name === "wasm" ? "plain" : "relaxed";
  if (!isBuildSupported(build)) return { name, missing: "this Node has no relaxed SIMD (22 and later have)" };
  const engine = await loadEngine(name);
  return {
    name,
    start: (spec, data) => engine.createTrainer(spec.model, data, trainerOptions(spec)).snapshot(),
    prepare: async (spec, data, start) => {
      const trainer = engine.createTrainer(spec.model, data, { ...trainerOptions(spec), initial: start });
      return {
        operationsPerMicrosecond: await productRate(build, spec.product),
        losses: async (steps) => [Array.from({ length: steps }, () => trainer.epoch())],
        round: async (seconds) => timeEpochs(trainer, seconds, data.user.length / spec.batch),
        close: () => trainer.dispose(),
      };
    },
    close: () => undefined,
  };
}

function timeEpochs(trainer, seconds, steps) {
  const start = performance.now();
  const used = process.cpuUsage();
  let epochs = 0;
  let elapsed;
  do {
    trainer.epoch();
    epochs++;
    elapsed = performance.now() - start;
  } while (elapsed < 1000 * seconds);
  const { user, system } = process.cpuUsage(used);
  return { microseconds: (user + system) / (epochs * steps), share: (user + system) / (1000 * elapsed) };
}
