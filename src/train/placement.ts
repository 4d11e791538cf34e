import { InputError, list } from "../core/index.js";
import { featureDimension, type FeatureTable, type Pairs } from "../data/index.js";
import type { FittedParts } from "./fitted-parts.js";

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

/**
 * `data` with indices of learned items and contexts made those of the trained tables.
 * @throws InputError for an id that was not in training, or another number of features than in training
 */
export function placePairs<T extends Pairs>(
  data: T,
  trained: Pick<FittedParts, "sizes" | "learnedItems" | "learnedContexts">,
): T {
  const { sizes, learnedItems, learnedContexts } = trained;
  checkFeatures("items", data.items, sizes.items.features);
  checkFeatures("contexts", data.contexts, sizes.contexts?.features);
  const items = place("items", data.items, learnedItems);
  const contexts =
    data.contexts === undefined ? undefined : place("contexts", data.contexts, learnedContexts);
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

function checkFeatures(name: string, table: FeatureTable | undefined, trained: number | undefined): void {
  const found = table === undefined ? 0 : featureDimension(table);
  if (table === undefined || trained === undefined || trained === 0 || found === trained) return;
  throw new InputError(`${name} must have ${trained} features as in training, got ${found}`);
}
