import type { EvidenceSets } from "../evidence-sets.js";
import type { Noise } from "../state-noise.js";
import { BoundPlan, fixedNames } from "./bound-plan.js";
import { EvidenceFeed } from "./feeds/evidence-feed.js";
import { PairFeed } from "./feeds/pair-feed.js";
import { batchExtents, type BatchExtents } from "./feeds/pair-inputs.js";
import type { BatchSource } from "./loaded-data.js";
import { ParameterBlock } from "./parameters.js";
import type { Address, Runtime } from "./runtime.js";
import { scorePlan, type ScoreUse } from "./score-plan.js";

const LOSSES = { hinge: 0, logistic: 1 } as const;

export interface SessionUse extends Omit<ScoreUse, "source"> {
  readonly source: BatchSource;
  readonly capacity: number;
  /** Of users whose states are found from answers: how many states there are to find, and from how many answers a batch's are at most. */
  readonly evidence?: { readonly states: number; readonly answers: number };
}

/** Everything that computes one model on one set of comparisons, allocated once. */
export class Session {
  readonly parameters: ParameterBlock;
  readonly runtime: Runtime;
  /** What the scores of the batch are computed by. */
  readonly plan: BoundPlan;
  /** What the model added to the last loss. */
  lastPenalty = 0;
  readonly score: Address;
  readonly #dScore: Address;
  readonly #feed: PairFeed;
  readonly #extents: BatchExtents;
  readonly #evidence?: EvidenceFeed;
  readonly #penalty?: { readonly value: Address; readonly gradient: Address };
  readonly #loss: number;
  readonly #margin: number;

  constructor(runtime: Runtime, use: SessionUse) {
    const { model, sizes, source, capacity, states, evidence } = use;
    this.runtime = runtime;
    this.#loss = LOSSES[model.loss];
    this.#margin = model.margin;
    const { found, parameter } = model.user;
    const given = states === undefined && found === undefined ? undefined : parameter;
    const specs = model.parameters(sizes).filter(({ name }) => name !== given);
    this.parameters = new ParameterBlock(runtime, specs);
    this.#extents = batchExtents(capacity, evidence?.answers);
    this.score = runtime.allocate(capacity);
    this.#dScore = runtime.allocate(capacity);
    const plan = scorePlan(use, specs, this.#extents);
    const names = fixedNames(plan);
    const users = evidence?.states ?? sizes.users;
    this.#feed = new PairFeed(runtime, { source, extents: this.#extents, users, names });
    if (evidence !== undefined && found !== undefined)
      this.#evidence = new EvidenceFeed(runtime, source, this.#extents, found);
    if (names.has("penalty"))
      this.#penalty = { value: runtime.allocate(capacity), gradient: runtime.allocate(capacity) };
    this.plan = new BoundPlan(runtime, plan, this.#addresses(states));
  }

  /** Fills the batch with the rows that `order` names and computes their scores. */
  forward(order: Address, count: number): void {
    this.#feed.fill(order, count);
    this.#evidence?.fill(this.#feed.addressOf("users.rows") ?? 0);
    this.plan.forward();
  }

  /** From now on states are found from these answers; where they are sampled, with this noise. */
  findFrom(sets: EvidenceSets, noise?: Noise): void {
    if (this.#evidence === undefined) throw new Error("internal: its states are not found from answers");
    this.#evidence.sets = sets;
    this.#evidence.noise = noise;
  }

  /** From now on row i of a batch is judged by user i modulo `users`, whatever the data says. */
  judgeInTurn(users: number): void {
    this.#feed.judgeInTurn(users);
  }

  /**
   * The batch's mean loss, its gradient written to the parameters'.
   * @param penaltyFactor what is added to the loss is multiplied by it
   */
  backward(totalWeight: number, penaltyFactor = 1): number {
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
    const added =
      this.#penalty === undefined
        ? 0
        : kernels.penaltyWithGradient(
            count,
            this.#penalty.value,
            weight,
            total * penaltyFactor,
            this.#penalty.gradient,
          );
    this.plan.backward();
    this.lastPenalty = added;
    return value + added;
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
    if (this.#penalty !== undefined)
      known.set("penalty", this.#penalty.value).set("dPenalty", this.#penalty.gradient);
    for (const { spec, value, gradient } of this.parameters.places) {
      known.set(`value ${spec.name}`, value);
      known.set(`gradient ${spec.name}`, gradient);
    }
    if (states !== undefined) known.set("states", this.runtime.storeFloats(states));
    return (name) => {
      const found = known.get(name) ?? this.#feed.addressOf(name) ?? this.#evidence?.addressOf(name);
      if (found === undefined) throw new Error(`internal: nobody fills ${name}`);
      return found;
    };
  }
}
