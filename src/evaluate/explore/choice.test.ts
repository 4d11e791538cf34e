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

test.each([
  ["a method that knows them surely predicts better", beside(0.01, true), "outdone"],
  ["the best method's gain may be none", beside(-0.001, true), "unseen"],
  ["one reward predicts best", beside(0.01, true, {}, "popularity"), "unseen"],
])("one reward for all is not sure where users differ and %s", (_, found, open) => {
  expect(found).toEqual({ ...choice, sure: "not sure", open });
});

test("it stays as it was where no test shows that users differ", () => {
  expect(beside(0.01, false)).toEqual(choice);
});

test("types stay as sure as they were", () => {
  expect(beside(0.01, true, { kind: "types", k: 2 })).toEqual({ ...choice, kind: "types", k: 2 });
});
