import { InputError } from "../../core/index.js";
import { featureDimension, type FeatureTable, type Pairs, type PreferenceData } from "../../data/index.js";
import { oneOf } from "../options.js";
import { valuesOf, type DataSizes, type Parameters, type ParameterSpec } from "../parameters.js";
import { dataSizes } from "../parts/index.js";
import { aboutContexts } from "./about-contexts.js";
import { momentsOf } from "./moments.js";
import { RowsBuilder, type Rows } from "./rows.js";
import { widthWithSquares, withSquares } from "./squares.js";

/** What features are centred and divided by, items' first and then contexts'. */
export interface Scaling {
  readonly centre: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
}

/** What utilities are linear in. */
export interface Design {
  /** The family that asks, for messages. */
  readonly name: string;
  /** `quadratic`: items' features with their squares and products. */
  readonly utility: "linear" | "quadratic";
}

/** The option of a family by which its design is chosen. */
export const UTILITY = oneOf(
  ["linear", "quadratic"],
  "linear",
  "what items' features are worth: linear, or with their squares and products, so that people have ideal points",
);

const NAMES = { centre: "centre", scale: "scale" };
/** Columns that a dense step can hold. */
const MOST_COLUMNS = 1500;

/**
 * Columns of the design. Utilities are linear in one-hot ids (of items, or of statements where users vote), in items' features, or in items'
 * features (or "agree") times [1, the context's features].
 * @param most columns that a method can take; default: what Newton steps can, votes on statements that are names alone in any number
 * @throws InputError for more columns than that, and for squares of ids
 */
export function columnsOf(sizes: DataSizes, { name, utility }: Design, most?: number): number {
  const { items, contexts } = sizes;
  const e = contexts?.features ?? 0;
  const isQuadratic = utility === "quadratic";
  if (isQuadratic && (items.features === 0 || aboutContexts(sizes)))
    throw new InputError(
      `${name}: utility "quadratic" needs items with features, and these are compared by their ids`,
    );
  const isDiagonal = isDiagonalDesign(sizes);
  const features = isQuadratic ? widthWithSquares(items.features) : items.features;
  const width = isDiagonal
    ? (contexts?.rows ?? 0)
    : (aboutContexts(sizes) ? 1 : features > 0 ? features : items.rows) * (1 + e);
  const limit = most ?? (isDiagonal ? Infinity : MOST_COLUMNS);
  if (width > limit) {
    throw new InputError(
      `${name}: at most ${limit} columns of ids or of features times those of contexts, got ${width}; use ${isDiagonal ? "PalItems or LatentClasses" : "PalA or PalB"}`,
    );
  }
  return width;
}

/** Whether users vote on statements that are names alone: each row is then about one column. */
export function isDiagonalDesign(sizes: DataSizes): boolean {
  return aboutContexts(sizes) && (sizes.contexts?.features ?? 0) === 0;
}

/** Rows of pairs: log odds of "right" are <row, utilities>. */
export function designRows(pairs: Pairs, { centre, scale }: Scaling, design: Design): Rows {
  const sizes = dataSizes(pairs, 0);
  const width = columnsOf(sizes, design);
  const [d, e] = [sizes.items.features, featureDimension(pairs.contexts)];
  const isVotes = aboutContexts(sizes);
  const builder = new RowsBuilder();
  const items = vectors(pairs.items, { centre, scale }, 0);
  const worth = design.utility === "quadratic" ? items.map(withSquares) : items;
  const scenes = pairs.contexts === undefined ? [] : vectors(pairs.contexts, { centre, scale }, d);
  pairs.left.forEach((left, row) => {
    const right = pairs.right[row];
    const context = pairs.context?.[row] ?? 0;
    const own: [number, number][] = [];
    if (isVotes) own.push([0, right - left]);
    else if (d === 0) own.push([right, 1], [left, -1]);
    else worth[right].forEach((value, c) => own.push([c, value - worth[left][c]]));
    if (isVotes && e === 0) builder.add(context, right - left);
    else {
      const size = width / (1 + e);
      for (const [column, value] of own) {
        builder.add(column, value);
        for (let c = 0; c < e; c++) builder.add(size + column * e + c, value * scenes[context][c]);
      }
    }
    builder.endRow();
  });
  return builder.rows(width);
}

/** One column for each pair: 1 where "right" is the second item ("agree"), -1 where it is the first. */
export function readinessRows(pairs: Pairs): Rows {
  const builder = new RowsBuilder();
  pairs.left.forEach((left, row) => {
    builder.add(0, pairs.right[row] - left);
    builder.endRow();
  });
  return builder.rows(1);
}

/** Where a trained model keeps its scaling. */
export function scalingSpecs({ items, contexts }: DataSizes): ParameterSpec[] {
  const features = items.features + (contexts?.features ?? 0);
  const init = { kind: "constant", value: 0 } as const;
  return [
    { name: NAMES.centre, shape: [features], group: "scaling", init },
    { name: NAMES.scale, shape: [features], group: "scaling", init },
  ];
}

/** Mean and standard deviation of each feature over its table's rows, items' first; a constant feature counts as it is. */
export function scalingOf(data: PreferenceData): Scaling {
  const parts = [data.items, ...(data.contexts === undefined ? [] : [data.contexts])].flatMap(momentsOf);
  return {
    centre: Float64Array.from(parts, ({ mean }) => mean),
    scale: Float64Array.from(parts, ({ deviation, isConstant }) => (isConstant ? 1 : deviation)),
  };
}

/** A scaling by the names of {@link scalingSpecs}. */
export function scalingValues({ centre, scale }: Scaling): [string, Float32Array][] {
  return [
    [NAMES.centre, Float32Array.from(centre)],
    [NAMES.scale, Float32Array.from(scale)],
  ];
}

/** The scaling that a model was trained with. @throws InputError where it is not there */
export function trainedScaling(trained: Parameters, family: string): Scaling {
  return { centre: valuesOf(trained, NAMES.centre, family), scale: valuesOf(trained, NAMES.scale, family) };
}

/** The rows of a table, centred and scaled; those of the scaling begin at `at`. */
function vectors({ ids, features }: FeatureTable, { centre, scale }: Scaling, at: number): Float64Array[] {
  const d = (features?.length ?? 0) / ids.length;
  return ids.map((_, row) =>
    Float64Array.from(
      { length: d },
      (__, c) => ((features?.[row * d + c] ?? 0) - centre[at + c]) / scale[at + c],
    ),
  );
}
