import type { FeatureTable } from "../../data/index.js";
import { NAMES, type Projector } from "../../model/index.js";
import { matrix, type Batch, type Pass } from "./pass.js";
import { project } from "./projector.js";
import { copyRows, distinct, gatherRows } from "./rows.js";
import type { Tensor2D } from "./tensorflow.js";

/** Latent vectors of the rows of a table, [index.length, d]: looked up where they are learned, else each distinct row through the map. */
export function encode(
  pass: Pass,
  names: { prefix: string; table: string; projector: Projector },
  table: FeatureTable,
  index: Int32Array,
): Tensor2D {
  const { tf } = pass;
  if (table.features === undefined) return gatherRows(tf, matrix(pass, names.table), index);
  const { unique, place } = distinct(index);
  const columns = table.features.length / table.ids.length;
  const x = tf.tensor2d(copyRows(table.features, columns, unique), [unique.length, columns]);
  return gatherRows(tf, project(pass, names, x), place);
}

/** Left and right items under f, [N, d] each. `joinContexts` lets f see the context's features behind the item's own. */
export function encodeItems(
  pass: Pass,
  batch: Batch,
  use: { projector: Projector; joinContexts: boolean },
): { left: Tensor2D; right: Tensor2D } {
  const { tf } = pass;
  const { left, right, items } = batch;
  const names = { prefix: NAMES.items, table: NAMES.itemTable, projector: use.projector };
  const both = Int32Array.of(...left, ...right);
  const z =
    use.joinContexts && batch.contexts !== undefined
      ? project(pass, names, joined(pass, batch, both))
      : encode(pass, names, items, both);
  const [l, r] = tf.split<Tensor2D>(z, 2, 0);
  return { left: l, right: r };
}

function joined({ tf }: Pass, { items, contexts, context }: Batch, item: Int32Array): Tensor2D {
  const rows = (table: FeatureTable | undefined, index: Int32Array): Tensor2D => {
    const features = table?.features ?? new Float32Array(0);
    const columns = features.length / (table?.ids.length ?? 1);
    return tf.tensor2d(copyRows(features, columns, index), [index.length, columns]);
  };
  const twice = Int32Array.of(...(context ?? []), ...(context ?? []));
  return tf.concat([rows(items, item), rows(contexts, twice)], 1);
}
