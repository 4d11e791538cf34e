import { InputError } from "../../core/index.js";
import { featureDimension, type FeatureTable, type Pairs } from "../../data/index.js";
import { aboutContexts } from "../pal-items/subjects.js";
import type { DataSizes } from "../parameters.js";
import { dataSizes } from "../parts/index.js";
import { RowsBuilder, type Rows } from "../types/rows.js";

/** What features are centred and divided by, items' first and then contexts'. */
export interface Scaling {
  readonly centre: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
}

/** Columns that a dense step can hold. */
const MOST_COLUMNS = 1500;

/** Columns of the design. @throws InputError for more than can be learned by Newton steps */
export function columnsOf(sizes: DataSizes): number {
  const { items, contexts } = sizes;
  const e = contexts?.features ?? 0;
  const isVotes = aboutContexts(sizes);
  if (isVotes && e === 0) return contexts?.rows ?? 0;
  const width = (isVotes ? 1 : items.features > 0 ? items.features : items.rows) * (1 + e);
  if (width > MOST_COLUMNS) {
    throw new InputError(
      `LatentClasses: at most ${MOST_COLUMNS} columns of ids or of features times those of contexts, got ${width}; use PalA or PalB`,
    );
  }
  return width;
}

/** Rows of pairs: log odds of "right" are <row, a type's utilities>. */
export function designRows(pairs: Pairs, { centre, scale }: Scaling): Rows {
  const sizes = dataSizes(pairs, 0);
  const width = columnsOf(sizes);
  const [d, e] = [sizes.items.features, featureDimension(pairs.contexts)];
  const isVotes = aboutContexts(sizes);
  const builder = new RowsBuilder();
  const items = scaledTable(pairs.items, { centre, scale }, 0);
  const scenes = pairs.contexts === undefined ? items : scaledTable(pairs.contexts, { centre, scale }, d);
  pairs.left.forEach((left, row) => {
    const right = pairs.right[row];
    const context = pairs.context?.[row] ?? 0;
    const own: [number, number][] = [];
    if (isVotes) own.push([0, right - left]);
    else if (d === 0) own.push([right, 1], [left, -1]);
    else for (let c = 0; c < d; c++) own.push([c, items[right * d + c] - items[left * d + c]]);
    if (isVotes && e === 0) builder.add(context, right - left);
    else {
      const size = width / (1 + e);
      for (const [column, value] of own) {
        builder.add(column, value);
        for (let c = 0; c < e; c++) builder.add(size + column * e + c, value * scenes[context * e + c]);
      }
    }
    builder.endRow();
  });
  return builder.rows(width);
}

/** A table's features, centred and scaled; those of the scaling begin at `at`. */
function scaledTable({ ids, features }: FeatureTable, { centre, scale }: Scaling, at: number): Float64Array {
  const d = (features?.length ?? 0) / ids.length;
  return Float64Array.from(
    features ?? [],
    (value, i) => (value - centre[at + (i % d)]) / scale[at + (i % d)],
  );
}
