import { InputError } from "../../core/index.js";
import type { DataSizes, Model, ParameterSpec } from "../../families/index.js";
import {
  fixed,
  planScores,
  Trace,
  type Node,
  type ParameterInputs,
  type Place,
  type Plan,
  type Target,
} from "../../graph/index.js";
import { evidenceInputs } from "./feeds/evidence-inputs.js";
import { pairInputs, sourceNode, type BatchExtents } from "./feeds/pair-inputs.js";
import type { LoadedPairs } from "./loaded-data.js";

/** What a plan of scores is made for. */
export interface ScoreUse {
  readonly model: Model;
  readonly sizes: DataSizes;
  readonly source: LoadedPairs;
  /** States of every user, [U, S], where they are given instead of learned. */
  readonly states?: Float32Array;
  /** Groups that get gradients; all where it says nothing, none without a backward pass. */
  readonly trainable?: readonly string[] | "none";
  /** Whether hidden units are dropped. */
  readonly training?: boolean;
  /** Whether states that are found from answers are sampled, by noise that is fed. */
  readonly isSampled?: boolean;
}

/**
 * The plan of a model's scores on batches of these pairs, and of their gradients unless nothing is trainable. Scores go to `score`, and what is
 * added to the loss to `penalty`; their gradients lie in `dScore` and `dPenalty`.
 */
export function scorePlan(use: ScoreUse, specs: readonly ParameterSpec[], extents: BatchExtents): Plan {
  const { model, trainable, training = false, source } = use;
  const ops = new Trace(model.family.name, { training });
  const isTrainable = (group: string): boolean =>
    trainable !== "none" && (trainable === undefined || trainable.includes(group));
  const p = parameterInputs(specs, isTrainable);
  const pairs = pairInputs(ops, source, extents);
  let known: Node | undefined;
  const state = (): Node => (known ??= stateNode(use, { ops, p, extents }, pairs.users.rows));
  const inputs = { ops, p, pairs, state, ...noiseOf(use, extents) };
  const score = model.score(inputs);
  const { capacity } = extents.comparisons;
  const to = (name: string): Target => {
    const value = fixed(name, capacity);
    const gradient = fixed(`d${name[0].toUpperCase()}${name.slice(1)}`, capacity);
    return trainable === "none" ? { value } : { value, gradient };
  };
  const penalty = trainable === "none" ? undefined : model.penalty(inputs);
  return planScores(
    score,
    to("score"),
    penalty === undefined ? undefined : { node: penalty, to: to("penalty") },
  );
}

function stateNode(
  { model, states, sizes, source }: ScoreUse,
  {
    ops,
    p,
    extents,
  }: { readonly ops: Trace; readonly p: ParameterInputs<Node>; readonly extents: BatchExtents },
  rows: Place,
): Node {
  const { user, family } = model;
  if (states !== undefined) {
    const value = fixed("states", states.length);
    return ops.rows(sourceNode(value, sizes.users, user.width(sizes)), rows);
  }
  if (user.found !== undefined)
    return model.state({ ops, p, evidence: evidenceInputs(ops, source, extents, user.found) });
  if (user.trained === undefined)
    throw new InputError(`${family.name}: its users have no state to score with`);
  return user.trained(ops, p, rows);
}

function noiseOf({ model, isSampled = false }: ScoreUse, { users }: BatchExtents): { readonly noise?: Node } {
  const { found } = model.user;
  if (!isSampled || found === undefined) return {};
  return { noise: sourceNode(fixed("noise", users.capacity * found.noise), users, found.noise) };
}

/** Parameters as sources of a graph. */
export function parameterInputs(
  specs: readonly ParameterSpec[],
  isTrainable: (group: string) => boolean,
): ParameterInputs<Node> {
  const nodes = new Map(
    specs.map(({ name, shape, group }) => {
      const [rows, columns] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
      const value = fixed(`value ${name}`, rows * columns);
      const more = isTrainable(group) ? { gradient: fixed(`gradient ${name}`, rows * columns) } : {};
      return [name, sourceNode(value, rows, columns, more)] as const;
    }),
  );
  const get = (name: string): Node => {
    const found = nodes.get(name);
    if (found === undefined)
      throw new Error(`internal: no parameter ${name}; there are ${[...nodes.keys()].join(", ")}`);
    return found;
  };
  return { has: (name) => nodes.has(name), get, columns: (name) => get(name).columns };
}
