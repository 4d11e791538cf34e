import { LARGEST_LOGIT_SCALE, NAMES, type Projector } from "../../../model/index.js";
import type { Batch } from "../batch.js";
import { Encoder, Gather, ItemEncoder } from "../layers/encoder.js";
import { ItemDifferences } from "../layers/item-differences.js";
import type { LoadedPairs, LoadedTable } from "../loaded-data.js";
import type { ParameterBlock, ParameterPlace } from "../parameters.js";
import type { Address, Runtime, ScoreArguments } from "../runtime.js";
import type { Network, UserRows } from "./network.js";

/**
 * Model B: rewards <f(x), sum_k w_k g_k(c)>, plain or as a scaled cosine. With one prototype and weights of 1 it is one reward
 * for all in a context.
 */
export class PalBNetwork implements Network {
  readonly #runtime: Runtime;
  readonly #items: ItemEncoder;
  readonly #prototypes: PrototypeMaps;
  readonly #scale?: ParameterPlace;
  readonly #differences?: ItemDifferences;
  readonly #direction: Address;
  readonly #dDirection: Address;
  readonly #own: Address;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { projector: Projector; k: number; pairs: LoadedPairs; contexts: LoadedTable; capacity: number },
  ) {
    const { projector, pairs, capacity } = use;
    this.#runtime = runtime;
    this.#items = new ItemEncoder(runtime, parameters, { pairs, projector, capacity, joinContexts: false });
    this.#prototypes = new PrototypeMaps(runtime, parameters, use);
    if (parameters.has(NAMES.logitScale)) this.#scale = parameters.place(NAMES.logitScale);
    const { mlp } = this.#items;
    if (mlp !== undefined && this.#scale === undefined && !projector.residual)
      this.#differences = new ItemDifferences(runtime, this.#items, mlp, capacity);
    this.#direction = runtime.allocate(capacity * this.#items.outputs);
    this.#dDirection = runtime.allocate(capacity * this.#items.outputs);
    this.#own = runtime.storeIntegers(Int32Array.from({ length: capacity }, (_, i) => i));
  }

  forward(batch: Batch, users: UserRows, seed?: number): void {
    const { kernels } = this.#runtime;
    this.#items.fetch(batch);
    this.#prototypes.forward(batch, seed);
    const { k, g, block, local } = this.#prototypes;
    kernels.mixRows(
      batch.count,
      k,
      this.#items.outputs,
      users.local,
      users.weights,
      local,
      g,
      block,
      this.#direction,
    );
    const differences = this.#differencesFor(batch);
    if (differences !== undefined) {
      differences.forward(batch, seed);
      kernels.rowDots(batch.count, this.#items.outputs, differences.value, this.#direction, batch.score);
      return;
    }
    this.#items.encode(seed);
    const arguments_ = this.#arguments(batch);
    if (this.#scale === undefined) kernels.innerScore(...arguments_, batch.score);
    else kernels.cosineScore(...arguments_, this.#scaleOf(this.#scale).value, batch.score);
  }

  backward(batch: Batch, users: UserRows): void {
    const { kernels } = this.#runtime;
    const { count } = batch;
    const d = this.#items.outputs;
    const differences = this.#differencesFor(batch);
    if (differences === undefined) this.#scoreBackward(batch);
    else {
      const { value, gradient } = differences;
      kernels.rowDotsBackward(count, d, value, this.#direction, batch.dScore, gradient, this.#dDirection);
    }
    const { k, g, dg, block, local } = this.#prototypes;
    kernels.mixRowsBackward(
      count,
      k,
      d,
      users.local,
      users.weights,
      local,
      g,
      block,
      this.#dDirection,
      users.dWeights,
      dg,
    );
    if (differences === undefined) this.#items.backward();
    else differences.backward(batch);
    this.#prototypes.backward();
  }

  #scoreBackward(batch: Batch): void {
    const { kernels } = this.#runtime;
    kernels.zero(this.#dDirection, 4 * batch.count * this.#items.outputs);
    const arguments_ = this.#arguments(batch);
    if (this.#scale === undefined) {
      kernels.innerBackward(...arguments_, batch.dScore, this.#items.dz, this.#dDirection);
      return;
    }
    const { value, isClamped } = this.#scaleOf(this.#scale);
    const dScale = kernels.cosineBackward(
      ...arguments_,
      value,
      batch.dScore,
      this.#items.dz,
      this.#dDirection,
    );
    this.#runtime.floats(this.#scale.gradient, 1)[0] += isClamped ? 0 : dScale * value;
  }

  /** Fewer rows than items, where a batch's items are mostly its own. */
  #differencesFor(batch: Batch): ItemDifferences | undefined {
    return this.#items.fetched.count > batch.count ? this.#differences : undefined;
  }

  #arguments(batch: Batch): ScoreArguments {
    const { left, right, z, outputs } = this.#items;
    return [batch.count, outputs, z, this.#direction, left, right, this.#own];
  }

  #scaleOf(place: ParameterPlace): { value: number; isClamped: boolean } {
    const scale = Math.exp(this.#runtime.floats(place.value, 1)[0]);
    return { value: Math.min(scale, LARGEST_LOGIT_SCALE), isClamped: scale > LARGEST_LOGIT_SCALE };
  }
}

/** g_1 … g_K on the distinct contexts of a batch, one block after the other. */
class PrototypeMaps {
  readonly k: number;
  readonly g: Address;
  readonly dg: Address;
  /** Floats from one prototype's block to the next. */
  readonly block: number;
  /** For each comparison, the place of its context. */
  readonly local: Address;
  readonly #runtime: Runtime;
  readonly #gather: Gather;
  readonly #maps: readonly Encoder[];

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { projector: Projector; k: number; contexts: LoadedTable; capacity: number },
  ) {
    const { projector, k, contexts, capacity } = use;
    this.#runtime = runtime;
    this.k = k;
    this.local = runtime.allocate(capacity);
    this.#gather = new Gather(runtime, contexts, capacity);
    this.#maps = Array.from({ length: k }, (_, index) => {
      const names = { prefix: NAMES.prototypeMap(index), table: NAMES.contextTable(index) };
      return new Encoder(runtime, parameters, { ...names, projector, capacity });
    });
    this.block = Math.ceil((capacity * this.#maps[0].outputs) / 4) * 4;
    this.g = runtime.allocate(k * this.block);
    this.dg = runtime.allocate(k * this.block);
  }

  forward(batch: Batch, seed?: number): void {
    const { rows, x } = this.#gather;
    rows.clear();
    rows.add(batch.count, batch.context, this.local);
    this.#gather.fetch();
    this.#maps.forEach((map, k) => {
      const used = rows.count * map.outputs;
      this.#runtime.kernels.activate(0, used, map.forward(x, rows, seed), this.g + 4 * k * this.block);
      this.#runtime.kernels.zero(this.dg + 4 * k * this.block, 4 * used);
    });
  }

  backward(): void {
    this.#maps.forEach((map, k) => map.backward(this.dg + 4 * k * this.block, this.#gather.rows));
  }
}
