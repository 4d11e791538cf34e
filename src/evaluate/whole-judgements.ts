import type { RandomStream } from "../core/index.js";
import { rowsByJudgement, type PreferenceData } from "../data/index.js";
import { gumbels, utilitiesOf } from "./judged-draws.js";

/** Answers to all pairs of the items of each judgement: those that are not there have the weight 0. */
export interface Answered {
  /** Share of the weight that prefers right, shape [N]. */
  readonly right: Float64Array;
  readonly weight: Float64Array;
}

/** Data with all pairs of each judgement, in which judgements are drawn again whole. */
export interface WholeJudgements {
  /** The data, a row for each pair of items that were judged together. Labels mean nothing. */
  readonly data: PreferenceData;
  /** As they were given. */
  readonly given: Answered;
  /** Drawn again: `p` is P(right preferred) of each row of `data`. */
  draws(p: Float64Array): (rng: RandomStream) => Answered;
}

/** A pair that a judgement gave, by the places of its items, best first. */
interface PlacePair {
  readonly better: number;
  readonly worse: number;
  readonly weight: number;
}

interface Whole {
  /** Rows of the whole data: of items a < b in the order of `items` at a * items + b. */
  readonly rowOf: Int32Array;
  readonly items: readonly number[];
  /** The places' items as they were given, indices into `items`. */
  readonly order: Int32Array;
  readonly pairs: readonly PlacePair[];
}

/** Part of the pairs of rankings or ratings, up to which their absence may be passed over. */
const FEW_MISSING = 0.02;

/**
 * Judgements of which ties, neighbours alone or choices among several leave pairs out: which pairs are there depends on the answers, so that judgements
 * must be drawn again whole. A drawn judgement has the pattern of the given one (as many items on each rung, the same pairs of places), and items
 * take their places by the order of their noisy utilities.
 * @returns undefined where all pairs are there
 */
export function wholeJudgements(data: PreferenceData): WholeJudgements | undefined {
  const { user, judgement } = data;
  if (judgement === undefined) return undefined;
  const parts = rowsByJudgement({ user, judgement }).map((rows) => ({ rows, items: itemsOf(data, rows) }));
  const all = parts.reduce((sum, { items }) => sum + (items.length * (items.length - 1)) / 2, 0);
  const there = parts.reduce((sum, { rows }) => sum + distinctPairs(data, rows), 0);
  const judgedRows = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  if (there >= (1 - FEW_MISSING) * all && judgedRows === there) return undefined;
  return assemble(data, parts);
}

function assemble(
  data: PreferenceData,
  parts: readonly { readonly rows: readonly number[]; readonly items: readonly number[] }[],
): WholeJudgements {
  const { judgement = new Int32Array(0), context, weight } = data;
  const of = { user: [] as number[], left: [] as number[], right: [] as number[], context: [] as number[] };
  const judgements: number[] = [];
  const add = (row: number, left: number, right: number): void => {
    of.user.push(data.user[row]);
    of.left.push(left);
    of.right.push(right);
    if (context !== undefined) of.context.push(context[row]);
    judgements.push(judgement[row]);
  };
  const wholes = parts.map(({ rows, items }): Whole => {
    const n = items.length;
    const rowOf = new Int32Array(n * n);
    for (let a = 0; a < n; a++)
      for (let b = a + 1; b < n; b++) {
        rowOf[a * n + b] = judgements.length;
        add(rows[0], items[a], items[b]);
      }
    return { rowOf, items, ...placesOf(data, rows, items) };
  });
  const alone = Array.from(data.user.keys()).filter((row) => judgement[row] < 0);
  const firstAlone = judgements.length;
  for (const row of alone) add(row, data.left[row], data.right[row]);
  const ints = (values: number[]): Int32Array => Int32Array.from(values);
  const whole: PreferenceData & Required<Pick<PreferenceData, "judgement">> = {
    ...data,
    ...(data.heldOut === undefined ? {} : { heldOut: new Uint8Array(judgements.length) }),
    ...{ user: ints(of.user), left: ints(of.left), right: ints(of.right), judgement: ints(judgements) },
    ...(context === undefined ? {} : { context: ints(of.context) }),
    label: new Int8Array(judgements.length).fill(1),
    weight: new Float32Array(judgements.length).fill(1),
  };
  const answered = (orderOf: (j: number) => Int32Array, aloneRight: (i: number) => number): Answered => {
    const [right, total] = [new Float64Array(judgements.length), new Float64Array(judgements.length)];
    wholes.forEach((each, j) => fill(each, orderOf(j), { right, total }));
    alone.forEach((row, i) => {
      right[firstAlone + i] = aloneRight(i);
      total[firstAlone + i] = weight?.[row] ?? 1;
    });
    return { right, weight: total };
  };
  return {
    data: whole,
    given: answered(
      (j) => wholes[j].order,
      (i) => (data.label[alone[i]] > 0 ? 1 : 0),
    ),
    draws(p) {
      const utilities = utilitiesOf(whole, p).map(({ utility }) => utility);
      return (rng) =>
        answered(
          (j) => bestFirst(gumbels(utilities[j], rng)),
          (i) => (rng.uniform() < p[firstAlone + i] ? 1 : 0),
        );
    },
  };
}

/** Writes what an order of the items says of each pair. */
function fill(
  { rowOf, items, pairs }: Whole,
  order: Int32Array,
  { right, total }: { readonly right: Float64Array; readonly total: Float64Array },
): void {
  const n = items.length;
  for (const { better, worse, weight } of pairs) {
    const [a, b] = [order[better], order[worse]];
    const row = a < b ? rowOf[a * n + b] : rowOf[b * n + a];
    // the later item stands right
    const before = total[row] * right[row];
    total[row] += weight;
    right[row] = (before + (a > b ? weight : 0)) / total[row];
  }
}

function itemsOf({ left, right }: PreferenceData, rows: readonly number[]): number[] {
  return [...new Set(rows.flatMap((row) => [left[row], right[row]]))];
}

function distinctPairs({ left, right }: PreferenceData, rows: readonly number[]): number {
  return new Set(rows.map((row) => `${Math.min(left[row], right[row])}/${Math.max(left[row], right[row])}`))
    .size;
}

/** An order that no strict answer contradicts, and the pairs in its places; halves of a tie are strict neither way. */
function placesOf(
  { left, right, label, weight }: PreferenceData,
  rows: readonly number[],
  items: readonly number[],
): Pick<Whole, "order" | "pairs"> {
  const place = new Map(items.map((item, i) => [item, i]));
  const at = (item: number): number => place.get(item) ?? 0;
  const given = rows.map((row) => {
    const [better, worse] = label[row] > 0 ? [right[row], left[row]] : [left[row], right[row]];
    return { better: at(better), worse: at(worse), weight: weight?.[row] ?? 1 };
  });
  const said = new Set(given.map(({ better, worse }) => better * items.length + worse));
  const strict = given.filter(({ better, worse }) => !said.has(worse * items.length + better));
  const waits = new Int32Array(items.length);
  for (const { worse } of strict) waits[worse]++;
  const order: number[] = [];
  const isPlaced = new Uint8Array(items.length);
  while (order.length < items.length) {
    // where answers contradict each other, whoever waits for the fewest
    let next = -1;
    for (let i = 0; i < items.length; i++)
      if (isPlaced[i] === 0 && (next < 0 || waits[i] < waits[next])) next = i;
    isPlaced[next] = 1;
    order.push(next);
    for (const { better, worse } of strict) if (better === next) waits[worse]--;
  }
  const placed = new Int32Array(items.length);
  order.forEach((item, i) => (placed[item] = i));
  return {
    order: Int32Array.from(order),
    pairs: given.map(({ better, worse, weight: own }) => ({
      ...{ better: placed[better], worse: placed[worse], weight: own },
    })),
  };
}

function bestFirst(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
}
