import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  checkObject,
  exp,
  InputError,
} from "../../core/index.js";
import { Adam } from "../adam.js";
import { logSoftmax, softmax, throughLogSoftmax } from "../softmax.js";
import { checkPairs, distinctPairs, type ActionPairs, type DistinctPairs } from "./distinct-pairs.js";
import { gdpoLoss } from "./gdpo.js";

/** Responses to one prompt, and the belief that each expresses. */
export interface BeliefWorld {
  /** ln of the reference's chances of the responses, [A]. */
  readonly reference: ArrayLike<number>;
  /** The belief of each response, [A], 0 to K - 1. */
  readonly beliefOf: ArrayLike<number>;
  /** The group's shares of the K beliefs, known beforehand, [K]; each belief of a response must be one of them. */
  readonly target: ArrayLike<number>;
}

/** A policy that says a belief first, and then a response. */
export interface BeliefPolicy {
  /** Chances of the beliefs, [K]. */
  readonly beliefs: Float64Array;
  /** Chances of the responses given each belief, row-major [K, A]. */
  readonly responses: Float64Array;
}

/**
 * A policy fitted by {@link gdpoLoss} to pairs whose chosen response expresses a belief: tables of a belief's chance, and of responses given the belief. It
 * starts at equal beliefs, and at the reference under each. Steps of Adam with all pairs fall evenly in size.
 * @throws InputError for a belief that is not of the set, responses that do not fit, or an option out of its range
 */
export function fitGdpo(
  world: BeliefWorld,
  pairs: ActionPairs,
  options: { readonly beta?: number; readonly steps?: number; readonly rate?: number } = {},
): BeliefPolicy {
  checkKeys("fitGdpo", options, ["beta", "steps", "rate"]);
  const { beta = 0.1, steps = 2000, rate = 0.05 } = options;
  checkInteger("fitGdpo: steps", steps, { min: 1 });
  checkNumber("fitGdpo: rate", rate, { above: 0 });
  checkWorld(world);
  checkPairs("fitGdpo", pairs, world.reference.length);
  const tables = new Tables(world, distinctPairs(pairs, world.reference.length));
  for (let step = 0; step < steps; step++) tables.step(beta, rate * (1 - step / steps));
  return tables.policy();
}

/** The policy's logits: K of the beliefs, then A under each. */
class Tables {
  readonly #logits: Float64Array;
  readonly #adam: Adam;
  readonly #world: BeliefWorld;
  readonly #seen: DistinctPairs;
  readonly #k: number;
  /** The belief of each pair's chosen response, and what stays as it is. */
  readonly #named: Int32Array;
  readonly #target: Float64Array;
  readonly #references: { readonly referenceChosen: Float64Array; readonly referenceRejected: Float64Array };

  constructor(world: BeliefWorld, seen: DistinctPairs) {
    [this.#world, this.#seen, this.#k] = [world, seen, world.target.length];
    const { length } = world.reference;
    this.#logits = new Float64Array(this.#k * (1 + length));
    for (let belief = 0; belief < this.#k; belief++)
      this.#logits.set(Array.from(world.reference), this.#k + belief * length);
    this.#adam = new Adam(this.#logits.length);
    this.#named = Int32Array.from(rowsAt(world.beliefOf, seen.chosen));
    this.#target = repeated(world.target, seen.counts.length);
    this.#references = {
      referenceChosen: rowsAt(world.reference, seen.chosen),
      referenceRejected: rowsAt(world.reference, seen.rejected),
    };
  }

  step(beta: number, rate: number): void {
    const { chosen, rejected, counts } = this.#seen;
    const [k, named, { length }] = [this.#k, this.#named, this.#world.reference];
    const logs = this.#logs();
    const at = (side: Int32Array): Float64Array => {
      const own = new Float64Array(side.length);
      for (let i = 0; i < side.length; i++) own[i] = logs.responses[named[i]][side[i]];
      return own;
    };
    const { gradients } = gdpoLoss(
      {
        ...{ logits: repeated(this.#logits.subarray(0, k), named.length), target: this.#target },
        beliefs: rowsAt(logs.beliefs, named),
        pairs: { chosen: at(chosen), rejected: at(rejected), ...this.#references, counts },
      },
      { beta },
    );
    const gradient = new Float64Array(this.#logits.length);
    const byBelief = new Float64Array(k);
    const byResponse = logs.responses.map((row) => new Float64Array(row.length));
    named.forEach((belief, i) => {
      byBelief[belief] += gradients.beliefs[i];
      byResponse[belief][chosen[i]] += gradients.chosen[i];
      byResponse[belief][rejected[i]] += gradients.rejected[i];
    });
    gradient.set(throughLogSoftmax(logs.beliefs.map(exp), byBelief));
    gradients.logits.forEach((value, i) => (gradient[i % k] += value));
    logs.responses.forEach((row, belief) =>
      gradient.set(throughLogSoftmax(row.map(exp), byResponse[belief]), k + belief * length),
    );
    this.#adam.step(this.#logits, gradient, rate);
  }

  policy(): BeliefPolicy {
    const { length } = this.#world.reference;
    const responses = new Float64Array(this.#k * length);
    this.#rows().forEach((row, belief) => responses.set(softmax(row), belief * length));
    return { beliefs: softmax(this.#logits.subarray(0, this.#k)), responses };
  }

  #rows(): Float64Array[] {
    const { length } = this.#world.reference;
    return Array.from({ length: this.#k }, (_, belief) =>
      this.#logits.subarray(this.#k + belief * length, this.#k + (belief + 1) * length),
    );
  }

  #logs() {
    return {
      beliefs: logSoftmax(this.#logits.subarray(0, this.#k)),
      responses: this.#rows().map(logSoftmax),
    };
  }
}

/** The numbers of some rows. */
function rowsAt(values: ArrayLike<number>, rows: Int32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]];
  return found;
}

/** A row, as often as said. */
function repeated(row: ArrayLike<number>, times: number): Float64Array {
  const all = new Float64Array(row.length * times);
  for (let i = 0; i < all.length; i++) all[i] = row[i % row.length];
  return all;
}

function checkWorld(world: BeliefWorld): void {
  checkObject(
    "fitGdpo: world",
    world,
    ["reference", "beliefOf", "target"],
    "an object { reference, beliefOf, target }",
  );
  const { reference, beliefOf, target } = world;
  for (const [name, values] of Object.entries({ reference, beliefOf, target }))
    checkNumbers(`fitGdpo: ${name}`, values);
  if (beliefOf.length !== reference.length)
    throw new InputError(
      `fitGdpo: beliefOf must name the belief of each of ${reference.length} responses, got ${beliefOf.length}`,
    );
  const outside = Array.from(beliefOf).findIndex(
    (belief) => !(Number.isInteger(belief) && belief >= 0 && belief < target.length),
  );
  if (outside >= 0)
    throw new InputError(
      `fitGdpo: the set of ${target.length} beliefs does not cover the answers: response ${outside} expresses belief ${beliefOf[outside]}; target must have a share for it`,
    );
}
