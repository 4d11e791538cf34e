// pal-lab's own engines through its public surface: a step is an epoch's time divided by its batches.
import { loadEngine, trained } from "../../dist/index.js";
import { trainerOptions } from "../cases.mjs";
import { fixedLosses } from "../vpl-case.mjs";
import { productRate } from "./product-rate.mjs";
import { timeRuns } from "./time-runs.mjs";

/** How each kind of case is run. */
const RUNS = {
  train: training,
  adapt: adaptation,
  policy: (_engine, spec, { data }) => spec.ours(data),
};

/** @returns a peer, or one with `missing` where this runtime cannot run the engine */
export async function openEngine(name) {
  let engine;
  try {
    engine = await loadEngine(name);
  } catch (error) {
    return { name, missing: error.message.replace(/^loadEngine: |;.*$/g, "") };
  }
  return {
    name,
    prepare: async (spec, data, start) => ({
      operationRate: () => productRate(name, spec.product),
      ...(await RUNS[spec.kind](engine, spec, { data, start })),
      ...(spec.fixed === undefined
        ? {}
        : { losses: async () => [fixedLosses(engine, spec, { data, start })] }),
    }),
    close: () => undefined,
  };
}

function training(engine, spec, { data, start }) {
  const trainer = engine.createTrainer(spec.model, data, { ...trainerOptions(spec), initial: start });
  return {
    losses: async (steps) => [Array.from({ length: steps }, () => trainer.epoch())],
    round: async (seconds) => timeRuns(() => trainer.epoch(), seconds, data.user.length / spec.batch),
    close: () => trainer.dispose(),
  };
}

function adaptation(engine, { model, concentration }, { data, start }) {
  const sizes = { users: 1, items: { rows: 1, features: model.latentDimension } };
  const fitted = new trained.FittedPrototypeModel({ model, sizes, parameters: start, users: [], engine });
  const weights = () => fitted.inferAll(data, { method: "exact", concentration }).weights;
  return {
    weights: async () => [weights()],
    round: async (seconds) => timeRuns(weights, seconds),
    close: () => undefined,
  };
}
