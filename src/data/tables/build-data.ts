import {
  featureDimension,
  type DataSource,
  type FeatureTable,
  type PreferenceData,
  type UserColumn,
} from "../preference-data.js";
import type { Answer } from "./answers.js";

/** Rows of a table after its ids and labels have been read; indices into `users`, `items` and `contexts`. */
export interface AnswerRows {
  readonly users: readonly string[];
  readonly items: FeatureTable;
  readonly contexts?: FeatureTable;
  readonly user: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly context?: Int32Array;
  readonly answer: readonly Answer[];
  /** How much each answer counts, shape [N]; default 1. */
  readonly weight?: Float32Array;
  /** The ranking, choice or set of ratings that each answer was made of, shape [N]; undefined where answers were given one by one. */
  readonly judgement?: Int32Array;
  /** What judgements are. */
  readonly judged?: PreferenceData["judged"];
  /** When each answer was given: decides which is the last. Without it the order of the rows does. */
  readonly time?: Float64Array;
  /** The group of each user. */
  readonly groups?: readonly string[];
  /** What else is known of users, for each user of `users`. */
  readonly columns?: readonly UserColumn[];
  /** 1 where a row is held out. */
  readonly heldOut?: Uint8Array;
}

/** The data of the rows `kept`; users, items and contexts that do not occur in them are left out. A tie becomes two rows of half its weight. */
export function buildData(rows: AnswerRows, kept: readonly number[], source: DataSource): PreferenceData {
  const isTie = (row: number): boolean => rows.answer[row] === 0;
  const size = kept.length + kept.filter(isTie).length;
  const from = new Int32Array(size);
  const label = new Int8Array(size);
  const weight = new Float32Array(size);
  let at = 0;
  const add = (row: number, value: -1 | 1, share: number): void => {
    from[at] = row;
    label[at] = value;
    weight[at++] = share * (rows.weight?.[row] ?? 1);
  };
  for (const row of kept) {
    const answer = rows.answer[row];
    if (answer === 1 || answer === -1) add(row, answer, 1);
    else {
      add(row, -1, 0.5);
      add(row, 1, 0.5);
    }
  }
  const pick = (column: Int32Array): Int32Array => from.map((row) => column[row]);
  const users = renumber(rows.users.length, [pick(rows.user)]);
  const items = renumber(rows.items.ids.length, [pick(rows.left), pick(rows.right)]);
  const { groups, contexts, context, columns = [], heldOut, judgement, judged } = rows;
  const asked = context === undefined ? undefined : renumber(contexts?.ids.length ?? 0, [pick(context)]);
  const ofUsers = <T>(values: readonly T[]): T[] => users.kept.map((user) => values[user]);
  return {
    users: ofUsers(rows.users),
    ...(groups === undefined ? {} : { groups: ofUsers(groups) }),
    ...(columns.length === 0
      ? {}
      : { columns: columns.map(({ name, values }) => ({ name, values: ofUsers(values) })) }),
    ...(heldOut === undefined ? {} : { heldOut: Uint8Array.from(from, (row) => heldOut[row]) }),
    ...(judgement === undefined ? {} : { judgement: pick(judgement) }),
    ...(judged === undefined ? {} : { judged }),
    items: selectTable(rows.items, items.kept),
    ...(contexts === undefined || asked === undefined
      ? {}
      : { contexts: selectTable(contexts, asked.kept), context: asked.moved[0] }),
    user: users.moved[0],
    left: items.moved[0],
    right: items.moved[1],
    label,
    ...(size === kept.length && rows.weight === undefined ? {} : { weight }),
    source,
  };
}

/** The indices below `size` that occur, in order, and the columns with each index replaced by its place among them. */
function renumber(
  size: number,
  columns: readonly Int32Array[],
): { readonly kept: number[]; readonly moved: Int32Array[] } {
  const place = new Int32Array(size).fill(-1);
  for (const column of columns) for (const index of column) place[index] = 0;
  const kept: number[] = [];
  place.forEach((value, index) => {
    if (value === 0) place[index] = kept.push(index) - 1;
  });
  return { kept, moved: columns.map((column) => column.map((index) => place[index])) };
}

function selectTable(table: FeatureTable, rows: readonly number[]): FeatureTable {
  const { ids, features, text } = table;
  const width = featureDimension(table);
  const chosen = features === undefined ? undefined : new Float32Array(rows.length * width);
  if (features !== undefined)
    rows.forEach((row, i) => chosen?.set(features.subarray(row * width, (row + 1) * width), i * width));
  return {
    ids: rows.map((row) => ids[row]),
    ...(chosen === undefined ? {} : { features: chosen }),
    ...(text === undefined ? {} : { text: rows.map((row) => text[row]) }),
  };
}
