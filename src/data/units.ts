import type { Comparisons, PreferenceData } from "./preference-data.js";

/** The parts of comparisons that say which may not be torn apart. */
export type Judged = Pick<Comparisons, "user" | "left" | "right" | "judgement">;

/**
 * What a split deals out. A comparison of its own is a unit, and so is a judgement (a ranking, a choice, a set of ratings) with all comparisons that
 * were made of it. Of a user with one judgement alone, of four items or more, each item is a unit: whatever was random in the place or the rating of
 * one item has no part in comparisons of others, so that comparisons within two separate sets of items are independent; those between them belong to
 * neither side.
 */
export interface Units {
  /** The two units of each row, shape [N]; the same twice, but for items of one judgement. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** The user of each unit, and whether it is an item of their only judgement. */
  readonly user: Int32Array;
  readonly isItem: Uint8Array;
}

/** Items of a judgement from which on it can be held out in part: two on either side. */
const LEAST_ITEMS = 4;

/** The units of comparisons, numbered as they first stand in the rows: without judgements each row is one. */
export function unitsOf({ user, left, right, judgement }: Judged): Units {
  if (judgement === undefined) {
    const first = Int32Array.from(user.keys());
    return { first, second: first, user, isItem: new Uint8Array(user.length) };
  }
  const alone = onlyJudgements({ user, left, right, judgement });
  const known = new Map<string, number>();
  const [of, isItem]: [number[], number[]] = [[], []];
  const place = (key: string, row: number, item: 0 | 1): number => {
    const found = known.get(key) ?? of.length;
    if (found === of.length) {
      known.set(key, found);
      of.push(user[row]);
      isItem.push(item);
    }
    return found;
  };
  const [first, second] = [new Int32Array(user.length), new Int32Array(user.length)];
  judgement.forEach((j, row) => {
    if (alone.has(user[row])) {
      first[row] = place(`${user[row]}/item ${left[row]}`, row, 1);
      second[row] = place(`${user[row]}/item ${right[row]}`, row, 1);
      return;
    }
    first[row] = place(j < 0 ? `row ${row}` : `${user[row]}/${j}`, row, 0);
    second[row] = first[row];
  });
  return { first, second, user: Int32Array.from(of), isItem: Uint8Array.from(isItem) };
}

/** Users who gave one judgement, of enough items, and nothing else. */
function onlyJudgements({ user, left, right, judgement }: Required<Judged>): Set<number> {
  const seen = new Map<number, { readonly judgement: number; readonly items: Set<number> }>();
  const others = new Set<number>();
  user.forEach((u, row) => {
    const own = seen.get(u) ?? { judgement: judgement[row], items: new Set<number>() };
    seen.set(u, own);
    own.items.add(left[row]).add(right[row]);
    if (judgement[row] < 0 || judgement[row] !== own.judgement) others.add(u);
  });
  const alone = [...seen].filter(([u, { items }]) => !others.has(u) && items.size >= LEAST_ITEMS);
  return new Set(alone.map(([u]) => u));
}

/** How many judgements comparisons were made of, and what they are; of sets of ratings the ratings are counted. Undefined where none were. */
export function countJudged(
  data: Judged & Pick<PreferenceData, "judged">,
): { readonly of: string; readonly count: number } | undefined {
  const { user, left, right, judgement, judged = "judgements" } = data;
  if (judgement === undefined) return undefined;
  const distinct = new Set<string>();
  judgement.forEach((j, row) => {
    const key = j < 0 ? `row ${row}` : `${user[row]}/${j}`;
    if (judged !== "ratings") distinct.add(key);
    else distinct.add(`${key}/${left[row]}`).add(`${key}/${right[row]}`);
  });
  return { of: judged, count: distinct.size };
}

/**
 * How many independent comparisons a judgement tells as much as, whatever the number of pairs that are made of it: the Fisher information of a ranking
 * of n items under Plackett and Luce, against that of pairs, utilities being equal, is 2 (n - 1 - 1/2 - … - 1/n); that of a choice among n is 2 (n - 1)/n.
 */
export function comparisonsWorth(items: number, isChoice: boolean): number {
  if (isChoice) return (2 * (items - 1)) / items;
  let harmonic = 0;
  for (let m = 1; m <= items; m++) harmonic += 1 / m;
  return 2 * (items - harmonic);
}

/** Answers of each user that are independent of each other, shape [U]: comparisons of their own, and what judgements are worth. */
export function independentAnswers(
  data: Judged & Pick<PreferenceData, "judged">,
  users: number,
): Float64Array {
  const count = new Float64Array(users);
  for (const { user, worth } of judgementsOf(data)) count[user] += worth;
  data.user.forEach((u, row) => {
    if (data.judgement === undefined || data.judgement[row] < 0) count[u]++;
  });
  return count;
}

/** The data with comparisons of a judgement weighted down to what they are worth together ({@link comparisonsWorth}). Without judgements nothing changes. */
export function weighedByWorth(data: PreferenceData): PreferenceData {
  const { judgement } = data;
  if (judgement === undefined) return data;
  const weight = Float32Array.from(data.user, (_, row) => data.weight?.[row] ?? 1);
  for (const { rows, worth, weight: whole } of judgementsOf(data))
    for (const row of rows) weight[row] = (data.weight?.[row] ?? 1) * Math.min(1, worth / whole);
  return { ...data, weight };
}

/** The rows of each judgement, in the order in which they come; a user may number their own. */
export function rowsByJudgement({ user, judgement }: Pick<Judged, "user" | "judgement">): number[][] {
  const rowsOf = new Map<string, number[]>();
  judgement?.forEach((j, row) => {
    if (j < 0) return;
    const key = `${user[row]}/${j}`;
    const rows = rowsOf.get(key);
    if (rows === undefined) rowsOf.set(key, [row]);
    else rows.push(row);
  });
  return [...rowsOf.values()];
}

interface JudgementFound {
  readonly rows: readonly number[];
  readonly user: number;
  readonly worth: number;
  /** Of its comparisons together. */
  readonly weight: number;
}

function judgementsOf(data: Judged & Pick<PreferenceData, "judged" | "weight">): JudgementFound[] {
  const isChoice = data.judged === "choices";
  return rowsByJudgement(data).map((rows) => {
    const items = new Set(rows.flatMap((row) => [data.left[row], data.right[row]]));
    const weight = rows.reduce((sum, row) => sum + (data.weight?.[row] ?? 1), 0);
    const worth = Math.min(weight, comparisonsWorth(items.size, isChoice));
    return { rows, user: data.user[rows[0]], weight, worth };
  });
}
