import { describe, expect, test } from "vitest";
import { loadEngine } from "../../engine/index.js";
import { fittedModel, type FittedPrototypeModel } from "../../train/index.js";
import { randomParameters, smallWorld } from "../fixtures/small-worlds.js";
import { dataSizes, LoRe, type Model } from "../index.js";
import { RewardTree } from "./reward-tree.js";
import { leafChances, readTrees, rootVariable, treeRewards, treeSlopes, type Tree } from "./tree.js";

const engine = await loadEngine();

/** A model at random parameters, and its data. */
function placed<M extends Model>(model: M, features: number) {
  const data = smallWorld({ items: features });
  const sizes = dataSizes(data, data.users.length);
  const parameters = randomParameters(model, data);
  return {
    data,
    fitted: fittedModel({ model, parameters, engine, users: data.users, sizes }) as FittedPrototypeModel,
  };
}

/** One decision on the second of two variables: above 1 the first leaf, below it the second. */
const byHand: Tree = {
  depth: 1,
  nodes: [{ weights: Float64Array.of(0, 50), bias: -50 }],
  leaves: [{ reward: 3 }, { reward: -1 }],
};

describe("trees as they are read", () => {
  test.each([
    ["IL", 1, 3],
    ["CRL", 4, 3],
  ] as const)(
    "%s leaves: soft rewards, summed over a snippet, are what the engine computes",
    (leaves, depth, levels) => {
      const model = new RewardTree({ k: 3, depth, leaves, levels, lowest: -2, highest: 5, states: 2 });
      const { data, fitted } = placed(model, 6);
      const trees = readTrees(fitted);
      const returns = fitted.latentItems(data.items);
      const rewards = trees.map((tree) => treeRewards(tree, data.items.features ?? []));
      data.items.ids.forEach((_, item) => {
        rewards.forEach((of, k) =>
          expect(returns[3 * item + k]).toBeCloseTo(of[2 * item] + of[2 * item + 1], 4),
        );
      });
      expect(trees[0].nodes).toHaveLength(2 ** depth - 1);
      for (const { leaves: own } of trees)
        for (const { reward } of own) expect(Math.abs(reward - 1.5)).toBeLessThan(3.5);
    },
  );

  test("a decision by hand: chances, soft and hard rewards, the root's variable", () => {
    const states = [7, 0, 7, 1, 7, 2];
    const chances = leafChances(byHand, states);
    [0, 1, 0.5, 0.5, 1, 0].forEach((chance, i) => expect(chances[i]).toBeCloseTo(chance, 12));
    expect([...treeRewards(byHand, states, "hard")]).toEqual([-1, 3, 3]);
    expect(treeRewards(byHand, states)[1]).toBeCloseTo(1, 12);
    expect(rootVariable(byHand)).toBe(1);
  });

  test("chances of the leaves add up to 1, and the tree on the left is the first child's", () => {
    const { fitted } = placed(new RewardTree({ k: 2, depth: 3 }), 2);
    for (const tree of readTrees(fitted)) {
      const state = [0.3, -0.8];
      const chances = leafChances(tree, state);
      expect(chances.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      const [{ weights, bias }] = tree.nodes;
      const p = 1 / (1 + Math.exp(-(weights[0] * state[0] + weights[1] * state[1] + bias)));
      expect(chances.subarray(0, 4).reduce((a, b) => a + b)).toBeCloseTo(p, 12);
    }
  });

  test("slopes are those of finite differences", () => {
    const { fitted } = placed(new RewardTree({ k: 1, depth: 2, highest: 4 }), 3);
    const [tree] = readTrees(fitted);
    const states = [0.2, -0.4, 0.9, -1.1, 0.6, 0.1];
    const slopes = treeSlopes(tree, states);
    const moved = (j: number, by: number): Float64Array =>
      treeRewards(
        tree,
        states.map((value, i) => (i % 3 === j ? value + by : value)),
      );
    [0, 1, 2].forEach((j) => {
      const [up, down] = [moved(j, 1e-5), moved(j, -1e-5)];
      const each = Array.from(up, (value, row) => Math.abs(value - down[row]) / 2e-5);
      expect(slopes[j]).toBeCloseTo((each[0] + each[1]) / 2, 7);
    });
  });
});

describe("bad input", () => {
  test.each([0, 12, 2.5])("a tree of depth %s", (depth) => {
    expect(() => new RewardTree({ k: 1, depth })).toThrow(
      `RewardTree: depth must be an integer from 1 to 4, got ${depth}`,
    );
  });

  test.each([
    [{ states: 20 }, 81, "RewardTree: items must have as many features for each of 20 states, got 81 in all"],
    [{}, 0, "RewardTree: items must have features, as decisions are made by them; use LoRe"],
    [{ lowest: 1 }, 4, "RewardTree: highest must be above lowest, got 1 to 1"],
    [{ leaves: "CRL", levels: 1 }, 4, "RewardTree: levels must be at least 2, got 1"],
  ] as const)("%j of %s features", (given, features, message) => {
    const model = new RewardTree({ k: 2, ...given });
    expect(() => model.parameters({ users: 1, items: { rows: 2, features } })).toThrow(message);
  });

  test("snippets in contexts", () => {
    const sizes = { users: 1, items: { rows: 2, features: 4 }, contexts: { rows: 1, features: 1 } };
    expect(() => new RewardTree({ k: 1, states: 2 }).parameters(sizes)).toThrow("can have no contexts");
    expect(new RewardTree({ k: 1 }).parameters(sizes)[0].shape).toEqual([3, 5]);
  });

  test("states of another number of variables, an unknown output, a model without trees", () => {
    expect(() => treeRewards(byHand, [1, 2, 3])).toThrow(
      "leafChances: states must be rows of 2 numbers, got 3",
    );
    expect(() => treeRewards(byHand, [1, 2], "medium" as never)).toThrow(
      'treeRewards: output must be one of "soft"',
    );
    expect(() => treeSlopes(byHand, [])).toThrow("treeSlopes: needs at least one state, got none");
    const { fitted } = placed(new LoRe({ k: 2 }), 4);
    expect(() => readTrees(fitted)).toThrow("readTrees: a fitted RewardTree has trees, and a LoRe has none");
    expect(() => readTrees(undefined as never)).toThrow("readTrees: fitted must be");
  });
});
