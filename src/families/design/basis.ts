import { InputError } from "../../core/index.js";
import { featureDimension, type FeatureTable, type Pairs } from "../../data/index.js";
import { ask } from "./answers.js";
import { momentsOf } from "./moments.js";
import { RowsBuilder, type Rows } from "./rows.js";
import { widthWithSquares, withSquares } from "./squares.js";

/** What utilities are linear in. */
export const BASES = ["ids", "features", "quadratic", "interactions"] as const;
/** One of {@link BASES}. */
export type BasisKind = (typeof BASES)[number];

/** Comparisons as rows of a design: log odds of "right" are <mean row, what a type likes> + <own row, a user's own tastes>. */
export interface Basis {
  readonly kind: BasisKind;
  /** What columns stand for: the ids of items, statements or pairs, or features. */
  readonly about: "items" | "statements" | "pairs" | "features";
  /** Columns of types' utilities. */
  readonly width: number;
  /** Columns of own tastes; 0 where they cannot be learned from such answers. */
  readonly ownWidth: number;
  /** Rows of pairs of the same items and contexts. */
  rows(pairs: Pairs): { readonly mean: Rows; readonly own: Rows };
}

/** Columns that squares, products and interactions may have together. */
const MOST_COLUMNS = 80;

/** Bases that the tables have columns for. */
export function basesOf(pairs: Pairs): BasisKind[] {
  const [d, e] = [featureDimension(pairs.items), featureDimension(pairs.contexts)];
  const x = d > 0 ? d : pairs.items.ids.length - (isVotes(pairs) ? 1 : 0);
  return [
    "ids",
    ...(d > 0 ? (["features"] as const) : []),
    ...(d > 0 && widthWithSquares(d) <= MOST_COLUMNS ? (["quadratic"] as const) : []),
    ...(e > 0 && x * (1 + e) <= (isVotes(pairs) ? 1000 : MOST_COLUMNS) ? (["interactions"] as const) : []),
  ];
}

/**
 * The design of a data set's pairs. Ids: a column an item, a statement, or a pair whose items stand in no other. Features: of items, standardised;
 * quadratic: with squares and products too; interactions: items' features (ids where there are none) times [1, the context's features].
 * @throws InputError for features that the tables do not have
 */
export function basisOf(kind: BasisKind, pairs: Pairs): Basis {
  if (kind === "ids") return idBasis(pairs);
  if (!basesOf(pairs).includes(kind)) {
    const table = kind === "interactions" ? "contexts" : "items";
    throw new InputError(
      `basis ${kind}: needs ${table} with features, and few enough of them; got ${featureDimension(pairs[table])}`,
    );
  }
  const of = featuresOf(kind, pairs);
  return {
    kind,
    about: "features",
    width: of.width,
    ownWidth: of.width,
    rows(given) {
      const builder = new RowsBuilder();
      given.left.forEach((left, row) => {
        const context = given.context?.[row] ?? -1;
        const [a, b] = [of.vector(given.right[row], context), of.vector(left, context)];
        for (let j = 0; j < of.width; j++) if (a[j] !== b[j]) builder.add(j, a[j] - b[j]);
        builder.endRow();
      });
      const mean = builder.rows(of.width);
      return { mean, own: mean };
    },
  };
}

/** Whether the same two items (disagree, agree) are compared in each context, so that what is learned is about contexts. */
export function isVotes({ contexts, items, context }: Pairs): boolean {
  return contexts !== undefined && context !== undefined && items.ids.length === 2;
}

function idBasis(pairs: Pairs): Basis {
  const { questions } = ask(pairs);
  const { kind: about, parameters } = questions;
  const ownWidth = about === "items" ? parameters : about === "statements" ? 1 : 0;
  const width = parameters;
  return {
    ...{ kind: "ids", about, width, ownWidth },
    rows(given) {
      const asked = ask(given);
      const [mean, own] = [new RowsBuilder(), new RowsBuilder()];
      asked.question.forEach((question, row) => {
        const direction = asked.direction[row];
        mean.add(asked.questions.plus[question], direction);
        if (asked.questions.minus[question] >= 0) mean.add(asked.questions.minus[question], -direction);
        if (about === "statements") own.add(0, direction);
        mean.endRow();
        own.endRow();
      });
      const means = mean.rows(width);
      return { mean: means, own: about === "items" ? means : own.rows(ownWidth) };
    },
  };
}

interface Features {
  readonly width: number;
  vector(item: number, context: number): Float64Array;
}

function featuresOf(kind: BasisKind, pairs: Pairs): Features {
  const x = itemColumns(pairs);
  if (kind === "quadratic") {
    const vector = (item: number): Float64Array => withSquares(x.vector(item, 0));
    return remembered({ width: widthWithSquares(x.width), vector }, 0);
  }
  if (kind === "features") return remembered(x, 0);
  const c = standardised(pairs.contexts);
  return remembered(
    {
      width: x.width * (1 + c.width),
      vector(item, context) {
        const [own, scene] = [x.vector(item, 0), c.vector(context, 0)];
        const found = new Float64Array(x.width * (1 + c.width));
        own.forEach((value, i) => {
          found[i] = value;
          for (let j = 0; j < c.width; j++) found[x.width + i * c.width + j] = value * scene[j];
        });
        return found;
      },
    },
    pairs.contexts?.ids.length ?? 0,
  );
}

function itemColumns(pairs: Pairs): Features {
  if (featureDimension(pairs.items) > 0) return standardised(pairs.items);
  const votes = isVotes(pairs);
  const width = votes ? 1 : pairs.items.ids.length;
  return {
    width,
    vector(item) {
      const found = new Float64Array(width);
      if (!votes) found[item] = 1;
      else if (item === 1) found[0] = 1;
      return found;
    },
  };
}

/** Columns less their mean, divided by their standard deviation over the table's rows; a constant column is 0. */
function standardised(table: FeatureTable | undefined): Features {
  const { features = new Float32Array(0) } = table ?? {};
  const moments = table === undefined ? [] : momentsOf(table);
  const width = moments.length;
  const scaled = Float64Array.from(features, (value, i) => {
    const { mean, deviation, isConstant } = moments[i % width];
    return isConstant ? 0 : (value - mean) / deviation;
  });
  return { width, vector: (row) => scaled.subarray(row * width, (row + 1) * width) };
}

/** The same vectors, each computed once. */
function remembered({ width, vector }: Features, contexts: number): Features {
  const known = new Map<number, Float64Array>();
  return {
    width,
    vector(item, context) {
      const key = item * Math.max(1, contexts) + Math.max(0, context);
      const found = known.get(key) ?? vector(item, context);
      known.set(key, found);
      return found;
    },
  };
}
