import { InputError, type Json } from "../core/index.js";
import type { FeatureTable } from "../data/index.js";
import type { EvidenceInputs, Ops, PairInputs, ParameterInputs } from "../graph/index.js";
import {
  oneOf,
  real,
  resolve,
  type Caller,
  type OptionsOf,
  type OptionTable,
  type Resolved,
} from "./options.js";
import type { DataSizes, ParameterSpec } from "./parameters.js";
import type { OwnMethod } from "./own-method.js";
import type { LatentTools, ModelSpace, UtilityDistributions } from "./latent.js";
import type { UserKind } from "./users/index.js";

/** Options of every family that trains by gradients. */
export const LOSS_OPTIONS = {
  hinge: oneOf(["hinge", "logistic"], "hinge", "hinge orders pairs, logistic gives probabilities"),
  logistic: oneOf(["hinge", "logistic"], "logistic", "hinge orders pairs, logistic gives probabilities"),
  margin: real("margin of the hinge loss", 1, { above: 0 }),
};

/** The forward function of a family, written once: see {@link Ops}. */
export interface ScoreInputs<T, I> {
  readonly ops: Ops<T, I>;
  readonly p: ParameterInputs<T>;
  readonly pairs: PairInputs<T, I>;
  /** The states of the batch's distinct users, [users, S]: the same value each time. */
  state(): T;
  /** Standard normal numbers for each of those users where states are to be sampled, [users, noise]: in training. */
  readonly noise?: T;
}

/** How the states of users are found from their answers. */
export interface StateInputs<T, I> {
  readonly ops: Ops<T, I>;
  readonly p: ParameterInputs<T>;
  readonly evidence: EvidenceInputs<T, I>;
}

/** When to use a family. */
export interface Guide {
  /** What it takes people to be. */
  readonly assumes: string;
  /** What data must have. */
  readonly needs: string;
  /** What fitting it costs: a moment, a while, or long beside the others. */
  readonly cost: "low" | "middle" | "high";
}

/** A family of models: all that the toolkit knows of it. */
export interface Family<T extends OptionTable = OptionTable> {
  /** Its name in files and on the command line. */
  readonly kind: string;
  /** Its name in programs and messages. */
  readonly name: string;
  /** Its name in texts and figures. */
  readonly title: string;
  /** What it is, when to use it, and where it comes from. */
  readonly about: string;
  readonly source: string;
  readonly guide: Guide;
  /** Left out where all families are compared, unless it is named: it is made for items that few data have. */
  readonly isApart?: boolean;
  readonly options: T;
  /** Settings of which validation chooses where families are compared, on data of these sizes: three at most. */
  tried(sizes: DataSizes): readonly OptionsOf<T>[];
  /** What a user is. */
  user(options: Resolved<T>): UserKind;
  /** What is learned: names, shapes and starts. @throws InputError when the model cannot be built on data of these sizes */
  parameters(options: Resolved<T>, sizes: DataSizes): ParameterSpec[];
  /** The score of each comparison, [B, 1]: positive where right is preferred. Engines train it by its gradient. */
  readonly score?: <N, I>(inputs: ScoreInputs<N, I>, options: Resolved<T>) => N;
  /** The states of users from their answers, [users, S], for families whose kind of user is found by a network (`UserKind.found`). */
  readonly state?: <N, I>(inputs: StateInputs<N, I>, options: Resolved<T>) => N;
  /** What training adds to the loss of each comparison, [B, 1]; undefined where these options add nothing. */
  readonly penalty?: <N, I>(inputs: ScoreInputs<N, I>, options: Resolved<T>) => N | undefined;
  /** What the penalty is multiplied by in the given pass over the data, counted from 0; default 1. */
  readonly penaltyFactor?: (options: Resolved<T>, pass: number) => number;
  /** What the penalty is, with its weights, for messages. */
  readonly penaltyTerm?: (options: Resolved<T>) => string;
  /** What cannot be learned from so many answers of each user, in words. */
  readonly warnings?: (options: Resolved<T>, answers: ArrayLike<number>) => string[];
  /** What items are worth, for families in which that is a distribution. */
  readonly utilities?: (
    options: Resolved<T>,
    tools: LatentTools,
    items: FeatureTable,
  ) => UtilityDistributions;
  /** What a family without such a score does instead. */
  readonly own?: (options: Resolved<T>) => OwnMethod;
  /** Where items and users lie, for families that have such a space. */
  readonly latent?: (options: Resolved<T>) => ModelSpace;
}

/** The loss of an answer's score: logistic or hinge. */
export type LossKind = "hinge" | "logistic";

/** A model of a family: its resolved options. It computes nothing; an engine does. */
export interface Model {
  readonly family: Family;
  readonly kind: string;
  /** Resolved options, `kind` included: `modelFrom(model.config)` makes the same model. */
  readonly config: { readonly [key: string]: Json };
  readonly loss: LossKind;
  readonly margin: number;
  readonly user: UserKind;
  readonly latent?: ModelSpace;
  /** Of a family that no engine trains. */
  readonly own?: OwnMethod;
  /** What is learned: names, shapes and starts. @throws InputError when the model cannot be built on data of these sizes */
  parameters(sizes: DataSizes): ParameterSpec[];
  /** The score of each comparison, [B, 1]: positive where right is preferred. @throws InputError for a family that no engine trains */
  score<T, I>(inputs: ScoreInputs<T, I>): T;
  /** The states of users from their answers, [users, S]. @throws InputError for a family whose users are not found from their answers by a network */
  state<T, I>(inputs: StateInputs<T, I>): T;
  /** undefined where training adds nothing to the loss. */
  penalty<T, I>(inputs: ScoreInputs<T, I>): T | undefined;
  /** What the penalty is multiplied by in the given pass over the data, counted from 0. */
  penaltyFactor(pass: number): number;
  /** What the penalty is, for messages. */
  readonly penaltyTerm?: string;
  /** What cannot be learned from so many answers of each user, in words. */
  warnings(answers: ArrayLike<number>): string[];
  /** Of families in which an item's utility is a distribution. */
  readonly utilities?: (tools: LatentTools, items: FeatureTable) => UtilityDistributions;
}

/** The class of a family's models: `new` takes the family's options and checks them. */
export interface ModelClass<T extends OptionTable> {
  new (
    ...given: object extends OptionsOf<T>
      ? [options?: OptionsOf<T>, caller?: Caller]
      : [options: OptionsOf<T>, caller?: Caller]
  ): Model & Resolved<T>;
  readonly family: Family;
}

export function modelClass<T extends OptionTable>(family: Family<T>): ModelClass<T> {
  const made = class implements Model {
    static readonly family = family as unknown as Family;
    readonly kind = family.kind;
    readonly config: Model["config"];
    declare readonly loss: LossKind;
    declare readonly margin: number;

    constructor(given: object = {}, caller: Caller = { name: family.name }) {
      const options = resolve(family.options, given, caller);
      Object.assign(this, options);
      this.config = { kind: family.kind, ...options };
    }

    get family(): Family {
      return made.family;
    }

    get user(): UserKind {
      return family.user(this.#options);
    }

    get latent(): ModelSpace | undefined {
      return family.latent?.(this.#options);
    }

    get own(): OwnMethod | undefined {
      return family.own?.(this.#options);
    }

    parameters(sizes: DataSizes): ParameterSpec[] {
      return family.parameters(this.#options, sizes);
    }

    score<N, I>(inputs: ScoreInputs<N, I>): N {
      if (family.score === undefined)
        throw new InputError(`${family.name}: no engine trains it by gradients; fit(…) uses its own method`);
      return family.score(inputs, this.#options);
    }

    state<N, I>(inputs: StateInputs<N, I>): N {
      if (family.state === undefined)
        throw new InputError(`${family.name}: no network finds the states of its users`);
      return family.state(inputs, this.#options);
    }

    penalty<N, I>(inputs: ScoreInputs<N, I>): N | undefined {
      return family.penalty?.(inputs, this.#options);
    }

    penaltyFactor(pass: number): number {
      return family.penaltyFactor?.(this.#options, pass) ?? 1;
    }

    get penaltyTerm(): string | undefined {
      return family.penaltyTerm?.(this.#options);
    }

    warnings(answers: ArrayLike<number>): string[] {
      return family.warnings?.(this.#options, answers) ?? [];
    }

    get utilities(): Model["utilities"] {
      const { utilities } = family;
      return utilities && ((tools, items) => utilities(this.#options, tools, items));
    }

    get #options(): Resolved<T> {
      return this as unknown as Resolved<T>;
    }
  };
  return made as unknown as ModelClass<T>;
}
