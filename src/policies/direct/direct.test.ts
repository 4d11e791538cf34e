import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import {
  fitGdpo,
  fitPairs,
  gdpoLoss,
  jensenShannon,
  PAIR_LOSSES,
  pairLoss,
  tokenLogs,
  type PairLossOptions,
} from "../index.js";

const rng = randomStream(1);
const logs = (): Float64Array => Float64Array.from({ length: 5 }, () => -3 * rng.uniform());
const batch = { chosen: logs(), rejected: logs(), referenceChosen: logs(), referenceRejected: logs() };
const STEP = 1e-5;

describe.each(PAIR_LOSSES)("%s", (name) => {
  test.each<PairLossOptions>([{}, { beta: 0.7, flipped: 0.2 }, { referenceFree: true }])(
    "its gradient is that of finite differences, under %j",
    (options) => {
      const counts = Float64Array.of(1, 2, 1, 5, 0.5);
      const { gradients } = pairLoss(name, { ...batch, counts }, options);
      for (const side of ["chosen", "rejected"] as const)
        batch[side].forEach((value, b) => {
          const at = (by: number): number => {
            const moved = batch[side].slice();
            moved[b] = value + by;
            return pairLoss(name, { ...batch, [side]: moved, counts }, options).total;
          };
          expect(gradients[side][b]).toBeCloseTo((at(STEP) - at(-STEP)) / (2 * STEP), 6);
        });
    },
  );

  test("a pair that counts twice is a pair that is there twice", () => {
    const twice = (values: Float64Array): Float64Array => Float64Array.of(...values, values[2]);
    const doubled = {
      chosen: twice(batch.chosen),
      rejected: twice(batch.rejected),
      referenceChosen: twice(batch.referenceChosen),
      referenceRejected: twice(batch.referenceRejected),
    };
    const counted = pairLoss(name, { ...batch, counts: [1, 1, 2, 1, 1] });
    expect(pairLoss(name, doubled).total).toBeCloseTo(counted.total, 12);
  });
});

/** Every pair of three actions as often as chances p_w / (p_w + p_l) have it. */
function countedPairs(worth: readonly number[], times: number) {
  const chosen: number[] = [];
  const rejected: number[] = [];
  worth.forEach((own, w) =>
    worth.forEach((other, l) => {
      const count = w === l ? 0 : Math.round((times * own) / (own + other));
      for (let i = 0; i < count; i++) {
        chosen.push(w);
        rejected.push(l);
      }
    }),
  );
  return { chosen, rejected };
}

test.each([0.5, 1, 2])("DPO's optimum is the reference times worth^(1 / beta), beta %d", (beta) => {
  const worth = [0.6, 0.3, 0.1];
  const reference = [0.2, 0.3, 0.5];
  const found = fitPairs(reference.map(Math.log), countedPairs(worth, 9000), {
    loss: "DPO",
    beta,
    steps: 3000,
  });
  const raised = worth.map((value, a) => reference[a] * value ** (1 / beta));
  const total = raised.reduce((sum, value) => sum + value, 0);
  raised.forEach((value, a) => expect(Math.exp(found[a])).toBeCloseTo(value / total, 3));
});

test("of two actions UKL ends where chosen's share over the policy is what the rejected's over the reference is", () => {
  // chosen 3 to 1: minimise -(3 ln p + ln(1 - p)) / 4 + (p / .5 + 3 (1 - p) / .5) / 4, so 3 / p - 1 / (1 - p) = -4
  const pairs = { chosen: [0, 0, 0, 1], rejected: [1, 1, 1, 0] };
  const [log] = fitPairs([Math.log(0.5), Math.log(0.5)], pairs, { loss: "UKL", steps: 3000 });
  const p = Math.exp(log);
  expect(3 / p - 1 / (1 - p)).toBeCloseTo(-4, 3);
});

test("ln pi of responses from tokens, by hand", () => {
  const logits = [0, 0, Math.log(3), 0, 0, Math.log(4)];
  const given = { logits, tokens: [0, 0, 1], from: [0, 2, 3] };
  const sums = tokenLogs(given);
  expect(sums.logs[0]).toBeCloseTo(Math.log(0.5) + Math.log(0.75), 12);
  expect(sums.logs[1]).toBeCloseTo(Math.log(0.8), 12);
  expect(tokenLogs(given, "mean").logs[0]).toBeCloseTo(sums.logs[0] / 2, 12);
  expect([...sums.gradient([1, 2])].map((x) => Number(x.toFixed(12)))).toEqual([
    0.5, -0.5, 0.25, -0.25, -0.4, 0.4,
  ]);
});

test("the beliefs' share of GDPO's gradient is that of finite differences", () => {
  const logits = [0.3, -1, 0.5, 2, 0, 0.1];
  const two = {
    chosen: [-1, -2],
    rejected: [-2, -1],
    referenceChosen: [-1, -1],
    referenceRejected: [-1, -1],
  };
  const at = (moved: readonly number[]) =>
    gdpoLoss({
      logits: moved,
      target: [0.8, 0.2, 0.4, 0.6],
      beliefs: [-1, -0.5],
      pairs: { ...two, counts: [1, 3] },
    });
  logits.forEach((_, i) => {
    const by = (step: number): number => at(logits.map((value, j) => (j === i ? value + step : value))).total;
    expect(at(logits).gradients.logits[i]).toBeCloseTo((by(STEP) - by(-STEP)) / (2 * STEP), 6);
  });
  expect(at(logits).gradients.beliefs).toEqual(Float64Array.of(-0.25, -0.75));
});

test("GDPO's beliefs are the group's, and what is said expresses them; DPO's majority takes more than its share", () => {
  const target = [0.75, 0.25];
  const beliefOf = [0, 0, 1, 1];
  const chosen = Int32Array.from({ length: 400 }, (_, i) => (i % 4 < 3 ? i % 2 : 2 + (i % 8 < 4 ? 0 : 1)));
  const rejected = Int32Array.from(chosen, (a, i) =>
    a < 2 ? 2 + (i % 3 === 0 ? 1 : 0) : i % 3 === 0 ? 1 : 0,
  );
  const reference = [0.25, 0.25, 0.25, 0.25].map(Math.log);
  const { beliefs, responses } = fitGdpo({ reference, beliefOf, target }, { chosen, rejected });
  expect(jensenShannon(beliefs, target)).toBeLessThan(1e-3);
  expect(responses[0] + responses[1]).toBeGreaterThan(0.999);
  expect(responses[6] + responses[7]).toBeGreaterThan(0.999);
  const dpo = fitPairs(reference, { chosen, rejected }, { loss: "DPO", beta: 0.1 }).map(Math.exp);
  expect(dpo[0] + dpo[1]).toBeGreaterThan(0.99);
});

test("the Jensen-Shannon distance of the same is 0, of what has nothing in common 1, and between them by hand", () => {
  expect(jensenShannon([1, 3], [0.25, 0.75])).toBeCloseTo(0, 9);
  expect(jensenShannon([1, 0], [0, 1])).toBeCloseTo(1, 12);
  const divergence = (0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(0.5 / 0.25) + Math.log(1 / 0.75)) / 2;
  expect(jensenShannon([0.5, 0.5], [1, 0])).toBeCloseTo(Math.sqrt(divergence / Math.log(2)), 12);
});

test("what does not fit is refused, by what was wrong", () => {
  const pairs = { chosen: [0], rejected: [1] };
  expect(() => pairLoss("SLIC" as never, batch)).toThrow(
    'pairLoss: loss must be one of "DPO", "IPO", "LSIF"',
  );
  expect(() => pairLoss("DPO", { ...batch, rejected: [1] })).toThrow(
    "pairLoss: rejected must have a number for each of 5 pairs (at least 1), got 1",
  );
  expect(() => pairLoss("DPO", batch, { beta: 0 })).toThrow("pairLoss: beta must be a number > 0, got 0");
  expect(() => fitPairs([0, 0], { chosen: [2], rejected: [0] }, { loss: "DPO" })).toThrow(
    "fitPairs: pairs must be an integer >= 0 and <= 1, got 2",
  );
  const world = { reference: [0, 0, 0], beliefOf: [0, 1, 2], target: [0.5, 0.5] };
  expect(() => fitGdpo(world, pairs)).toThrow(
    "fitGdpo: the set of 2 beliefs does not cover the answers: response 2 expresses belief 2",
  );
  expect(() => fitGdpo({ ...world, target: [0.5, 0.2, 0.2] }, pairs)).toThrow(
    "gdpoLoss: target row 0 must be shares >= 0 that add up to 1, got a sum of 0.9",
  );
  const pair = { chosen: [-1], rejected: [-1], referenceChosen: [-1], referenceRejected: [-1] };
  expect(() => pairLoss("DPO", pair, { betta: 5 } as object)).toThrow("betta");
  for (const counts of [[0], [-1]])
    expect(() => pairLoss("DPO", { ...pair, counts })).toThrow("pairLoss: counts must be 0 or more");
  for (const from of [[1, 2], [0, 1], [0]])
    expect(() => tokenLogs({ logits: [1, 2, 3, 4], tokens: [0, 1], from })).toThrow(
      "tokenLogs: from must begin",
    );
  expect(() => tokenLogs({ logits: [1, 2, 3, 4], tokens: [0, 1], from: [0, 1.5, 2] })).toThrow(
    "tokenLogs: from",
  );
  expect(() => jensenShannon([0, 0], [1, 0])).toThrow("a sum above 0");
  expect(() => jensenShannon([NaN, 1], [1, 0])).toThrow(
    "jensenShannon: distribution must be finite, got NaN at index 0",
  );
  expect(() => jensenShannon([-1, 2], [1, 0])).toThrow("0 or more");
  expect(() => tokenLogs({ logits: [1, 2, 3], tokens: [0, 1], from: [0, 2] })).toThrow(
    "tokenLogs: logits must be as many numbers for each of 2 tokens, got 3",
  );
});
