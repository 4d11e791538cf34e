import { checkNumbers, checkObject, exp, InputError, list, show } from "../core/index.js";
import {
  checkIsData,
  checkIsFeatureTable,
  checkIsPairs,
  checkPopulation,
  checkPreferenceData,
  type AnswerCoding,
  type FeatureTable,
  type Pairs,
  type PreferenceData,
} from "../data/index.js";
import type { Engine } from "../engine/index.js";
import type {
  DataSizes,
  Inference,
  InferOptions,
  ModelSpace,
  Model,
  Parameters,
  StatePosterior,
} from "../families/index.js";
import { inferenceTools } from "./adapt/index.js";
import type { FittedParts, UserState } from "./fitted-parts.js";
import type { History } from "./history.js";
import { latentTools } from "./latent-tools.js";
import { encodeModel } from "./model-file.js";
import { placePairs } from "./placement.js";

/** A trained model: scores pairs for users it knows, and for new users after {@link FittedModel.infer}. */
export class FittedModel<M extends Model = Model> implements FittedParts {
  readonly model: M;
  /** Sizes of the data that it was trained on: they give the parameters their shapes. */
  readonly sizes: DataSizes;
  readonly parameters: Parameters;
  readonly users: readonly string[];
  readonly engine: Engine;
  readonly history?: History;
  readonly learnedItems?: readonly string[];
  readonly learnedContexts?: readonly string[];
  readonly coding?: AnswerCoding;
  readonly trainedItems?: readonly string[];
  /** Numbers of a user's state, S: on the simplex of prototypes, 1 where users do not differ. */
  readonly k: number;
  /** States of all trained users, shape [U, S]: on the simplex their weights. */
  readonly allWeights: Float32Array;
  readonly #userIndex: ReadonlyMap<string, number>;

  constructor(parts: FittedParts & { readonly model: M }) {
    checkObject("FittedModel", parts, ["model", "sizes", "parameters"], "made by fit or decodeModel");
    this.model = parts.model;
    this.sizes = parts.sizes;
    this.parameters = parts.parameters;
    this.users = parts.users;
    this.engine = parts.engine;
    this.history = parts.history;
    this.learnedItems = parts.learnedItems;
    this.learnedContexts = parts.learnedContexts;
    this.coding = parts.coding;
    this.trainedItems = parts.trainedItems;
    const { user } = parts.model;
    this.k = user.width(parts.sizes);
    const free = user.parameter === undefined ? undefined : parts.parameters.get(user.parameter);
    this.allWeights = user.states(free, parts.users.length);
    this.#userIndex = new Map(parts.users.map((user, index) => [user, index]));
  }

  /** What was learned of a user. @throws InputError for a user that was not trained on */
  stateOf(user: string): UserState {
    const index = this.#userIndex.get(user);
    if (index === undefined) {
      throw new InputError(
        `stateOf: unknown user ${JSON.stringify(user)}; known: ${list(this.users)}. For a new user call infer with some of their comparisons`,
      );
    }
    return { weights: this.allWeights.slice(index * this.k, (index + 1) * this.k) };
  }

  /**
   * The state of one new user from some of their comparisons, everything else frozen. Never score a user on these same comparisons.
   * @throws InputError when `comparisons` holds several users, or is empty: but for models that know a user of whom nothing is known
   */
  infer(comparisons: PreferenceData, options: InferOptions = {}): UserState {
    checkIsData("infer: comparisons", comparisons);
    if (comparisons.users.length !== 1) {
      throw new InputError(
        `infer: needs the comparisons of one user, got ${comparisons.users.length} users; see inferAll`,
      );
    }
    const { weights, dualityGaps } = this.inferAll(comparisons, options);
    return dualityGaps === undefined ? { weights } : { weights, dualityGap: dualityGaps[0] };
  }

  /** The states of several new users at once, in the order of `comparisons.users`, and how good they are. @throws InputError */
  inferAll(comparisons: PreferenceData, options: InferOptions = {}): Inference {
    checkIsData("infer: comparisons", comparisons);
    const { user } = this.model;
    // a network finds a state from any number of answers, none included
    if (user.found === undefined || comparisons.label.length > 0) checkPreferenceData("infer", comparisons);
    else checkPopulation("infer", comparisons);
    return user.infer(inferenceTools(this), this.placed(comparisons), options);
  }

  /** What a state says of the user, for models that are uncertain of it: mean, covariance and draws; absent for others. */
  get posterior(): ((state: UserState) => StatePosterior) | undefined {
    const { posterior } = this.model.user;
    return posterior === undefined ? undefined : ({ weights }) => posterior(weights);
  }

  /**
   * What one user's comparisons, none included, say of them, for models that are uncertain of it: mean, covariance and draws; absent for others. Of models
   * without a network the posterior of their state, everything else frozen, under the logistic likelihood.
   */
  get posteriorGiven(): ((comparisons: PreferenceData) => StatePosterior) | undefined {
    const { user } = this.model;
    if (user.believed === undefined) return undefined;
    return (comparisons) => {
      checkIsData("posteriorGiven: comparisons", comparisons);
      if (comparisons.users.length !== 1) {
        throw new InputError(
          `posteriorGiven: needs the comparisons of one user, got ${comparisons.users.length} users`,
        );
      }
      checkPopulation("posteriorGiven", comparisons);
      if (comparisons.label.length > 0) checkPreferenceData("posteriorGiven", comparisons);
      return user.believed?.(inferenceTools(this), this.placed(comparisons)) as StatePosterior;
    };
  }

  /** Scores for one user, shape [N]: positive where the right item is preferred. @throws InputError for another model's state */
  scores(pairs: Pairs, state: UserState): Float32Array {
    checkIsPairs("scores: pairs", pairs);
    this.checkState("scores", state);
    return this.scoresBy(pairs, { user: new Int32Array(pairs.left.length), weights: state.weights });
  }

  /** Scores where row i is judged by the user whose weights are row `user[i]` of `weights`, shape [U, K]. */
  scoresBy(
    pairs: Pairs,
    judges: { readonly user: Int32Array; readonly weights: Float32Array },
  ): Float32Array {
    checkIsPairs("scoresBy: pairs", pairs);
    checkObject("scoresBy: judges", judges, ["user", "weights"], "an object { user, weights }");
    checkNumbers("scoresBy: user", judges.user);
    const { user, weights: states } = judges;
    const { own } = this.model;
    const placed = this.placed(pairs);
    if (own !== undefined) return own.scores(this.parameters, placed, { user, states });
    return this.engine.scores(this.model, this.parameters, placed, { user, states });
  }

  /** Scores of every pair under each of `states`, [n, S]; row-major [N, n]. */
  scoresUnderEach(pairs: Pairs, states: Float32Array): Float32Array {
    checkIsPairs("scoresUnderEach: pairs", pairs);
    checkNumbers("scoresUnderEach: states", states);
    const [rows, count] = [pairs.left.length, states.length / this.k];
    if (!Number.isInteger(count) || count === 0)
      throw new InputError(`scoresUnderEach: states must be [n, ${this.k}], got ${states.length} numbers`);
    const { own } = this.model;
    const placed = this.placed(pairs);
    if (own === undefined) return this.engine.scoresUnderEach(this.model, this.parameters, placed, states);
    const scores = new Float32Array(rows * count);
    for (let i = 0; i < count; i++) {
      const judges = { user: new Int32Array(rows), states: states.subarray(i * this.k, (i + 1) * this.k) };
      own.scores(this.parameters, placed, judges).forEach((score, row) => (scores[row * count + i] = score));
    }
    return scores;
  }

  /** Scores of every comparison for the user who made it. @throws InputError when one of them was not trained on */
  scoresOf(data: PreferenceData): Float32Array {
    checkIsData("scoresOf: data", data);
    const weights = new Float32Array(data.users.length * this.k);
    data.users.forEach((user, index) => weights.set(this.stateOf(user).weights, index * this.k));
    return this.scoresBy(data, { user: data.user, weights });
  }

  /**
   * P(right preferred) for one user, shape [N]: the logistic function of the scores. A model trained with the hinge loss orders pairs; its
   * probabilities are not calibrated.
   */
  probabilities(pairs: Pairs, state: UserState): Float32Array {
    return this.scores(pairs, state).map((score) => 1 / (1 + exp(-score)));
  }

  /**
   * The bytes of the model as a safetensors file: parameters by name, configuration and users in the metadata.
   * @throws InputError for a file name: what writes files is the caller's
   */
  save(...stray: readonly never[]): Uint8Array {
    if (stray.length > 0) {
      const name = show(stray[0]);
      throw new InputError(
        `save: takes nothing and gives the file's bytes, got ${name}; write them: writeFileSync(${name}, fitted.save())`,
      );
    }
    return encodeModel(this);
  }

  /** Refuses another model's state. @throws InputError for what is no state of this model */
  protected checkState(caller: string, state: UserState): void {
    checkObject(`${caller}: state`, state, ["weights"], "a state, as stateOf and infer give it");
    if (state.weights.length !== this.k) {
      throw new InputError(`${caller}: a state has ${this.k} weights, got ${state.weights.length}`);
    }
  }

  /** `data` with indices of learned items and contexts made those of the trained tables. @throws InputError for an unknown id */
  protected placed<T extends Pairs>(data: T): T {
    return placePairs(data, this);
  }
}

/** A trained model whose users mix prototypes. */
export class FittedPrototypeModel<M extends Model = Model> extends FittedModel<M> {
  /** The user's weights over the prototypes, shape [K], on the simplex. @throws InputError for an unknown user */
  weights(user: string): Float32Array {
    return this.stateOf(user).weights;
  }

  /**
   * Prototypes in the latent space. Model A: points, shape [K, d] (with user points f(P w) under a nonlinear f these are f(p_k), the corners
   * that users bend between). Model B: directions g_k(c) for each context, shape [K, C, d]; pass `contexts`.
   * @throws InputError when Model B gets no contexts
   */
  prototypes(contexts?: FeatureTable): Float32Array {
    return this.#space.prototypes(latentTools(this), contexts);
  }

  /** The user's ideal point: Model A a point, shape [d]; Model B directions for each context, shape [C, d]. @throws InputError */
  idealPoint(user: string, contexts?: FeatureTable): Float32Array {
    return this.idealPointOf(this.stateOf(user), contexts);
  }

  /** {@link idealPoint} of a state, as `infer` returns it. */
  idealPointOf(state: UserState, contexts?: FeatureTable): Float32Array {
    this.checkState("idealPointOf", state);
    return this.#space.point(latentTools(this), state.weights, contexts);
  }

  /** Items in the latent space, shape [n, d], in the order of `items`. @throws InputError for an item that was neither trained on nor has features */
  latentItems(items: FeatureTable): Float32Array {
    checkIsFeatureTable("latentItems: items", items);
    return this.#space.items(latentTools(this), items);
  }

  get #space(): PrototypeSpace {
    return this.model.latent as PrototypeSpace;
  }
}

type PrototypeSpace = ModelSpace & Required<Pick<ModelSpace, "prototypes">>;

/** Puts a fitted model together: with prototypes where the model has them. */
export function fittedModel<M extends Model>(parts: FittedParts & { readonly model: M }): Fitted<M> {
  const fitted =
    parts.model.latent?.prototypes === undefined ? new FittedModel(parts) : new FittedPrototypeModel(parts);
  return fitted as unknown as Fitted<M>;
}

/** What fitting a model of type `M` gives: users of models with `k` prototypes mix them. */
export type Fitted<M extends Model> = M extends { readonly k: number }
  ? FittedPrototypeModel<M>
  : FittedModel<M>;
