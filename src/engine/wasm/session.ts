import { InputError } from "../../core/index.js";
import type { DataSizes, Model, ParameterSpec } from "../../families/index.js";
import { fixed, planScores, Trace, type Node, type ParameterInputs, type Plan } from "../../graph/index.js";
import { BoundPlan, fixedNames } from "./bound-plan.js";
import { PairFeed } from "./feeds/pair-feed.js";
import { batchExtents, pairInputs, sourceNode, type BatchExtents } from "./feeds/pair-inputs.js";
import type { BatchSource, LoadedPairs } from "./loaded-data.js";
import { ParameterBlock } from "./parameters.js";
import type { Address, Runtime } from "./runtime.js";

const LOSSES = { hinge: 0, logistic: 1 } as const;

export interface SessionUse {
  readonly model: Model;
  readonly sizes: DataSizes;
  readonly source: BatchSource;
  readonly capacity: number;
  /** States of every user, [U, S], where they are given instead of learned. */
  readonly states?: Float32Array;
  /** Groups that get gradients; all where it says nothing, none without a backward pass. */
  readonly trainable?: readonly string[] | "none";
  /** Whether hidden units are dropped. */
  readonly training?: boolean;
}

/** Everything that computes one model on one set of comparisons, allocated once. */
export class Session {
  readonly parameters: ParameterBlock;
  readonly runtime: Runtime;
  /** What the scores of the batch are computed by. */
  readonly plan: BoundPlan;
  readonly score: Address;
  readonly #dScore: Address;
  readonly #feed: PairFeed;
  readonly #extents: BatchExtents;
  readonly #loss: number;
  readonly #margin: number;

  constructor(runtime: Runtime, use: SessionUse) {
    const { model, sizes, source, capacity, states } = use;
    this.runtime = runtime;
    this.#loss = LOSSES[model.loss];
    this.#margin = model.margin;
    const given = states === undefined ? undefined : model.user.parameter;
    const specs = model.parameters(sizes).filter(({ name }) => name !== given);
    this.parameters = new ParameterBlock(runtime, specs);
    this.#extents = batchExtents(capacity);
    this.score = runtime.allocate(capacity);
    this.#dScore = runtime.allocate(capacity);
    const plan = scorePlan(use, specs, this.#extents);
    const names = fixedNames(plan);
    this.#feed = new PairFeed(runtime, { source, extents: this.#extents, users: sizes.users, names });
    this.plan = new BoundPlan(runtime, plan, this.#addresses(states));
  }

  /** Fills the batch with the rows that `order` names and computes their scores. */
  forward(order: Address, count: number): void {
    this.#feed.fill(order, count);
    this.plan.forward();
  }

  /** From now on row i of a batch is judged by user i modulo `users`, whatever the data says. */
  judgeInTurn(users: number): void {
    this.#feed.judgeInTurn(users);
  }

  /** The batch's mean loss, its gradient written to the parameters'. */
  backward(totalWeight: number): number {
    const { label, weight } = this.#feed;
    const { count } = this.#extents.comparisons;
    const { kernels } = this.runtime;
    const total = 1 / totalWeight;
    const margin = this.#margin;
    const value = kernels.lossWithGradient(
      this.#loss,
      count,
      this.score,
      label,
      weight,
      margin,
      total,
      this.#dScore,
    );
    this.plan.backward();
    return value;
  }

  /** The sum of the weights of the rows in the batch. */
  batchWeight(): number {
    const weights = this.runtime.floats(this.#feed.weight, this.#extents.comparisons.count);
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i];
    return total;
  }

  #addresses(states: Float32Array | undefined): (name: string) => Address {
    const known = new Map<string, Address>([
      ["score", this.score],
      ["dScore", this.#dScore],
    ]);
    for (const { spec, value, gradient } of this.parameters.places) {
      known.set(`value ${spec.name}`, value);
      known.set(`gradient ${spec.name}`, gradient);
    }
    if (states !== undefined) known.set("states", this.runtime.storeFloats(states));
    return (name) => {
      const found = known.get(name) ?? this.#feed.addressOf(name);
      if (found === undefined) throw new Error(`internal: nobody fills ${name}`);
      return found;
    };
  }
}

/** The plan of a model's scores on batches of these pairs, and of their gradients unless nothing is trainable. */
export function scorePlan(
  use: Pick<SessionUse, "model" | "states" | "trainable" | "training" | "sizes"> & {
    readonly source: LoadedPairs;
  },
  specs: readonly ParameterSpec[],
  extents: BatchExtents,
): Plan {
  const { model, states, trainable, training = false, source, sizes } = use;
  const { user, family } = model;
  const ops = new Trace(family.name, { training });
  const isTrainable = (group: string): boolean =>
    trainable !== "none" && (trainable === undefined || trainable.includes(group));
  const p = parameterInputs(specs, isTrainable);
  const pairs = pairInputs(ops, source, extents);
  const state = (): Node => {
    const { rows } = pairs.users;
    if (states !== undefined) {
      const value = fixed("states", states.length);
      return ops.rows(sourceNode(value, sizes.users, user.width(sizes)), rows);
    }
    if (user.trained === undefined)
      throw new InputError(`${family.name}: its users have no state to score with`);
    return user.trained(ops, p, rows);
  };
  const score = model.score({ ops, p, pairs, state });
  const value = fixed("score", extents.comparisons.capacity);
  const gradient = fixed("dScore", extents.comparisons.capacity);
  return planScores(score, trainable === "none" ? { value } : { value, gradient });
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
  return {
    has: (name) => nodes.has(name),
    get(name) {
      const found = nodes.get(name);
      if (found === undefined)
        throw new Error(`internal: no parameter ${name}; there are ${[...nodes.keys()].join(", ")}`);
      return found;
    },
  };
}
