import { exp, randomStream, sha256, type RandomStream } from "../../core/index.js";
import type { FeatureTable, PreferenceData } from "../../data/index.js";
import type { Engine } from "../../engine/index.js";
import { LoRe } from "../../families/index.js";
import { fit, type FittedModel } from "../../train/index.js";
import { STATEMENTS } from "./statements.js";

/** Interests that statements are about. */
export const INTERESTS: readonly string[] = Object.keys(STATEMENTS);
/** All statements, the ones of an interest side by side. */
const ITEMS: FeatureTable = {
  ids: INTERESTS.flatMap((interest) => STATEMENTS[interest].map((_, i) => `${interest}:${i + 1}`)),
  text: INTERESTS.flatMap((interest) => STATEMENTS[interest]),
};
const OF_INTEREST = Int32Array.from(INTERESTS.flatMap((interest, i) => STATEMENTS[interest].map(() => i)));

const USERS = 300;
const ANSWERS = 80;
/** Of the Dirichlet distribution of interests: the one that new users are placed by. */
const CONCENTRATION = 1.5;
/** How far apart somebody with one interest has a statement of it and one of another, in log odds. */
const SHARPNESS = 12;
const EPOCHS = 30;

/** A model that learned from simulated people which statements go together: it is not told what they are about. */
export interface StatementWorld {
  readonly fitted: FittedModel;
  readonly data: PreferenceData;
  /** The interest that each basis reward stands for, by what it likes. */
  readonly names: readonly string[];
  /** Each item's interest. */
  readonly interests: Int32Array;
}

/** Simulated people who mix the interests choose between statements of different ones, and LoRe learns from their answers. */
export async function statementWorld(
  engine: Engine,
  onEpoch: (epoch: number, of: number) => void,
): Promise<StatementWorld> {
  const data = simulate();
  const fitted = await fit(new LoRe({ k: INTERESTS.length }), data, {
    ...{ engine, seed: 1, epochs: EPOCHS, batchSize: 256, schedule: "linear" },
    learningRates: { projector: { rate: 0.05 }, weights: { rate: 0.05 } },
    onEpoch: ({ epoch }) => onEpoch(epoch, EPOCHS),
  });
  return { fitted, data, names: namesOf(fitted), interests: OF_INTEREST };
}

function simulate(): PreferenceData {
  const rng = randomStream(1).split("statements");
  const n = USERS * ANSWERS;
  const columns = { user: new Int32Array(n), left: new Int32Array(n), right: new Int32Array(n) };
  const label = new Int8Array(n);
  for (let user = 0; user < USERS; user++) {
    const weights = rng.dirichlet(INTERESTS.length, CONCENTRATION);
    for (let row = user * ANSWERS; row < (user + 1) * ANSWERS; row++) {
      const [left, right] = drawTwo(rng);
      const score = SHARPNESS * (weights[OF_INTEREST[right]] - weights[OF_INTEREST[left]]);
      columns.user[row] = user;
      columns.left[row] = left;
      columns.right[row] = right;
      label[row] = rng.uniform() < 1 / (1 + exp(-score)) ? 1 : -1;
    }
  }
  return {
    ...columns,
    ...{ label, items: ITEMS, users: Array.from({ length: USERS }, (_, u) => `person-${u + 1}`) },
    source: { name: "statements of simulated people", license: "CC0-1.0", sha256: sha256(label) },
  };
}

/** Two statements of different interests. */
function drawTwo(rng: RandomStream): readonly [number, number] {
  const left = rng.integer(ITEMS.ids.length);
  for (;;) {
    const right = rng.integer(ITEMS.ids.length);
    if (OF_INTEREST[right] !== OF_INTEREST[left]) return [left, right];
  }
}

/** For each basis reward the interest whose statements it gives more than the others do, no interest twice. */
function namesOf(fitted: FittedModel): string[] {
  const k = INTERESTS.length;
  const rows = ITEMS.ids.length;
  const pairs = { items: ITEMS, left: new Int32Array(rows), right: Int32Array.from(ITEMS.ids.keys()) };
  const corners = Float32Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
  const scores = fitted.scoresUnderEach(pairs, corners);
  const liking = new Float64Array(k * k);
  OF_INTEREST.forEach((interest, row) => {
    const all = scores.subarray(row * k, (row + 1) * k).reduce((sum, score) => sum + score / k, 0);
    for (let reward = 0; reward < k; reward++)
      liking[reward * k + interest] += scores[row * k + reward] - all;
  });
  const free = new Set(INTERESTS.keys());
  return Array.from({ length: k }, (_, reward) => {
    const best = [...free].reduce((a, b) => (liking[reward * k + b] > liking[reward * k + a] ? b : a));
    free.delete(best);
    return INTERESTS[best];
  });
}
