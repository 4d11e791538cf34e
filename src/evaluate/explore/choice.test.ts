import { expect, test } from "vitest";
import { besideMethods, type ExploredK } from "./choice.js";

const choice = {
  ...{ k: 1, kind: "alike", method: "latent-classes", best: 1, candidates: [], atEdge: false },
  ...{ halves: [1, 1], sure: "sure" },
} as ExploredK;
const beside = (low: number, differ: boolean, more: Partial<ExploredK> = {}, best = "factors"): ExploredK =>
  besideMethods({ ...choice, ...more }, differ, {
    methods: [
      { id: "popularity", overOneReward: { low: 0 } },
      { id: "factors", overOneReward: { low } },
    ],
    ...{ best, oneReward: "popularity" },
  } as unknown as Parameters<typeof besideMethods>[2]);

test("one reward for all is not sure where users differ and a method that knows them surely predicts better", () => {
  expect(beside(0.01, true)).toEqual({ ...choice, sure: "not sure", isOutdone: true });
});

test.each([
  ["its gain may be none", beside(-0.001, true)],
  ["no test shows that users differ", beside(0.01, false)],
  ["one reward is the best", beside(0.01, true, {}, "popularity")],
])("it stays as it was where %s", (_, found) => expect(found).toEqual(choice));

test("types stay as sure as they were", () => {
  expect(beside(0.01, true, { kind: "types", k: 2 })).toEqual({ ...choice, kind: "types", k: 2 });
});
