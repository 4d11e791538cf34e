import { checkIsData, featureDimension, type FeatureTable, type PreferenceData } from "../../data/index.js";
import { basesOf, basisOf, type Basis, type BasisKind, type Rows } from "../../families/index.js";
import { pca } from "../../project/index.js";

/** A basis, of features reduced to some components where there are many. */
export type BasisName = BasisKind | `${BasisKind}-${number}`;

/** Data as methods see them: the bases that they allow, each with its rows. Built once in each thread. */
export interface MethodContext {
  readonly data: PreferenceData;
  readonly bases: readonly BasisName[];
  /** The basis, and the design's rows of all comparisons. */
  basis(name: BasisName): BasisRows;
}

export interface BasisRows {
  readonly basis: Basis;
  /** The tables that it is of: features may be reduced. */
  readonly data: PreferenceData;
  readonly mean: Rows;
  readonly own: Rows;
}

/** Features beyond which principal components take their place, and how many of these are tried. */
export const MOST_FEATURES = 24;
const COMPONENTS = [16, 40] as const;
/** Columns of ids that a dense step can hold. */
const MOST_IDS = 300;

/** What all methods share on a data set: its bases, each made once. */
export function methodContext(data: PreferenceData): MethodContext {
  checkIsData("methodContext: data", data);
  const reduced = new Map<string, PreferenceData>();
  const tables = (suffix: string): PreferenceData => {
    const found = reduced.get(suffix) ?? (suffix === "" ? data : reduce(data, Number(suffix)));
    reduced.set(suffix, found);
    return found;
  };
  const known = new Map<BasisName, BasisRows>();
  return {
    data,
    bases: basesFor(data),
    basis(name) {
      const before = known.get(name);
      if (before !== undefined) return before;
      const [kind, suffix = ""] = name.split("-") as [BasisKind, string?];
      const of = tables(suffix);
      const basis = basisOf(kind, of);
      const found = { basis, data: of, ...basis.rows(of) };
      known.set(name, found);
      return found;
    },
  };
}

function basesFor(data: PreferenceData): BasisName[] {
  const ids = basisOf("ids", data);
  const isFew = ids.about !== "items" || ids.width <= MOST_IDS;
  const widths = [featureDimension(data.items), featureDimension(data.contexts)];
  const largest = Math.max(...widths);
  const suffixes =
    largest <= MOST_FEATURES ? [""] : COMPONENTS.filter((count) => count < largest).map(String);
  const featured = suffixes.flatMap((suffix) => {
    const of = suffix === "" ? data : withWidth(data, Number(suffix));
    return basesOf(of)
      .filter((kind) => kind !== "ids")
      .map((kind): BasisName => (suffix === "" ? kind : `${kind}-${Number(suffix)}`));
  });
  // the simplest first: of bases that predict alike it is taken
  const order = ["features", "interactions", "quadratic"];
  const sorted = featured.sort((a, b) => order.indexOf(a.split("-")[0]) - order.indexOf(b.split("-")[0]));
  return isFew || sorted.length === 0 ? [...sorted, "ids"] : sorted;
}

/** The tables as they will be, to be asked about their widths only. */
function withWidth(data: PreferenceData, most: number): PreferenceData {
  const narrow = (table: FeatureTable): FeatureTable => {
    const width = Math.min(most, featureDimension(table));
    return width === 0 ? table : { ...table, features: new Float32Array(width * table.ids.length) };
  };
  return {
    ...data,
    items: narrow(data.items),
    ...(data.contexts === undefined ? {} : { contexts: narrow(data.contexts) }),
  };
}

function reduce(data: PreferenceData, components: number): PreferenceData {
  const narrow = (table: FeatureTable): FeatureTable => {
    const width = featureDimension(table);
    const { features } = table;
    if (features === undefined || width <= components) return table;
    const count = Math.min(components, table.ids.length - 1);
    return {
      ...table,
      features: pca({ dimension: width, values: features }, { components: count }).points.values,
    };
  };
  return {
    ...data,
    items: narrow(data.items),
    ...(data.contexts === undefined ? {} : { contexts: narrow(data.contexts) }),
  };
}
