import type { BatchSource } from "../loaded-data.js";
import type { Address, Runtime } from "../runtime.js";
import { Distinct } from "./distinct.js";
import type { BatchExtents } from "./pair-inputs.js";

const CONTEXT_BUFFERS = ["contexts.rows", "contexts.of"];
const ITEM_BUFFERS = ["items.rows", "items.left", "items.right"];

/** Fills a batch: the columns of its comparisons, and what its plan reads besides. */
export class PairFeed {
  readonly label: Address;
  readonly weight: Address;
  readonly #runtime: Runtime;
  readonly #source: BatchSource;
  readonly #extents: BatchExtents;
  readonly #addresses = new Map<string, Address>();
  readonly #work: (() => void)[] = [];
  readonly #users: number;
  #judgesInTurn = false;

  /** @param names of the buffers that the plan reads: nothing else is filled */
  constructor(
    runtime: Runtime,
    use: {
      readonly source: BatchSource;
      readonly extents: BatchExtents;
      readonly users: number;
      readonly names: ReadonlySet<string>;
    },
  ) {
    const { source, extents, users, names } = use;
    this.#runtime = runtime;
    this.#source = source;
    this.#extents = extents;
    this.#users = users;
    const { capacity } = extents.comparisons;
    for (const column of ["user", "left", "right", "context"]) this.#room(column, capacity);
    this.label = runtime.allocate(capacity);
    this.weight = runtime.allocate(capacity);
    const reads = (prefix: string): boolean => [...names].some((name) => name.startsWith(prefix));
    if (reads("users.")) this.#findUsers();
    // the whole table is there already
    if (ITEM_BUFFERS.some((name) => names.has(name))) this.#findItems();
    if (CONTEXT_BUFFERS.some((name) => names.has(name))) this.#findContexts();
    if (reads("sides.")) this.#joinSides();
    if (names.has("own"))
      this.#addresses.set("own", runtime.storeIntegers(Int32Array.from({ length: capacity }, (_, i) => i)));
    this.#addresses.set("items.table", source.items.features);
    this.#addresses.set("contexts.table", source.contexts?.features ?? 0);
  }

  /** @returns where a buffer that this feed fills lies */
  addressOf(name: string): Address | undefined {
    return this.#addresses.get(name);
  }

  /** Fills the batch with `count` rows that `order` (addresses of row indices) names. */
  fill(order: Address, count: number): void {
    const { kernels } = this.#runtime;
    const source = this.#source;
    this.#extents.comparisons.count = count;
    if (!this.#judgesInTurn) kernels.take(count, order, source.user, this.#at("user"));
    kernels.take(count, order, source.left, this.#at("left"));
    kernels.take(count, order, source.right, this.#at("right"));
    if (source.context !== 0) kernels.take(count, order, source.context, this.#at("context"));
    kernels.take(count, order, source.label, this.label);
    kernels.take(count, order, source.weight, this.weight);
    // rows beyond the last count for nothing: the loss runs over whole vectors of four
    const spare = 4 * (Math.ceil(count / 4) * 4 - count);
    if (spare > 0) kernels.zero(this.weight + 4 * count, spare);
    for (const work of this.#work) work();
  }

  /** From now on row i of a batch is judged by user i modulo `users`. */
  judgeInTurn(users: number): void {
    const { capacity } = this.#extents.comparisons;
    const column = this.#runtime.integers(this.#at("user"), capacity);
    for (let i = 0; i < capacity; i++) column[i] = i % users;
    this.#judgesInTurn = true;
  }

  #room(name: string, size: number): Address {
    const address = this.#runtime.allocate(size);
    this.#addresses.set(name, address);
    return address;
  }

  #at(name: string): Address {
    return this.#addresses.get(name) ?? 0;
  }

  /** Keeps `distinct` among columns of the batch; the places of each go to `to`. */
  #distinct(
    values: number,
    capacity: number,
    columns: readonly { readonly from: string; readonly to: string }[],
  ): { readonly distinct: Distinct; find(): number } {
    const distinct = new Distinct(this.#runtime, { values, capacity });
    const { comparisons } = this.#extents;
    const moves = columns.map(({ from, to }) => ({
      from: this.#at(from),
      to: this.#room(to, comparisons.capacity),
    }));
    return {
      distinct,
      find: () => {
        distinct.clear();
        for (const { from, to } of moves) distinct.add(comparisons.count, from, to);
        return distinct.count;
      },
    };
  }

  #findUsers(): void {
    const { users } = this.#extents;
    const { distinct, find } = this.#distinct(this.#users, users.capacity, [
      { from: "user", to: "users.of" },
    ]);
    this.#addresses.set("users.rows", distinct.unique);
    this.#work.push(() => {
      users.count = find();
    });
  }

  #findItems(): void {
    const { items } = this.#extents;
    const { rows } = this.#source.items;
    const { distinct, find } = this.#distinct(rows, items.capacity, [
      { from: "left", to: "items.left" },
      { from: "right", to: "items.right" },
    ]);
    this.#addresses.set("items.rows", distinct.unique);
    this.#work.push(() => {
      items.count = find();
    });
  }

  #findContexts(): void {
    const { contexts } = this.#extents;
    const { rows = 0 } = this.#source.contexts ?? {};
    const { distinct, find } = this.#distinct(rows, contexts.capacity, [
      { from: "context", to: "contexts.of" },
    ]);
    this.#addresses.set("contexts.rows", distinct.unique);
    this.#work.push(() => {
      contexts.count = find();
    });
  }

  /** Both items of every comparison with the features of its context behind their own: lefts, then rights. */
  #joinSides(): void {
    const { kernels } = this.#runtime;
    const { items, contexts } = this.#source;
    const { comparisons, sides } = this.#extents;
    const width = items.columns + (contexts?.columns ?? 0);
    const x = this.#room("sides.features", sides.capacity * width);
    const [left, right] = ["sides.left", "sides.right"].map((name) => this.#room(name, comparisons.capacity));
    const identity = this.#runtime.storeIntegers(Int32Array.from({ length: sides.capacity }, (_, i) => i));
    this.#addresses.set("sides.rows", identity);
    this.#work.push(() => {
      const { count } = comparisons;
      const half = 4 * count * width;
      sides.count = 2 * count;
      kernels.gatherRows(count, this.#at("left"), items.columns, items.features, x, width);
      kernels.gatherRows(count, this.#at("right"), items.columns, items.features, x + half, width);
      if (contexts !== undefined) {
        const beside = x + 4 * items.columns;
        const context = this.#at("context");
        kernels.gatherRows(count, context, contexts.columns, contexts.features, beside, width);
        kernels.gatherRows(count, context, contexts.columns, contexts.features, beside + half, width);
      }
      kernels.take(count, identity, identity, left);
      kernels.take(count, identity + 4 * count, identity, right);
    });
  }
}
