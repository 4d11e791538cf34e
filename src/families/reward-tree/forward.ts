import type { Ops, ParameterInputs } from "../../graph/index.js";
import { TREES, type Settings } from "./options.js";

/** What a forward function of trees is written with. */
export interface Given<T, I> {
  readonly ops: Ops<T, I>;
  readonly p: ParameterInputs<T>;
  readonly settings: Settings;
}

/** What states make of the trees' decisions: one column for each node of a level and each tree, the tree running fastest. */
export interface Routes<T> {
  /** Chances of both ways at every node, [n, nodes]: children[0], and children[1]. */
  readonly first: T;
  readonly second: T;
  /** Chances to get to the nodes of each level below the root; those behind the last are the leaves. */
  readonly reach: readonly T[];
}

/** Of states x, [n, d]. A node's path is its number in its level: the first decision is the lowest bit, and 0 is children[0]. */
export function routesOf<T, I>({ ops, p, settings }: Given<T, I>, x: T): Routes<T> {
  const { k, depth } = settings;
  const nodes = k * (2 ** depth - 1);
  // sigma(z) = (1 + tanh(z / 2)) / 2, z = beta (<w, x> + b)
  const beta = p.get(TREES.beta);
  const halves = Float32Array.from({ length: nodes * nodes }, (_, i) => (i % (nodes + 1) === 0 ? 0.5 : 0));
  const diagonal = ops.multiply(
    ops.matmul(ops.constant(nodes, 1, ones(nodes)), beta),
    ops.constant(nodes, nodes, halves),
  );
  const weight = ops.matmul(diagonal, p.get(TREES.weight));
  const bias = ops.scale(ops.multiply(beta, p.get(TREES.bias)), 0.5);
  const turn = ops.hidden(ops.matmul(x, weight, "transposed"), { bias, activation: "tanh", dropout: 0 });
  const half = ops.constant(1, nodes, ones(nodes).fill(0.5));
  const first = ops.bias(ops.scale(turn, 0.5), half);
  const second = ops.bias(ops.scale(turn, -0.5), half);
  const reach: T[] = [];
  for (let level = 0; level < depth; level++) {
    const from = k * (2 ** level - 1);
    const to = k * (2 ** (level + 1) - 1);
    const ways = [first, second].map((way) => ops.columns(way, from, to));
    const here = level === 0 ? ways : ways.map((way) => ops.multiply(reach[level - 1], way));
    reach.push(ops.beside(here));
  }
  return { first, second, reach };
}

/** Returns of items, snippets of states [n, states · d], under each tree, [n, K]: the sum over states of the leaves' rewards, weighed by their chances. */
export function returnsOf<T, I>(given: Given<T, I>, items: T): T {
  const { ops, settings } = given;
  const { k, depth } = settings;
  const { reach } = routesOf(given, statesOf(given, items));
  const leaves = k * 2 ** depth;
  const own = Float32Array.from({ length: leaves * k }, (_, i) => (Math.floor(i / k) % k === i % k ? 1 : 0));
  const values = ops.multiply(
    ops.matmul(leafRewards(given), ops.constant(1, k, ones(k))),
    ops.constant(leaves, k, own),
  );
  return summed(given, ops.matmul(reach[depth - 1], values), k);
}

/** Each item's states, one a row. */
export function statesOf<T, I>({ ops, settings }: Given<T, I>, items: T): T {
  return settings.states === 1 ? items : ops.unfold(items, settings.states);
}

/** Columns of states, summed up over each item's. */
export function summed<T, I>({ ops, settings }: Given<T, I>, x: T, columns: number): T {
  const { states } = settings;
  if (states === 1) return x;
  const each = Float32Array.from({ length: states * columns * columns }, (_, i) =>
    Math.floor(i / columns) % columns === i % columns ? 1 : 0,
  );
  return ops.matmul(ops.fold(x, states), ops.constant(states * columns, columns, each));
}

/** The reward of each leaf, [leaves, 1]. */
function leafRewards<T, I>({ ops, p, settings }: Given<T, I>): T {
  const { leaves, levels, lowest, highest } = settings;
  const free = p.get(TREES.leaves);
  const curve = (x: T, activation: "tanh" | "exp" | "log"): T => ops.hidden(x, { activation, dropout: 0 });
  if (leaves === "IL") {
    const middle = ops.constant(1, 1, Float32Array.of((highest + lowest) / 2));
    return ops.bias(ops.scale(curve(ops.scale(free, 0.5), "tanh"), (highest - lowest) / 2), middle);
  }
  const rewards = Float32Array.from(
    { length: levels },
    (_, c) => lowest + ((highest - lowest) * c) / (levels - 1),
  );
  const total = curve(ops.matmul(curve(free, "exp"), ops.constant(levels, 1, ones(levels))), "log");
  const chances = curve(ops.subtract(free, ops.matmul(total, ops.constant(1, levels, ones(levels)))), "exp");
  return ops.matmul(chances, ops.constant(levels, 1, rewards));
}

export function ones(count: number): Float32Array {
  return new Float32Array(count).fill(1);
}
