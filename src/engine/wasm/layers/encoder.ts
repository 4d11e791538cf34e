import { NAMES, type Projector } from "../../../model/index.js";
import { Distinct, type Batch } from "../batch.js";
import type { LoadedPairs, LoadedTable } from "../loaded-data.js";
import type { ParameterBlock, ParameterPlace } from "../parameters.js";
import type { Address, Runtime } from "../runtime.js";
import { Mlp } from "./mlp.js";

/** Rows of features under one map: through a projector, or looked up in a learned table. */
export class Encoder {
  readonly outputs: number;
  readonly mlp?: Mlp;
  readonly #runtime: Runtime;
  readonly #table?: ParameterPlace;
  readonly #looked: Address = 0;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { prefix: string; table: string; projector: Projector; capacity: number },
  ) {
    this.#runtime = runtime;
    if (!parameters.has(use.table)) {
      this.mlp = new Mlp(runtime, parameters, use);
      this.outputs = this.mlp.outputs;
      return;
    }
    this.#table = parameters.place(use.table);
    this.outputs = this.#table.spec.shape[1];
    this.#looked = runtime.allocate(use.capacity * this.outputs);
  }

  /** Latent vectors of `count` rows: `x` holds their features, `unique` their indices. */
  forward(x: Address, rows: { unique: Address; count: number }, seed?: number): Address {
    if (this.mlp !== undefined) return this.mlp.forward(x, rows.count, seed);
    const table = this.#table?.value ?? 0;
    this.#runtime.kernels.gatherRows(
      rows.count,
      rows.unique,
      this.outputs,
      table,
      this.#looked,
      this.outputs,
    );
    return this.#looked;
  }

  backward(dOut: Address, rows: { unique: Address; count: number }): void {
    if (this.mlp !== undefined) this.mlp.backward(dOut, rows.count, 0);
    else if (this.#table !== undefined) {
      this.#runtime.kernels.scatterAddRows(
        rows.count,
        rows.unique,
        this.outputs,
        dOut,
        this.outputs,
        this.#table.gradient,
      );
    }
  }
}

/** Features of the distinct rows of a batch, gathered side by side. */
export class Gather {
  readonly rows: Distinct;
  readonly x: Address;
  readonly #runtime: Runtime;
  readonly #table: LoadedTable;

  constructor(runtime: Runtime, table: LoadedTable, capacity: number) {
    this.#runtime = runtime;
    this.#table = table;
    this.rows = new Distinct(runtime, { values: table.rows, capacity });
    this.x = runtime.allocate(capacity * table.columns);
  }

  fetch(): void {
    const { columns, features } = this.#table;
    if (columns > 0)
      this.#runtime.kernels.gatherRows(this.rows.count, this.rows.unique, columns, features, this.x, columns);
  }
}

/**
 * The items of a batch under f. Each distinct item is computed once; where items are seen with their context (Model A on prompts)
 * every side of every comparison is a row of its own, item features first.
 */
export class ItemEncoder {
  readonly left: Address;
  readonly right: Address;
  /** Latent items, [·, outputs], and their gradient. */
  z: Address = 0;
  readonly dz: Address;
  readonly outputs: number;
  readonly #runtime: Runtime;
  readonly #encoder: Encoder;
  readonly #pairs: LoadedPairs;
  readonly #gather: Gather;
  readonly #joined: boolean;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { pairs: LoadedPairs; projector: Projector; capacity: number; joinContexts: boolean },
  ) {
    const { pairs, projector, joinContexts } = use;
    const capacity = 2 * use.capacity;
    this.#runtime = runtime;
    this.#pairs = pairs;
    this.#joined = joinContexts && pairs.contexts !== undefined;
    const columns = pairs.items.columns + (this.#joined ? (pairs.contexts?.columns ?? 0) : 0);
    this.#gather = new Gather(runtime, { ...pairs.items, columns }, capacity);
    this.#encoder = new Encoder(runtime, parameters, {
      prefix: NAMES.items,
      table: NAMES.itemTable,
      projector,
      capacity,
    });
    this.outputs = this.#encoder.outputs;
    this.dz = runtime.allocate(capacity * this.outputs);
    this.left = runtime.allocate(use.capacity);
    this.right = runtime.allocate(use.capacity);
  }

  forward(batch: Batch, seed?: number): void {
    this.fetch(batch);
    this.encode(seed);
  }

  /** Gathers the features of the batch's items. */
  fetch(batch: Batch): void {
    const { rows } = this.#gather;
    rows.clear();
    if (this.#joined) this.#join(batch);
    else {
      rows.add(batch.count, batch.left, this.left);
      rows.add(batch.count, batch.right, this.right);
      this.#gather.fetch();
    }
  }

  /** Computes `z` of what was fetched. */
  encode(seed?: number): void {
    const { rows, x } = this.#gather;
    this.z = this.#encoder.forward(x, rows, seed);
    this.#runtime.kernels.zero(this.dz, 4 * rows.count * this.outputs);
  }

  backward(): void {
    this.#encoder.backward(this.dz, this.#gather.rows);
  }

  /** The items' map, unless they are a learned table. */
  get mlp(): Mlp | undefined {
    return this.#encoder.mlp;
  }

  /** The fetched features: `count` rows at `x`. */
  get fetched(): { readonly x: Address; readonly count: number } {
    return { x: this.#gather.x, count: this.#gather.rows.count };
  }

  #join(batch: Batch): void {
    const { kernels } = this.#runtime;
    const { items, contexts } = this.#pairs;
    const { count } = batch;
    const width = items.columns + (contexts?.columns ?? 0);
    const half = 4 * count * width;
    const { x, rows } = this.#gather;
    kernels.gatherRows(count, batch.left, items.columns, items.features, x, width);
    kernels.gatherRows(count, batch.right, items.columns, items.features, x + half, width);
    if (contexts !== undefined) {
      const beside = x + 4 * items.columns;
      kernels.gatherRows(count, batch.context, contexts.columns, contexts.features, beside, width);
      kernels.gatherRows(count, batch.context, contexts.columns, contexts.features, beside + half, width);
    }
    rows.count = 2 * count;
    const left = this.#runtime.integers(this.left, count);
    const right = this.#runtime.integers(this.right, count);
    for (let i = 0; i < count; i++) {
      left[i] = i;
      right[i] = count + i;
    }
  }
}
