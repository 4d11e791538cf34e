import { checkNumbers, checkObject, checkOneOf, exp, InputError } from "../../core/index.js";
import type { Model } from "../family.js";
import { valuesOf, type Parameters } from "../parameters.js";
import { TREES, type Settings } from "./options.js";

/** A decision: the first child is taken with chance 1 / (1 + e^-(<weights, s> + bias)), beta multiplied in. */
export interface TreeNode {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** A reward tree as it can be read. */
export interface Tree {
  readonly depth: number;
  /** Breadth first: the children of node i are 2 i + 1, the first, and 2 i + 2. */
  readonly nodes: readonly TreeNode[];
  /** From the first child's first to the second's second, [2^depth]: the reward of each, and of CRL leaves the chances of their rewards. */
  readonly leaves: readonly { readonly reward: number; readonly chances?: Float64Array }[];
}

/** What a tree says of a state: all leaves, weighed by their chances, or the likeliest leaf alone. */
export const TREE_OUTPUTS = ["soft", "hard"] as const;
/** The name of one of them. */
export type TreeOutput = (typeof TREE_OUTPUTS)[number];

/**
 * The trees of a fitted `RewardTree`, one for each prototype.
 * @throws InputError for a model of another family
 */
export function readTrees(fitted: { readonly model: Model; readonly parameters: Parameters }): Tree[] {
  checkObject("readTrees: fitted", fitted, ["model", "parameters"], "a fitted RewardTree");
  const { model, parameters } = fitted;
  if (model.kind !== "reward-tree")
    throw new InputError(`readTrees: a fitted RewardTree has trees, and a ${model.family.name} has none`);
  const settings = model as unknown as Settings;
  const { k, depth } = settings;
  const read = (name: string): Float32Array => valuesOf(parameters, name, "RewardTree");
  const [weight, bias, beta, free] = [TREES.weight, TREES.bias, TREES.beta, TREES.leaves].map(read);
  const [columns, levels] = [weight.length / bias.length, free.length / (k * 2 ** depth)];
  // rows stand by level, path and tree
  const rowOf = (level: number, place: number, tree: number): number => reversed(place, level) * k + tree;
  return Array.from({ length: k }, (_, tree): Tree => {
    const nodes = Array.from({ length: 2 ** depth - 1 }, (_, i): TreeNode => {
      const level = Math.floor(Math.log2(i + 1));
      const row = k * (2 ** level - 1) + rowOf(level, i + 1 - 2 ** level, tree);
      const own = weight.subarray(row * columns, (row + 1) * columns);
      return { weights: Float64Array.from(own, (w) => beta[row] * w), bias: beta[row] * bias[row] };
    });
    const leaves = Array.from({ length: 2 ** depth }, (_, place) => {
      const row = rowOf(depth, place, tree);
      return leafOf(free.subarray(row * levels, (row + 1) * levels), settings);
    });
    return { depth, nodes, leaves };
  });
}

/** A place in a level, left to right, is the path with its first decision as the highest bit; parameters have that as the lowest. */
function reversed(place: number, bits: number): number {
  let turned = 0;
  for (let bit = 0; bit < bits; bit++) turned = 2 * turned + (Math.floor(place / 2 ** bit) % 2);
  return turned;
}

function leafOf(free: Float32Array, { leaves, lowest, highest }: Settings): Tree["leaves"][number] {
  if (leaves === "IL") return { reward: lowest + (highest - lowest) * sigma(free[0]) };
  const top = free.reduce((a, b) => Math.max(a, b));
  const raised = Float64Array.from(free, (value) => exp(value - top));
  const total = raised.reduce((a, b) => a + b);
  const chances = raised.map((value) => value / total);
  const step = (highest - lowest) / (free.length - 1);
  return { reward: chances.reduce((sum, p, c) => sum + p * (lowest + c * step), 0), chances };
}

/**
 * The chance of each leaf in each state, row-major [n, leaves].
 * @param states row-major [n, d]
 * @throws InputError for states of another number of variables
 */
export function leafChances(tree: Tree, states: ArrayLike<number>): Float64Array {
  const d = checkStates("leafChances", tree, states);
  const leaves = tree.leaves.length;
  const found = new Float64Array((states.length / d) * leaves);
  const [reach, first] = [2 * leaves - 1, leaves - 1].map((n) => new Float64Array(n));
  for (let row = 0, at = 0; at < found.length; row += d, at += leaves) {
    walk(tree, states, row, { reach, first });
    found.set(reach.subarray(leaves - 1), at);
  }
  return found;
}

/**
 * Rewards of states, [n].
 * @param output `soft`: the mean of the leaves' rewards by their chances; `hard`: the reward of the likeliest leaf
 * @throws InputError for states of another number of variables, or an unknown output
 */
export function treeRewards(
  tree: Tree,
  states: ArrayLike<number>,
  output: TreeOutput = "soft",
): Float64Array {
  checkOneOf("treeRewards: output", output, TREE_OUTPUTS);
  const chances = leafChances(tree, states);
  const rewards = tree.leaves.map(({ reward }) => reward);
  const size = rewards.length;
  return Float64Array.from({ length: chances.length / size }, (_, row) => {
    const own = chances.subarray(row * size, (row + 1) * size);
    if (output === "hard") return rewards[own.indexOf(own.reduce((a, b) => Math.max(a, b)))];
    return own.reduce((sum, chance, leaf) => sum + chance * rewards[leaf], 0);
  });
}

/** The variable on which the root decides most: that of its largest weight, which says something where variables are on one scale. @throws InputError for what is no tree */
export function rootVariable(tree: Tree): number {
  checkTree("rootVariable", tree);
  const [{ weights }] = tree.nodes;
  return weights.reduce((best, weight, j) => (Math.abs(weight) > Math.abs(weights[best]) ? j : best), 0);
}

/**
 * How much each variable moves the reward: the mean over states of the derivative's size, [d], of the soft output.
 * @param states row-major [n, d], on one scale for all variables
 * @throws InputError for states of another number of variables, or none
 */
export function treeSlopes(tree: Tree, states: ArrayLike<number>): Float64Array {
  const d = checkStates("treeSlopes", tree, states);
  if (states.length === 0) throw new InputError("treeSlopes: needs at least one state, got none");
  const leaves = tree.leaves.length;
  const slopes = new Float64Array(d);
  // the worth of each node below itself, and chances to get there
  const [worth, reach, first] = [2 * leaves - 1, 2 * leaves - 1, leaves - 1].map((n) => new Float64Array(n));
  for (let row = 0; row < states.length; row += d) {
    walk(tree, states, row, { reach, first });
    tree.leaves.forEach(({ reward }, leaf) => (worth[leaves - 1 + leaf] = reward));
    const own = new Float64Array(d);
    for (let i = leaves - 2; i >= 0; i--) {
      const [p, gap] = [first[i], worth[2 * i + 1] - worth[2 * i + 2]];
      worth[i] = worth[2 * i + 2] + p * gap;
      tree.nodes[i].weights.forEach((weight, j) => (own[j] += reach[i] * p * (1 - p) * gap * weight));
    }
    own.forEach((slope, j) => (slopes[j] += (Math.abs(slope) * d) / states.length));
  }
  return slopes;
}

/** Chances to get to each node and leaf from the state that begins at `row`, and of each node's first child. */
function walk(
  { nodes }: Tree,
  states: ArrayLike<number>,
  row: number,
  { reach, first }: { readonly reach: Float64Array; readonly first: Float64Array },
): void {
  reach[0] = 1;
  nodes.forEach(({ weights, bias }, i) => {
    let z = bias;
    for (let j = 0; j < weights.length; j++) z += weights[j] * states[row + j];
    first[i] = sigma(z);
    reach[2 * i + 1] = reach[i] * first[i];
    reach[2 * i + 2] = reach[i] * (1 - first[i]);
  });
}

/** @returns variables of a state */
function checkStates(caller: string, tree: Tree, states: ArrayLike<number>): number {
  checkTree(caller, tree);
  checkNumbers(`${caller}: states`, states);
  const d = tree.nodes[0].weights.length;
  if (states.length % d !== 0)
    throw new InputError(`${caller}: states must be rows of ${d} numbers, got ${states.length} numbers`);
  return d;
}

function checkTree(caller: string, tree: Tree): void {
  checkObject(`${caller}: tree`, tree, ["nodes", "leaves"], "a tree, as readTrees gives it");
}

function sigma(z: number): number {
  return 1 / (1 + exp(-z));
}
