import { InputError, list } from "../core/index.js";
import type { FeatureTable } from "../data/index.js";

/** A table as the model learned it, and where rows of another table are in it. */
export interface Placement {
  readonly table: FeatureTable;
  move(indices: Int32Array): Int32Array;
}

/** How indices into `table` become indices into the learned table of the same kind; undefined where they are the same already. @throws InputError for an unknown id */
export function place(
  name: string,
  table: FeatureTable,
  learned: readonly string[] | undefined,
): Placement | undefined {
  if (learned === undefined || learned === table.ids) return undefined;
  const index = new Map(learned.map((id, i) => [id, i]));
  const to = table.ids.map((id) => index.get(id) ?? -1);
  return {
    table: { ...table, ids: learned },
    move: (indices) =>
      indices.map((i) => {
        if (to[i] < 0)
          throw new InputError(
            `${name}: ${JSON.stringify(table.ids[i])} was not in training; known: ${list(learned)}`,
          );
        return to[i];
      }),
  };
}
