// PyTorch in Debian's own Python, in one process that is told over stdin what to run.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { trainerOptions } from "../cases.mjs";

const PYTHON = "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("torch_steps.py", import.meta.url));
/** Below this a product is computed by the reference BLAS, which no user who cares for speed keeps. */
const SLOW_PRODUCT_GFLOPS = 15;
const SLOW = ": this is the reference BLAS, an unfair peer; install libopenblas0 or give --torch-libraries";

/** Kernels of OpenBLAS for wide vectors, beside the one that it picks: an old OpenBLAS takes a new processor for one without any. */
const KERNELS = ["Haswell", "SkylakeX", "Cooperlake"];
/** How much faster than the picked one a kernel must be to be taken. */
const CLEARLY = 1.1;
const PRODUCT = `
import time, torch
torch.set_num_threads(1)
a = torch.rand(512, 512)
best = 1e9
for _ in range(12):
    begin = time.process_time()
    a @ a
    best = min(best, time.process_time() - begin)
print(2 * 512 ** 3 / best)
`;

/** @returns a peer, or one with `missing` where this Python has no torch */
export async function openTorch({ libraries }) {
  const name = "torch";
  const plain = environment(libraries);
  const probe = spawnSync(PYTHON, ["-c", "import torch"], { env: plain, encoding: "utf8" });
  if (probe.status !== 0) return { name, missing: `${PYTHON} cannot import torch (Debian: python3-torch)` };
  const folder = mkdtempSync(join(tmpdir(), "pal-lab-bench-"));
  const env = withFastestKernel(plain);
  const python = new Python(env);
  const { version, gflops, kernel } = await python.ask({ command: "describe" });
  return {
    name,
    library: describe(version, gflops, kernel),
    note: `torch: ${describe(version, gflops, kernel)}${gflops < SLOW_PRODUCT_GFLOPS ? SLOW : ""}${env === plain ? "" : "; the fastest of those tried: OpenBLAS by itself picks a slower one"}`,
    prepare: (spec, data, start) => prepare(python, spec, { data, start, folder }),
    close: () => {
      python.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As somebody who cares for speed would start it; a kernel that this processor cannot run ends its process, and is left out. */
function withFastestKernel(plain) {
  const rateOf = (env) => Number(spawnSync(PYTHON, ["-c", PRODUCT], { env, encoding: "utf8" }).stdout) || 0;
  const picked = rateOf(plain);
  const [best] = KERNELS.map((kernel) => ({ ...plain, OPENBLAS_CORETYPE: kernel }))
    .map((env) => ({ env, rate: rateOf(env) }))
    .sort((a, b) => b.rate - a.rate);
  return best.rate > CLEARLY * picked ? best.env : plain;
}

function environment(libraries) {
  const path = [libraries, process.env.LD_LIBRARY_PATH].filter((part) => part).join(":");
  // they make OpenBLAS run other kernels than the processor's own, at half the speed
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...rest } = process.env;
  const single = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  return { ...rest, ...single, ...(path === "" ? {} : { LD_LIBRARY_PATH: path }) };
}

function describe(version, gflops, kernel) {
  const blas = kernel === null ? "" : `OpenBLAS kernel ${kernel}, `;
  return `PyTorch ${version}, ${blas}${gflops.toFixed(0)} GFLOP/s in a product of 512 x 512 x 512`;
}

async function prepare(python, spec, { data, start, folder }) {
  const question = QUESTIONS[spec.kind](spec, { data, start, folder });
  await python.ask({ command: "prepare", ...question });
  return {
    operationRate: async () => (await python.ask({ command: "product", ...spec.product })).rate,
    weights: async () =>
      (await python.ask({ command: "weights" })).weights.map((found) => Float32Array.from(found)),
    losses: async (steps) => (await python.ask({ command: "losses", steps })).losses,
    round: (seconds) => python.ask({ command: "round", seconds }),
    close: () => undefined,
  };
}

/** What is to be prepared, for each kind of case. */
const QUESTIONS = {
  train: (spec, given) => ({
    ...describeTrained(spec, given),
    ...{ batch: spec.batch, rates: trainerOptions(spec).learningRates },
    ...(spec.fixed === undefined ? {} : describeSets(spec, given.data)),
  }),
  adapt: (spec, given) => ({
    ...describeTrained(spec, given),
    ...{ adapts: true, concentration: spec.concentration, tolerance: spec.tolerance },
  }),
  policy: ({ settings }, { data, folder }) => ({
    ...settings,
    ...{ arrays: writeArrays(folder, Object.entries(data)), parameters: {}, sizes: {} },
  }),
};

/** A model, its data and its parameters. */
function describeTrained(spec, { data, start, folder }) {
  return {
    ...describeModel(spec.model),
    arrays: writeArrays(folder, [...columnsOf(data), ...Object.entries(spec.fixed?.() ?? {})]),
    parameters: writeArrays(folder, namesOf(spec, start)),
    sizes: {
      users: data.users.length,
      items: data.items.ids.length,
      contexts: data.contexts?.ids.length ?? 0,
    },
  };
}

function describeModel({ kind, k, latentDimension, loss, margin, depth, states, lowest, highest }) {
  const tree = depth === undefined ? {} : { tree: { depth, states, lowest, highest } };
  return { kind, k, d: latentDimension, loss, margin, ...tree };
}

/** Of users who are found from their answers: how many of what, and the shapes of the parameters. */
function describeSets({ model, batch, features = 1, peer }, data) {
  const { kind, contextSize, targetSize } = model;
  const counts = { sets: batch / targetSize, context: contextSize, targets: targetSize };
  const sizes = { users: data.users.length, items: { rows: data.items.ids.length, features } };
  const shapes = Object.fromEntries(model.parameters(sizes).map(({ name, shape }) => [name, shape]));
  return { [kind]: { ...counts, ...peer }, shapes };
}

/** What trains: the table of users who are found is read out, not trained. */
function namesOf({ fixed }, start) {
  return [...start].filter(([name]) => fixed === undefined || !name.startsWith("user_learner."));
}

function columnsOf(data) {
  const { user, left, right, context, items, contexts } = data;
  const columns = { user, left, right, context, label: Float32Array.from(data.label) };
  const tables = { items: items.features, contexts: contexts?.features };
  return Object.entries({ ...columns, ...tables }).filter(([, values]) => values !== undefined);
}

/** Each array in a file of its own; returns type and file by name. */
function writeArrays(folder, named) {
  const written = named.map(([name, values]) => {
    const file = join(folder, `${name}.bin`);
    writeFileSync(file, values);
    return [name, { file, type: values instanceof Int32Array ? "int32" : "float32" }];
  });
  return Object.fromEntries(written);
}

/** One question, one answer, each a line of JSON. */
class Python {
  #child;
  #answers;

  constructor(env) {
    this.#child = spawn(PYTHON, [SCRIPT], { env, stdio: ["pipe", "pipe", "inherit"] });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async ask(question) {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`torch: the peer ended while answering ${question.command}`);
    return JSON.parse(value);
  }

  close() {
    this.#child.stdin.end();
  }
}
