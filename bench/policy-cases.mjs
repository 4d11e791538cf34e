// Policies and beliefs: a step of fitting a policy of 100 arms to pairs, and soft value iteration with its gradients.
import { data as sets, policies, randomStream } from "../dist/index.js";
import { timeRuns } from "./peers/time-runs.mjs";

/** Written for our engine and PyTorch alone. */
const WITHOUT = ["wasm-relaxed", "tfjs-node", "tfjs-wasm", "tfjs-cpu", "jax-js"];
/** Operations of e^x or ln x. */
const ELEMENTARY = 20;

export const POLICY_CASES = [bandit(), softValues(4), softValues(64)];

/** What cases of this kind share. */
function policyCase(spec) {
  return {
    ...{ kind: "policy", unit: "a step", without: WITHOUT, batches: 1, start: async () => undefined },
    ...spec,
  };
}

/** DIL's binary loss (BCE) on 4000 pairs of 100 arms: Adam, 200 steps of all pairs from the reference. */
function bandit() {
  const [arms, count, steps, rate] = [100, 4000, 200, 0.05];
  return policyCase({
    id: "bandit-100-arms",
    settings: { kind: "bandit", steps, rate },
    said: "same log-likelihood of chosen and rejected after 200 steps",
    data: () => {
      const rng = randomStream(1);
      const draw = () => Int32Array.from({ length: count }, () => rng.integer(arms));
      const logits = Float32Array.from({ length: arms }, () => 0.65 * rng.normal());
      const total = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
      return { reference: logits.map((value) => value - total), chosen: draw(), rejected: draw() };
    },
    ours: ({ reference, chosen, rejected }) => {
      const fitted = () => policies.fitPairs(reference, { chosen, rejected }, { loss: "BCE", steps, rate });
      const mean = (policy, rows) => rows.reduce((sum, arm) => sum + policy[arm], 0) / rows.length;
      return {
        losses: async () => {
          const policy = fitted();
          return [[mean(policy, chosen), mean(policy, rejected)]];
        },
        round: async (seconds) => timeRuns(fitted, seconds, steps),
        close: () => undefined,
      };
    },
    // of each pair two logistic functions, of each arm a softmax and Adam
    operations: count * 2 * (ELEMENTARY + 6) + arms * (ELEMENTARY + 18),
    product: { m: 64, n: 64, k: 64 },
  });
}

/** 30 sweeps in the garden of 35 cells for so many draws of weights and of the chance to slip, and the gradient by their posterior. */
function softValues(samples) {
  const grid = sets.worlds.slipperyGrid();
  const kinds = sets.worlds.CELL_KINDS.length;
  const settings = { samples, kinds, sweeps: 30, gamma: 0.9, temperature: 0.1 };
  const moves = grid.states * grid.actions;
  const one = new Int32Array(1);
  return policyCase({
    id: `soft-values-${samples}`,
    settings: {
      kind: "soft-values",
      ...settings,
      states: grid.states,
      actions: grid.actions,
      ends: grid.ends,
    },
    said: "same loss and lengths of gradients",
    data: () => {
      const rng = randomStream(2);
      return {
        weights: Float32Array.from([...sets.worlds.GARDEN_WEIGHTS, -2, -2, -2, -2, -2]),
        beliefs: Float32Array.of(-0.5, -1),
        weightsNoise: rng.normals(samples * kinds),
        beliefsNoise: rng.normals(samples),
        slope: rng.normals(moves * samples, 1 / samples),
        ...{ next: grid.next, slips: grid.slips, kindOf: grid.kindOf },
      };
    },
    ours: async ({ weights, beliefs, weightsNoise, beliefsNoise, slope }) => {
      const graph = await policies.beliefGraph(grid, { ...settings, weightsOf: one, beliefOf: one });
      graph.set("weights noise", weightsNoise);
      graph.set("beliefs noise", beliefsNoise);
      graph.set("gradient beside", [1]);
      const step = () => {
        graph.set("weights", weights);
        graph.set("beliefs", beliefs);
        graph.forward();
        graph.set("gradient result", slope);
        graph.backward();
      };
      return {
        losses: async () => {
          step();
          const length = (name) => Math.hypot(...graph.read(name));
          const value = graph.read("result").reduce((sum, worth, i) => sum + worth * slope[i], 0);
          const loss = value + graph.read("beside")[0];
          return [[loss, length("gradient weights"), length("gradient beliefs")]];
        },
        round: async (seconds) => timeRuns(step, seconds),
        close: () => undefined,
      };
    },
    operations: settings.sweeps * samples * (moves * (ELEMENTARY + 24) + grid.states * (ELEMENTARY + 10)),
    product: { m: 64, n: 64, k: 64 },
  });
}
