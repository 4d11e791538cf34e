import { InputError, list } from "../core/index.js";
import {
  checkPreferenceData,
  featureDimension,
  type FeatureTable,
  type Pairs,
  type PreferenceData,
} from "../data/index.js";
import type { Engine } from "../engine/index.js";
import {
  hasPrototypes,
  NAMES,
  type Model,
  type PalA,
  type PalB,
  type DataSizes,
  type Parameters,
} from "../model/index.js";
import { adapt, type Adaptation, type AdaptOptions } from "./adapt/index.js";
import type { History } from "./history.js";
import { encodeModel } from "./model-file.js";
import { place } from "./placement.js";
import { trainedWeights } from "./weights.js";

/** What a model knows of one user: weights on the simplex, shape [K] (one weight of 1 where there are no prototypes). */
export interface UserState {
  readonly weights: Float32Array;
  /** Of an exact inference: how much lower its objective could be at most, in nats. */
  readonly dualityGap?: number;
}

/** What makes up a fitted model; {@link fittedModel} puts it together. */
export interface FittedParts {
  readonly model: Model;
  /** Sizes of the data that it was trained on: they give the parameters their shapes. */
  readonly sizes: DataSizes;
  readonly parameters: Parameters;
  readonly users: readonly string[];
  readonly engine: Engine;
  readonly history?: History;
  /** Ids of the items and contexts that are learned rather than described by features. */
  readonly learnedItems?: readonly string[];
  readonly learnedContexts?: readonly string[];
}

/** A trained model: scores pairs for users it knows, and for new users after {@link FittedModel.infer}. */
export class FittedModel implements FittedParts {
  readonly model: Model;
  /** Sizes of the data that it was trained on: they give the parameters their shapes. */
  readonly sizes: DataSizes;
  readonly parameters: Parameters;
  readonly users: readonly string[];
  readonly engine: Engine;
  readonly history?: History;
  readonly learnedItems?: readonly string[];
  readonly learnedContexts?: readonly string[];
  /** Weights of all trained users on the simplex, shape [U, K]. */
  readonly allWeights: Float32Array;
  readonly #userIndex: ReadonlyMap<string, number>;

  constructor(parts: FittedParts) {
    this.model = parts.model;
    this.sizes = parts.sizes;
    this.parameters = parts.parameters;
    this.users = parts.users;
    this.engine = parts.engine;
    this.history = parts.history;
    this.learnedItems = parts.learnedItems;
    this.learnedContexts = parts.learnedContexts;
    this.allWeights = trainedWeights(parts.model, parts.parameters, parts.users.length);
    this.#userIndex = new Map(parts.users.map((user, index) => [user, index]));
  }

  /** Number of prototypes; 1 where the model has none. */
  get k(): number {
    return hasPrototypes(this.model) ? this.model.k : 1;
  }

  /** @throws InputError for a user that was not trained on */
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
   * @throws InputError when `comparisons` is empty or holds several users
   */
  infer(comparisons: PreferenceData, options: AdaptOptions = {}): UserState {
    if (comparisons.users.length !== 1) {
      throw new InputError(
        `infer: needs the comparisons of one user, got ${comparisons.users.length} users; see inferAll`,
      );
    }
    const { weights, dualityGaps } = this.adapt(comparisons, options);
    return dualityGaps === undefined ? { weights } : { weights, dualityGap: dualityGaps[0] };
  }

  /** The weights of several new users at once, shape [U, K], in the order of `comparisons.users`. @throws InputError */
  inferAll(comparisons: PreferenceData, options: AdaptOptions = {}): Float32Array {
    return this.adapt(comparisons, options).weights;
  }

  /** {@link inferAll} with what is known of how good the weights are. @throws InputError */
  adapt(comparisons: PreferenceData, options: AdaptOptions = {}): Adaptation {
    checkPreferenceData("infer", comparisons);
    return adapt(this, this.placed(comparisons), options);
  }

  /** Scores for one user, shape [N]: positive where the right item is preferred. @throws InputError for another model's state */
  scores(pairs: Pairs, state: UserState): Float32Array {
    if (state.weights.length !== this.k) {
      throw new InputError(`scores: a state has ${this.k} weights, got ${state.weights.length}`);
    }
    return this.scoresBy(pairs, { user: new Int32Array(pairs.left.length), weights: state.weights });
  }

  /** Scores where row i is judged by the user whose weights are row `user[i]` of `weights`, shape [U, K]. */
  scoresBy(
    pairs: Pairs,
    judges: { readonly user: Int32Array; readonly weights: Float32Array },
  ): Float32Array {
    return this.engine.scores(this.model, this.parameters, this.placed(pairs), judges);
  }

  /** Scores of every comparison for the user who made it. @throws InputError when one of them was not trained on */
  scoresOf(data: PreferenceData): Float32Array {
    const weights = new Float32Array(data.users.length * this.k);
    data.users.forEach((user, index) => weights.set(this.stateOf(user).weights, index * this.k));
    return this.scoresBy(data, { user: data.user, weights });
  }

  /**
   * P(right preferred) for one user, shape [N]: the logistic function of the scores. A model trained with the hinge loss orders pairs; its
   * probabilities are not calibrated.
   */
  probabilities(pairs: Pairs, state: UserState): Float32Array {
    return this.scores(pairs, state).map((score) => 1 / (1 + Math.exp(-score)));
  }

  /** The model as a safetensors file: parameters by name, configuration and users in the metadata. */
  save(): Uint8Array {
    return encodeModel(this);
  }

  #checkDimensions({ items, contexts }: Pairs): void {
    const check = (name: string, table: FeatureTable | undefined, trained: number | undefined): void => {
      const found = table === undefined ? 0 : featureDimension(table);
      if (table === undefined || trained === undefined || trained === 0 || found === trained) return;
      throw new InputError(`${name} must have ${trained} features as in training, got ${found}`);
    };
    check("items", items, this.sizes.items.features);
    check("contexts", contexts, this.sizes.contexts?.features);
  }

  /** `data` with indices of learned items and contexts made those of the trained tables. @throws InputError for an unknown id */
  protected placed<T extends Pairs>(data: T): T {
    this.#checkDimensions(data);
    const items = place("items", data.items, this.learnedItems);
    const contexts =
      data.contexts === undefined ? undefined : place("contexts", data.contexts, this.learnedContexts);
    if (items === undefined && contexts === undefined) return data;
    return {
      ...data,
      ...(items === undefined
        ? {}
        : { items: items.table, left: items.move(data.left), right: items.move(data.right) }),
      ...(contexts === undefined || data.context === undefined
        ? {}
        : { contexts: contexts.table, context: contexts.move(data.context) }),
    };
  }
}

/** A trained model with prototypes. */
export class FittedPrototypeModel extends FittedModel {
  declare readonly model: PalA | PalB;

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
    const { model, k } = this;
    if (model.kind === "pal-b") {
      const table = this.#contexts("prototypes", contexts);
      const maps = Array.from({ length: k }, (_, index) => this.#prototypeMap(index, table));
      return Float32Array.from(maps.flatMap((map) => [...map]));
    }
    const points = this.#parameter(NAMES.prototypes);
    if (model.userPoint === "Pw" || this.learnedItems !== undefined) return points.slice();
    return this.engine.project(model, this.parameters, "items", {
      features: points,
      columns: points.length / k,
    });
  }

  /** The user's ideal point: Model A a point, shape [d]; Model B directions for each context, shape [C, d]. @throws InputError */
  idealPoint(user: string, contexts?: FeatureTable): Float32Array {
    return this.idealPointOf(this.stateOf(user), contexts);
  }

  /** {@link idealPoint} of a state, as `infer` returns it. */
  idealPointOf(state: UserState, contexts?: FeatureTable): Float32Array {
    const { model } = this;
    if (model.kind === "pal-a" && model.userPoint === "f(Pw)" && this.learnedItems === undefined) {
      const mixed = mix(this.#parameter(NAMES.prototypes), state.weights);
      return this.engine.project(model, this.parameters, "items", { features: mixed, columns: mixed.length });
    }
    return mix(this.prototypes(contexts), state.weights);
  }

  /** Items in the latent space, shape [n, d], in the order of `items`. @throws InputError for an item that was neither trained on nor has features */
  latentItems(items: FeatureTable): Float32Array {
    const { features } = items;
    if (features === undefined) return this.#learned("items", NAMES.itemTable, items);
    return this.engine.project(this.model, this.parameters, "items", {
      features,
      columns: featureDimension(items),
    });
  }

  #prototypeMap(k: number, table: FeatureTable): Float32Array {
    const { features } = table;
    if (features === undefined) return this.#learned("contexts", NAMES.contextTable(k), table);
    return this.engine.project(this.model, this.parameters, k, {
      features,
      columns: featureDimension(table),
    });
  }

  /** The learned vectors of the rows of `table`, found by their ids. */
  #learned(name: "items" | "contexts", parameter: string, table: FeatureTable): Float32Array {
    const values = this.#parameter(parameter);
    const learned = name === "items" ? this.learnedItems : this.learnedContexts;
    const rows = Int32Array.from(table.ids.keys());
    const places = place(name, table, learned)?.move(rows) ?? rows;
    const d = this.model.latentDimension;
    return Float32Array.from([...places].flatMap((row) => [...values.subarray(row * d, (row + 1) * d)]));
  }

  #contexts(caller: string, contexts: FeatureTable | undefined): FeatureTable {
    if (contexts !== undefined) return contexts;
    throw new InputError(
      `${caller}: the prototypes of Model B are functions of the context; pass the contexts to see them at`,
    );
  }

  #parameter(name: string): Float32Array {
    const values = this.parameters.get(name);
    if (values === undefined)
      throw new InputError(`the model has no parameter ${name}; it has ${list([...this.parameters.keys()])}`);
    return values;
  }
}

/** Puts a fitted model together: with prototypes where the model has them. */
export function fittedModel<M extends Model>(parts: FittedParts & { readonly model: M }): Fitted<M> {
  const fitted = hasPrototypes(parts.model) ? new FittedPrototypeModel(parts) : new FittedModel(parts);
  return fitted as Fitted<M>;
}

/** What fitting a model of type `M` gives. */
export type Fitted<M extends Model> = M extends PalA | PalB ? FittedPrototypeModel : FittedModel;

/** sum_k w_k · block k of `blocks`, which has K blocks of equal length. */
function mix(blocks: Float32Array, weights: Float32Array): Float32Array {
  const size = blocks.length / weights.length;
  const mixed = new Float32Array(size);
  weights.forEach((weight, k) => {
    for (let i = 0; i < size; i++) mixed[i] += weight * blocks[k * size + i];
  });
  return mixed;
}
