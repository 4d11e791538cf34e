import {
  checkNumber,
  exp,
  randomStream,
  sha256,
  stableJson,
  type RandomStream,
  type RecordRow,
} from "../../../core/index.js";
import type { PreferenceData } from "../../../data/index.js";
import { PalA } from "../../../families/index.js";
import { aggregate, AGGREGATION_RULES, scaleRewards } from "../../../policies/index.js";
import { fit } from "../../../train/index.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { simulatedReference } from "../parts/references.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface RulesConfig {
  readonly items: number;
  readonly users: number;
  readonly comparisonsPerUser: number;
  readonly k: number;
  readonly epochs: number;
  readonly beta: number;
}

/** Groups by size: where they stand in the plane, and how many of ten people are of each. */
const GROUPS = [
  { name: "6 of 10", point: [-0.8, 0], parts: 6 },
  { name: "3 of 10", point: [0.8, 0.3], parts: 3 },
  { name: "1 of 10", point: [0.1, 1], parts: 1 },
] as const;
/** What a squared distance costs. */
const STEEPNESS = 4;

/** Three groups of different size in a plane: PAL learns them from answers, and each rule makes one policy of what it learned; judged by the true rewards. */
export const rulesExperiment: Experiment = {
  defaults: { items: 40, users: 100, comparisonsPerUser: 40, k: 3, epochs: 60, beta: 0.02 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("rules", rulesExperiment.defaults, config);
    checkCounts("rules", resolved, ["items"], 2);
    checkCounts("rules", resolved, ["users"], 10);
    checkCounts("rules", resolved, ["comparisonsPerUser", "k", "epochs"], 1);
    checkNumber("rules: beta", resolved.beta as number, { above: 0 });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = rulesExperiment.resolve(raw) as unknown as RulesConfig;
    const { items: n, k, epochs, beta, comparisonsPerUser } = config;
    const { data, rewards } = world(config, randomStream(seed).split("rules"), seed);
    const learningRates = { projector: { rate: 0.02 }, prototypes: { rate: 0.02 }, weights: { rate: 0.05 } };
    const model = new PalA({
      k,
      latentDimension: 2,
      loss: "logistic",
      architecture: "mlp0-linear-dropout0-nobias",
    });
    const fitted = await fit(model, data, { engine, seed, epochs, learningRates });
    const wins = scaleRewards(rewards, n, "SPO");
    const rows = AGGREGATION_RULES.map((rule): RecordRow => {
      const { policy } = aggregate(fitted, rule, { items: data.items, beta });
      const measures: Record<string, number> = {};
      GROUPS.forEach(({ name }, g) => {
        const own = wins.subarray(g * n, (g + 1) * n);
        measures[name] = own.reduce((sum, chance, a) => sum + chance * policy[a], 0);
        measures[`best of ${name}`] = Math.max(...own);
      });
      const accuracy = GROUPS.reduce((sum, { name, parts }) => sum + (parts / 10) * measures[name], 0);
      return {
        seed,
        split: "seen",
        method: rule,
        k,
        comparisonsPerUser,
        accuracy,
        measures,
        ceilings: { chance: 0.5 },
      };
    });
    return { rows, data: [simulatedReference(data.source)] };
  },
};

/** Items in the plane, users at their group's point, and noisy answers to random pairs. */
function world(
  { items: n, users: count, comparisonsPerUser }: RulesConfig,
  rng: RandomStream,
  seed: number,
): { readonly data: PreferenceData; readonly rewards: Float64Array } {
  const features = Float32Array.from(rng.split("items").normals(2 * n, 0.8));
  const rewards = Float64Array.from({ length: GROUPS.length * n }, (_, i) => {
    const [x, y] = GROUPS[Math.floor(i / n)].point;
    const a = i % n;
    return -STEEPNESS * ((features[2 * a] - x) ** 2 + (features[2 * a + 1] - y) ** 2);
  });
  const groupOf = GROUPS.flatMap(({ parts }, g) => new Array<number>(parts).fill(g));
  const rows = count * comparisonsPerUser;
  const drawn = rng.split("pairs");
  const left = Int32Array.from({ length: rows }, () => drawn.integer(n));
  const right = left.map((a) => (a + 1 + drawn.integer(n - 1)) % n);
  const user = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / comparisonsPerUser));
  const answers = rng.split("answers");
  const label = Int8Array.from(user, (who, row) => {
    const from = groupOf[who % 10] * n;
    const lead = rewards[from + right[row]] - rewards[from + left[row]];
    return answers.uniform() < 1 / (1 + exp(-lead)) ? 1 : -1;
  });
  const hash = sha256(stableJson({ world: "rules", n, count, comparisonsPerUser, seed }));
  return {
    rewards,
    data: {
      users: Array.from({ length: count }, (_, u) => `user-${u}`),
      items: { ids: Array.from({ length: n }, (_, a) => `item-${a}`), features },
      ...{ user, left, right, label },
      source: { name: `three groups in a plane, seed ${seed}`, license: "", sha256: hash },
    },
  };
}
