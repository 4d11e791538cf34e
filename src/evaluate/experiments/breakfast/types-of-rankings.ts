import type { RandomStream } from "../../../core/index.js";
import { selectRows, weighedByWorth } from "../../../data/index.js";
import { problemOf, type Rows } from "../../../families/index.js";
import { fitTypes, sameAnswers } from "../../methods/index.js";
import type { Rankings } from "./divide.js";

/** What has a column of its own: each item, or each item and each item on each occasion. */
export const COLUMNS = ["items", "items and items by occasion"] as const;
/** One of {@link COLUMNS}. */
export type Columns = (typeof COLUMNS)[number];

interface Given {
  readonly k: number;
  /** Of what types like. */
  readonly means: Columns;
  /** Of what somebody likes beside their type. */
  readonly tastes: Columns;
}

/**
 * Types with tastes of their own, as `explore` fits them, on rankings: log odds are a type's utilities of the two items, by occasion where these have
 * columns, plus the person's own tastes.
 * @returns log odds of the rows asked about; the deviation of tastes, the share of each type, and what each likes over all occasions, row-major [K, I]
 */
export function typesOfRankings(
  { data, train, asked }: { readonly data: Rankings; readonly train: Int32Array; readonly asked: Int32Array },
  { k, means, tastes }: Given,
  { rng, effort }: { readonly rng: RandomStream; readonly effort: "quick" | "full" },
): {
  readonly scores: Float64Array;
  readonly measures: { readonly [name: string]: number };
  readonly series: { readonly likes: readonly number[] };
} {
  const { rows: trained, weight } = answersOf(data, train, means === tastes && means === "items");
  const rows = (which: Int32Array): { mean: Rows; own: Rows } => ({
    mean: rowsOf(data, which, means),
    own: rowsOf(data, which, tastes),
  });
  const problem = problemOf(rows(trained), {
    ...{ users: data.users.length, user: trained.map((row) => data.user[row]), weight },
    label: Int8Array.from(trained, (row) => data.label[row]),
  });
  const questions = { ...rows(asked), user: asked.map((row) => data.user[row]) };
  const found = fitTypes(problem, { method: "types", k, effort }, { rng, asked: questions });
  const width = Math.sqrt(found.covariance?.length ?? 0);
  const deviation = Math.sqrt(found.covariance?.[0] ?? 0);
  const shares = Array.from({ length: k }, (_, type) => {
    const own = found.weights.filter((_, i) => i % k === type);
    return own.reduce((sum, weight) => sum + weight, 0) / own.length;
  });
  return {
    scores: found.p.map((p) => Math.log(Math.max(1e-9, p) / Math.max(1e-9, 1 - p))),
    measures: {
      ...(width > 0 ? { tastes: deviation } : {}),
      ...Object.fromEntries(shares.map((share, type) => [`share of type ${type + 1}`, share])),
    },
    series: { likes: likesOf(data, found.means, k) },
  };
}

/**
 * The comparisons that train, those of one ranking weighted down to what they are worth together. Where occasions are ignored, the same answer of a
 * person on several is one with the weight of all.
 */
function answersOf(
  data: Rankings,
  train: Int32Array,
  ignoresOccasions: boolean,
): { readonly rows: Int32Array; readonly weight: Float32Array } {
  const own = weighedByWorth(selectRows(data, train)).weight ?? new Float32Array(train.length).fill(1);
  const weight = new Float32Array(data.user.length);
  train.forEach((row, i) => (weight[row] = own[i]));
  if (!ignoresOccasions) return { rows: train, weight: own };
  const merged = sameAnswers({ ...data, weight }, train, "ids");
  return { rows: merged.rows, weight: merged.weight ?? own };
}

/** Rows of the design: right less left. */
function rowsOf({ items, left, right, context }: Rankings, which: Int32Array, columns: Columns): Rows {
  const count = items.ids.length;
  const parts = columns === "items" ? 1 : 2;
  const column = new Int32Array(2 * parts * which.length);
  const value = new Float64Array(column.length);
  which.forEach((row, i) => {
    for (let part = 0; part < parts; part++) {
      const from = part === 0 ? 0 : count * (1 + context[row]);
      const at = 2 * (parts * i + part);
      column[at] = from + right[row];
      column[at + 1] = from + left[row];
      value[at] = 1;
      value[at + 1] = -1;
    }
  });
  const occasions = Math.max(0, ...context) + 1;
  return {
    width: columns === "items" ? count : count * (1 + occasions),
    start: Int32Array.from({ length: which.length + 1 }, (_, i) => 2 * parts * i),
    column,
    value,
  };
}

/** What each type likes, the mean over occasions, centred. */
function likesOf({ items }: Rankings, means: Float64Array, k: number): number[] {
  const count = items.ids.length;
  const width = means.length / k;
  const blocks = width / count;
  return Array.from({ length: k }, (_, type) => {
    const utilities = Array.from({ length: count }, (_, item) => {
      let sum = means[type * width + item];
      for (let block = 1; block < blocks; block++)
        sum += means[type * width + block * count + item] / (blocks - 1);
      return sum;
    });
    const centre = utilities.reduce((sum, each) => sum + each, 0) / count;
    return utilities.map((each) => Number((each - centre).toFixed(3)));
  }).flat();
}
