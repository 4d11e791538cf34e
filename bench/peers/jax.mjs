// Training steps of PAL on @jax-js/jax (wasm, one thread under Node), written as its user would: one jitted function a step.
import { data as sets, randomStream } from "../../dist/index.js";
import { trainerOptions } from "../cases.mjs";
import { operationRate, timeRuns } from "./time-runs.mjs";

/** @returns a peer, or one with `missing` where the package is not installed */
export async function openJax() {
  const name = "jax-js";
  let jax;
  try {
    jax = await import("@jax-js/jax");
  } catch {
    return { name, missing: "@jax-js/jax is not installed (npm install)" };
  }
  await jax.init("wasm");
  const { trainingStep } = await import("./jax-steps.mjs");
  const { createAdaptation } = await import("./jax-adapt.mjs");
  return {
    name,
    prepare: async (spec, data, start) => ({
      operationRate: async () => productRate(jax, spec.product),
      ...(spec.kind === "train"
        ? training(new Training(jax, trainingStep, { spec, data, start }), data.user.length / spec.batch)
        : adaptation(createAdaptation(spec, data, start))),
    }),
    close: () => undefined,
  };
}

function training(run, steps) {
  return {
    losses: async (count) => [Array.from({ length: count }, () => run.epoch())],
    round: async (seconds) => timeRuns(() => run.epoch(), seconds, steps),
    close: () => run.dispose(),
  };
}

function adaptation(run) {
  return {
    weights: async () => [run.weights()],
    round: async (seconds) => timeRuns(run.weights, seconds),
    close: run.dispose,
  };
}

class Training {
  #jax;
  #state;
  #tables;
  #columns;
  #batch;
  #step;
  #steps = 0;
  #rng = randomStream(1);

  constructor(jax, trainingStep, { spec, data, start }) {
    const { numpy: np } = jax;
    const { user, left, right, context, items, contexts } = data;
    const tables = contexts === undefined ? { items } : { items, contexts };
    const sizes = mapValues(tables, (table) => ({
      rows: table.ids.length,
      features: sets.featureDimension(table),
    }));
    const specs = spec.model.parameters({ users: data.users.length, ...sizes });
    const arrayOf = (numbers, shape) => np.array(numbers.slice()).reshape([...shape]);
    const values = Object.fromEntries(
      specs.map(({ name, shape }) => [name, arrayOf(start.get(name), shape)]),
    );
    const zeros = () => mapValues(values, ({ shape }) => np.zeros(shape));
    const { learningRates } = trainerOptions(spec);
    const rates = Object.fromEntries(specs.map(({ name, group }) => [name, learningRates[group]]));
    const rows = Object.values(sizes).reduce((sum, table) => sum + table.rows, 0);
    this.#jax = jax;
    this.#state = [values, zeros(), zeros()];
    this.#tables = mapValues(tables, (table) =>
      arrayOf(table.features, [table.ids.length, sets.featureDimension(table)]),
    );
    this.#columns = { user, left, right, ...(context && { context }), label: Float32Array.from(data.label) };
    this.#batch = spec.batch;
    this.#step = jax.jit(trainingStep(spec, rates, rows <= spec.batch));
  }

  /** One pass in a fresh order; returns the last step's loss. */
  epoch() {
    const { numpy: np, tree } = this.#jax;
    const order = this.#rng.permutation(this.#columns.user.length);
    let loss = NaN;
    for (let from = 0; from < order.length; from += this.#batch) {
      const part = order.subarray(from, from + this.#batch);
      const rows = mapValues(this.#columns, (column) => np.array(take(column, part)));
      this.#steps++;
      const corrections = np.array(
        Float32Array.of(...[0.9, 0.999].map((beta) => 1 / (1 - beta ** this.#steps))),
      );
      const [last, state] = this.#step(this.#state, rows, tree.ref(this.#tables), corrections);
      // read at every step: work that is left pending piles up, and the queue is walked by each step (0.1.25)
      loss = last.item();
      this.#state = state;
    }
    return loss;
  }

  dispose() {
    this.#jax.tree.dispose([this.#state, this.#tables]);
  }
}

function take(column, rows) {
  const taken = new column.constructor(rows.length);
  rows.forEach((row, i) => (taken[i] = column[row]));
  return taken;
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Floating point operations a microsecond of the product of a linear layer. */
function productRate({ numpy: np, jit }, size) {
  const product = jit((x, w) => np.matmul(x, np.transpose(w)));
  const [x, w] = [np.ones([size.m, size.k]), np.ones([size.n, size.k])];
  return operationRate(() => product(x.ref, w.ref).dataSync(), size);
}
