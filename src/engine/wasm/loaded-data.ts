import type { FeatureTable, Pairs, PreferenceData } from "../../data/index.js";
import type { Address, Runtime } from "./runtime.js";

/** A table in wasm memory. Without features (`columns` 0) its rows are those of a learned table. */
export interface LoadedTable {
  readonly rows: number;
  readonly columns: number;
  readonly features: Address;
}

/** Pairs in wasm memory; indices refer to the loaded tables. */
export interface LoadedPairs {
  readonly count: number;
  readonly items: LoadedTable;
  readonly contexts?: LoadedTable;
  readonly left: Address;
  readonly right: Address;
  readonly context: Address;
}

/** What a batch is filled from; `label` and `weight` are floats. */
export interface BatchSource extends LoadedPairs {
  readonly user: Address;
  readonly label: Address;
  readonly weight: Address;
}

/**
 * Copies pairs and the rows of the tables that they use: a part of a large data set costs what it needs.
 * @param isReadOnce whether the pairs are read once: a table of which most is used is then copied whole, which is quicker than sorting it
 */
export function loadPairs(runtime: Runtime, pairs: Pairs, isReadOnce = false): LoadedPairs {
  const items = loadTable(runtime, pairs.items, { used: [pairs.left, pairs.right], isReadOnce });
  const shared = {
    count: pairs.left.length,
    items: items.table,
    left: runtime.storeIntegers(items.place(pairs.left)),
    right: runtime.storeIntegers(items.place(pairs.right)),
  };
  if (pairs.context === undefined || pairs.contexts === undefined) return { ...shared, context: 0 };
  const contexts = loadTable(runtime, pairs.contexts, { used: [pairs.context], isReadOnce });
  return {
    ...shared,
    contexts: contexts.table,
    context: runtime.storeIntegers(contexts.place(pairs.context)),
  };
}

/** Copies whole tables, and keeps room for `rows` pairs that are filled in later. */
export function loadTables(
  runtime: Runtime,
  tables: Pick<Pairs, "items" | "contexts">,
  rows: number,
): LoadedPairs {
  const whole = ({ ids, features }: FeatureTable): LoadedTable => {
    if (features === undefined) return { rows: ids.length, columns: 0, features: 0 };
    return {
      rows: ids.length,
      columns: features.length / ids.length,
      features: runtime.storeFloats(features),
    };
  };
  const { items, contexts } = tables;
  return {
    count: rows,
    items: whole(items),
    ...(contexts === undefined ? {} : { contexts: whole(contexts) }),
    left: runtime.allocate(rows),
    right: runtime.allocate(rows),
    context: contexts === undefined ? 0 : runtime.allocate(rows),
  };
}

interface TableLoad {
  readonly table: LoadedTable;
  /** Indices into the loaded table for indices into the original. */
  place(indices: Int32Array): Int32Array;
}

/** As many rows as pairs may use at most. */
function uses(used: readonly Int32Array[]): number {
  return used.reduce((sum, indices) => sum + indices.length, 0);
}

function loadTable(
  runtime: Runtime,
  table: FeatureTable,
  { used, isReadOnce }: { readonly used: readonly Int32Array[]; readonly isReadOnce: boolean },
): TableLoad {
  const { features } = table;
  if (features === undefined) {
    return { table: { rows: table.ids.length, columns: 0, features: 0 }, place: (indices) => indices };
  }
  const columns = features.length / table.ids.length;
  if (isReadOnce && 2 * uses(used) >= table.ids.length) {
    const whole = { rows: table.ids.length, columns, features: runtime.storeFloats(features) };
    return { table: whole, place: (indices) => indices };
  }
  const place = new Int32Array(table.ids.length).fill(-1);
  let rows = 0;
  // in the order of first use: the two items of a comparison lie side by side
  for (let i = 0; i < used[0].length; i++) {
    for (const indices of used) if (place[indices[i]] < 0) place[indices[i]] = rows++;
  }
  const address = runtime.allocate(rows * columns);
  const target = runtime.floats(address, rows * columns);
  for (let from = 0; from < place.length; from++) {
    if (place[from] < 0) continue;
    const [source, to] = [from * columns, place[from] * columns];
    for (let column = 0; column < columns; column++) target[to + column] = features[source + column];
  }
  return {
    table: { rows, columns, features: address },
    place: (indices) => indices.map((index) => place[index]),
  };
}

/** User, label and row weight columns, ready to fill batches from. */
export function loadColumns(
  runtime: Runtime,
  data: Pick<PreferenceData, "user" | "label" | "weight">,
): Pick<BatchSource, "user" | "label" | "weight"> {
  return {
    user: runtime.storeIntegers(data.user),
    label: runtime.storeFloats(data.label),
    weight: runtime.storeFloats(data.weight ?? new Float32Array(data.user.length).fill(1)),
  };
}
