import type { PreferenceData } from "../../src/data/index.js";
import { leafChances, readTrees, RewardTree, treeRewards } from "../../src/families/index.js";
import { arrayOf, numberOf, type Compare, type Compared, type FamilyCase } from "./family-case.js";

/** Their nodes stand breadth first, ours by path; leaves too. For a tree of depth 2. */
const LEAVES = [0, 2, 1, 3] as const;
const NODES = [0, 1, 2] as const;
const USERS = "user_learner.W";

function comparisons({ inputs }: FamilyCase): PreferenceData {
  const { shape, data } = arrayOf(inputs["snippets"]);
  const rows = Int32Array.from({ length: shape[0] }, (_, row) => row);
  return {
    users: ["one"],
    items: {
      ids: Array.from({ length: 2 * shape[0] }, (_, i) => `s${i}`),
      features: Float32Array.from(data),
    },
    user: new Int32Array(shape[0]),
    left: rows.map((row) => 2 * row),
    right: rows.map((row) => 2 * row + 1),
    label: Int8Array.from(arrayOf(inputs["labels"]).data, (label) => (label === 1 ? 1 : -1)),
    source: { name: "oracle", license: "", sha256: "" },
  };
}

/** Numbers by our names, in our order. */
function ordered(of: FamilyCase["parameters"]): Map<string, Float32Array> {
  const flat = (names: readonly string[]): Float32Array =>
    Float32Array.from(names.flatMap((name) => [...of[name].data]));
  const each = (part: string): string[] => NODES.map((node) => `node${node}.${part}`);
  return new Map([
    ["trees.weight", flat(each("weight"))],
    ["trees.bias", flat(each("bias"))],
    ["trees.beta", flat(each("beta"))],
    ["trees.leaves", flat(LEAVES.map((leaf) => `leaf${leaf}`))],
  ]);
}

function modelOf({ config, model }: FamilyCase): RewardTree {
  const rewards = config["class_reward"] as readonly number[];
  const isBalanced = model === "ddt-gridworld";
  return new RewardTree({
    ...{ k: 1, depth: Number(config["depth"]), states: Number(config["snippet"]) },
    ...{ leaves: "CRL", levels: rewards.length, lowest: rewards[0], highest: rewards[rewards.length - 1] },
    ...(isBalanced ? { balance: 0.1, balanceOver: "state" } : {}),
  });
}

type Entry = readonly [string, { readonly got: ArrayLike<number>; readonly want: ArrayLike<number> }];

const tree: Compare = (given, engine): Compared => {
  const [model, data] = [modelOf(given), comparisons(given)];
  const wanted = ordered(given.gradients);
  const parameters = new Map([...ordered(given.parameters), [USERS, new Float32Array(1)]]);
  const { loss, gradients, scores } = engine.lossAndGradients(model, parameters, data);
  const [read] = readTrees({ model, parameters });
  const returns = arrayOf(given.outputs["snippet_return"]).data;
  const compared: Entry[] = [
    ["total", { got: [loss], want: [numberOf(given.loss_terms["total"])] }],
    [
      "scores",
      { got: scores, want: Array.from(scores, (_, row) => returns[2 * row + 1] - returns[2 * row]) },
    ],
    [
      "rewards of states",
      {
        got: treeRewards(read, arrayOf(given.inputs["snippets"]).data),
        want: arrayOf(given.outputs["state_reward"]).data,
      },
    ],
    ...[...wanted].map(
      ([name, want]) => [`gradient of ${name}`, { got: gradients.get(name) ?? [], want }] as const,
    ),
  ];
  return new Map([...compared, ...asked(given, read)]);
};

/** What the case says of states that are asked about. */
function asked({ inputs, outputs }: FamilyCase, read: ReturnType<typeof readTrees>[number]): Compared {
  const found: Entry[] = [];
  if (inputs["query_states"] === undefined) return new Map(found);
  const states = arrayOf(inputs["query_states"]).data;
  const chances = leafChances(read, states);
  const add = (name: string, got: () => ArrayLike<number>): void => {
    if (name in outputs) found.push([name, { got: got(), want: arrayOfNumbers(outputs[name]) }]);
  };
  add("query_path_probabilities", () => chances);
  add("query_soft_reward", () => treeRewards(read, states));
  add("query_hard_reward", () => treeRewards(read, states, "hard"));
  // as released, the number of a reward and not the reward
  add("query_hard_class_index", () =>
    Array.from({ length: chances.length / 4 }, (_, row) => {
      const own = chances.subarray(4 * row, 4 * row + 4);
      const likeliest = read.leaves[own.indexOf(Math.max(...own))].chances ?? new Float64Array();
      return likeliest.indexOf(Math.max(...likeliest));
    }),
  );
  return new Map(found);
}

function arrayOfNumbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? (value as number[]) : arrayOf(value as FamilyCase["outputs"][string]).data;
}

export const REWARD_TREES = { "ddt-cartpole": tree, "ddt-gridworld": tree };
