// The named cases: a model, data with several batches of exactly the size, and the floating point operations of a step.
import { families, loadEngine, PalA, PalB, randomStream, simulateIdealPoints } from "../dist/index.js";
import { ADAPT_CASE } from "./adapt-case.mjs";
import { EXPLORER_CASE } from "./explorer-case.mjs";
import { GPO_CASE } from "./gpo-case.mjs";
import { loreOperations, palAOperations, palBOperations, usersOfBatch } from "./operations.mjs";
import { POLICY_CASES } from "./policy-cases.mjs";
import { QUEUE_CASE } from "./queue-case.mjs";
import { SWEEP_CASE } from "./sweep-case.mjs";
import { TREE_CASE } from "./tree-case.mjs";
import { VPL_CASE } from "./vpl-case.mjs";

const USERS = 150;
const RATES = {
  projector: { rate: 5e-4, decay: 1e-3 },
  prototypes: { rate: 5e-3 },
  weights: { rate: 5e-3 },
  logitScale: { rate: 0.1 },
  tables: { rate: 5e-3 },
  transformer: { rate: 1e-3 },
  trees: { rate: 0.03 },
};

export const CASES = [
  palA(64),
  palA(256),
  palB("pal-b-mlp512-k2-b64", {}),
  palB("pal-b-mlp512-shared", { prompts: 8, responses: 2 }),
  lore(),
  training(VPL_CASE),
  training(GPO_CASE),
  training(TREE_CASE),
  ADAPT_CASE,
  ...POLICY_CASES,
  SWEEP_CASE,
  QUEUE_CASE,
  EXPLORER_CASE,
];

/** What every engine trains with. */
export function trainerOptions(spec) {
  return { seed: 1, batchSize: spec.batch, optimizer: "adam", learningRates: RATES };
}

/** Start values that all engines share. */
async function startOf(spec, data) {
  const trainer = (await loadEngine()).createTrainer(spec.model, data, trainerOptions(spec));
  const start = trainer.snapshot();
  trainer.dispose();
  return start;
}

/** What cases of training steps share. */
function training(spec) {
  return { ...spec, kind: "train", unit: "a step", start: (data) => startOf(spec, data) };
}

function palA(batch) {
  const [d, k] = [16, 3];
  return training({
    id: `pal-a-d16-k3-b${batch}`,
    batch,
    batches: (USERS * 128) / batch,
    model: new PalA({ k, latentDimension: d }),
    data: (batches) => idealPoints(batch * batches, d, k),
    operations: palAOperations({
      ...{ batch, d, k, users: usersOfBatch(USERS, batch) },
      parameters: d * d + k * d + USERS * k,
    }),
    product: { m: 2 * batch, n: d, k: d },
  });
}

/** Fresh pairs, and noise: on answers without noise the hinge loss dies out, and a step with it. */
function idealPoints(rows, dimension, prototypes) {
  const users = rows < 128 * USERS ? 32 : USERS;
  return simulateIdealPoints({
    dimension,
    prototypes,
    users,
    comparisonsPerUser: rows / users,
    setting: "mixture",
    noise: { slope: 0.02 },
    seed: 1,
  });
}

function palB(id, { prompts, responses }) {
  const [batch, d, k] = [64, 512, 2];
  const [x, c] = [responses ?? 2 * batch, prompts ?? batch];
  return training({
    id,
    batch,
    // a step takes TensorFlow.js in JavaScript two seconds
    batches: 2,
    model: new PalB({ k, latentDimension: d, architecture: "mlp1-relu-dropout0" }),
    data: (batches) => answers(batch * batches, d, { prompts, responses }),
    operations: palBOperations({ batch, d, k, x, c, users: USERS }),
    product: { m: 2 * batch, n: d, k: d },
  });
}

function lore() {
  const [batch, d, k] = [64, 1024, 8];
  return training({
    id: "lore-d1024-b8-b64",
    batch,
    batches: 16,
    model: new families.LoRe({ k }),
    data: (batches) => {
      const { contexts: _contexts, context: _context, ...data } = answers(batch * batches, d, {});
      return data;
    },
    operations: loreOperations({ batch, d, k, users: USERS }),
    product: { m: batch, n: k, k: d },
  });
}

/** Random answers on random features: every comparison has a prompt and two responses of its own unless they are shared. */
function answers(rows, d, { prompts = rows, responses = 2 * rows }) {
  const rng = randomStream(1);
  const users = Math.min(rows, USERS);
  const table = (name, count) => ({
    ids: Array.from({ length: count }, (_, i) => `${name}-${i}`),
    features: rng.split(name).normals(count * d, 1 / Math.sqrt(d)),
  });
  const draw = rng.split("labels");
  return {
    users: Array.from({ length: users }, (_, i) => `user-${i}`),
    items: table("response", responses),
    contexts: table("prompt", prompts),
    user: Int32Array.from({ length: rows }, (_, row) => row % users),
    left: Int32Array.from({ length: rows }, (_, row) => (2 * row) % responses),
    right: Int32Array.from({ length: rows }, (_, row) => (2 * row + 1) % responses),
    context: Int32Array.from({ length: rows }, (_, row) => row % prompts),
    label: Int8Array.from({ length: rows }, () => (draw.uniform() < 0.5 ? -1 : 1)),
    source: { name: "benchmark", license: "CC0-1.0", sha256: "" },
  };
}
