// The paper's simulation as a whole: our sweep on two threads, from the populations to the accuracies, beside PyTorch's training steps alone.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PalA, randomStream, simulateIdealPoints, splitByComparison, sweep } from "../dist/index.js";
import { palAOperations, usersOfBatch } from "./operations.mjs";
import { productRate } from "./peers/product-rate.mjs";

const [D, USERS, SAMPLES, HELD, BATCH, EPOCHS, THREADS] = [16, 50, 100, 50, 128, 40, 2];
const [K_STARS, KS, SEEDS] = [
  [2, 3, 4],
  [1, 2, 3, 4, 5],
  [1, 2, 3, 4, 5],
];
/** What K = K* must reach on held-out comparisons. */
const ACCURACY = 0.96;
/** Least time that PyTorch trains in a run of the sample. */
const SAMPLE_SECONDS = 2;

const CONFIG = {
  experiment: "simulation",
  base: {
    ...{ dimension: D, usersPerPrototype: USERS, comparisonsPerUser: SAMPLES },
    ...{ validationPerUser: HELD, testPerUser: HELD },
    ...{ epochs: EPOCHS, batchSize: BATCH, schedule: "linear", rateFactor: 12 },
  },
  grid: { kStar: K_STARS, k: KS },
  seeds: SEEDS,
};

export const SWEEP_CASE = { id: "sweep-simulation", kind: "sweep", unit: "the whole sweep" };

/** Runs the sweep once, and PyTorch, where it is, on the sample. @returns rows of the result; times are wall times of ours, one thread's of PyTorch */
export async function runSweepCase(peers, { options, say }) {
  if (options.check) return [];
  const { seconds, processorSeconds, lowest } = await timeSweep();
  const runs = K_STARS.length * KS.length * SEEDS.length;
  const steps = EPOCHS * KS.length * SEEDS.length * sum(K_STARS.map(stepsOfEpoch));
  say(
    `${SWEEP_CASE.id}: ${runs} runs, ${steps} steps in ${seconds.toFixed(1)} s on ${THREADS} threads (${processorSeconds.toFixed(1)} s of processor time); lowest accuracy at K = K*: ${lowest.toFixed(3)}`,
  );
  if (lowest < ACCURACY) throw new Error(`${SWEEP_CASE.id}: K = K* must reach ${ACCURACY}, got ${lowest}`);
  const torch = peers.find(({ name }) => name === "torch");
  const total = torch === undefined ? undefined : await torchTotal(torch, say);
  const operations =
    EPOCHS * SEEDS.length * sum(K_STARS.flatMap((kStar) => KS.map((k) => operationsOf(kStar, k))));
  const rate = await productRate("wasm", { m: 2 * BATCH, n: D, k: D });
  const row = (engine, threads, microseconds) => ({
    ...{ id: SWEEP_CASE.id, engine, threads },
    medianMicroseconds: Math.round(microseconds),
    spread: [Math.round(microseconds), Math.round(microseconds)],
    floorMicroseconds: Math.round(operations / rate / threads),
    ratioToTorch: total === undefined ? null : Number((microseconds / total).toPrecision(3)),
  });
  return [row("wasm", THREADS, 1e6 * seconds), ...(total === undefined ? [] : [row("torch", 1, total)])];
}

async function timeSweep() {
  const folder = mkdtempSync(join(tmpdir(), "pal-lab-bench-"));
  try {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const { rows } = await sweep(CONFIG, { jobs: THREADS, folder });
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(used);
    const means = K_STARS.map((kStar) => {
      const own = rows.filter((row) => row.kStar === kStar && row.k === kStar);
      return sum(own.map(({ accuracy }) => accuracy)) / own.length;
    });
    return { seconds, processorSeconds: (user + system) / 1e6, lowest: Math.min(...means) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Microseconds of all runs: those of a step, measured at K = K* with the first seed for each K*, times the steps of all its runs. */
async function torchTotal(torch, say) {
  let total = 0;
  for (const kStar of K_STARS) {
    const spec = { kind: "train", model: new PalA({ k: kStar, latentDimension: D }), batch: BATCH };
    const data = trainingData(kStar);
    const run = await torch.prepare(spec, data, startOf(data.users.length, kStar));
    const { microseconds } = await run.round(SAMPLE_SECONDS);
    run.close();
    const steps = EPOCHS * KS.length * SEEDS.length * stepsOfEpoch(kStar);
    say(
      `${SWEEP_CASE.id}: torch, K* = K = ${kStar}, seed 1: ${microseconds.toFixed(0)} µs a step, x ${steps} steps`,
    );
    total += microseconds * steps;
  }
  return total;
}

function trainingData(kStar) {
  const data = simulateIdealPoints({
    ...{ dimension: D, prototypes: kStar, users: USERS * kStar, setting: "mixture", seed: 1 },
    comparisonsPerUser: SAMPLES + 2 * HELD,
  });
  return splitByComparison(data, { validation: HELD, test: HELD }, randomStream(1).split("split")).train;
}

/** Random start values by the names of the model. */
function startOf(users, k) {
  const sizes = { users, items: { rows: 1, features: D } };
  const rng = randomStream(1);
  return new Map(
    new PalA({ k, latentDimension: D }).parameters(sizes).map(({ name, shape }) => [
      name,
      rng.normals(
        shape.reduce((a, b) => a * b, 1),
        1 / Math.sqrt(D),
      ),
    ]),
  );
}

function stepsOfEpoch(kStar) {
  return Math.ceil((USERS * kStar * SAMPLES) / BATCH);
}

/** Floating point operations of a pass. */
function operationsOf(kStar, k) {
  const users = USERS * kStar;
  const parameters = D * D + k * D + users * k;
  const step = palAOperations({ batch: BATCH, d: D, k, users: usersOfBatch(users, BATCH), parameters });
  return stepsOfEpoch(kStar) * step;
}

function sum(values) {
  return values.reduce((a, b) => a + b, 0);
}
