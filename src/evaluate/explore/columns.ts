import { quantile, randomStream, type Interval, type RandomStream } from "../../core/index.js";
import { dot, sigmoid, type Problem } from "../../families/index.js";
import { intervalByUser } from "../by-user.js";
import { holm } from "../holm.js";
import { problemFor, type BasisName, type MethodContext } from "../methods/index.js";
import { oneReward, scoreBy, shrunk, slopes, valuesByUser } from "./by-column.js";
import { columnStatistic, type ScoresOfUsers } from "./column-statistic.js";
import { readColumn, type KnownColumn } from "./known-column.js";

/** One item, as the groups of a column see it; or how it changes with a numeric column. */
export interface ItemByColumn {
  readonly id: string;
  /** Log odds against a typical item, of each group with its 95 % interval over users; of a numeric column the change a standard deviation. */
  readonly values: readonly Interval[];
}

/** Whether users differ by something that is known of them. */
export interface ComparedColumn {
  readonly name: string;
  readonly type: "categorical" | "numeric";
  /** Users whose value is known. */
  readonly users: number;
  /** Groups and their users, of a categorical column. */
  readonly groups?: readonly { readonly name: string; readonly users: number }[];
  /** Score statistic; of a numeric column the largest over cuts. */
  readonly statistic: number;
  /** Of permuted columns, and after Holm's correction over columns. */
  readonly pValue: number;
  readonly adjusted: number;
  readonly permutations: number;
  /** Nats an answer of unseen users that are gained by letting popularity depend on the column. */
  readonly gain: Interval;
  /** Where they differ most. */
  readonly items: readonly ItemByColumn[];
}

const PERMUTATIONS = 999;
const MORE_PERMUTATIONS = 9999;
const CLOSE = 0.1;
const SHOWN_ITEMS = 8;
const RESAMPLES = 100;
const FOLDS = 5;

/**
 * For each column that is known of users, the score test of one reward for all against utilities that depend on it (Strobl, Wickelmaier and Zeileis 2011),
 * by permuting the column over users; and what is gained on unseen users.
 */
export function compareColumns(
  context: MethodContext,
  { seed, basis }: { readonly seed: number; readonly basis: BasisName },
): ComparedColumn[] {
  const { data } = context;
  const { columns = [] } = data;
  if (columns.length === 0) return [];
  const rng = randomStream(seed).split("columns");
  const all = Int32Array.from(data.user.keys());
  const { problem, users } = problemFor(context, { basis, train: all, asked: new Int32Array(0) });
  const scores = scoresOf(problem);
  const names = context.basis(basis).basis.about === "items" ? data.items.ids : undefined;
  const found = columns.flatMap((column, c): ComparedColumn[] => {
    const known = readColumn({ ...column, values: users.map((user) => column.values[user]) });
    if (known === undefined) return [];
    const stream = rng.split(column.name).split(c);
    const test = columnStatistic(scores, known, stream.split("permutations"), {
      few: PERMUTATIONS,
      many: MORE_PERMUTATIONS,
      close: CLOSE,
    });
    return [
      {
        ...{ name: column.name, type: known.type, users: known.place.length, ...test, adjusted: test.pValue },
        ...(known.type === "categorical"
          ? {
              groups: known.groups.map((name, g) => ({
                name,
                users: known.value.filter((value) => value === g).length,
              })),
            }
          : {}),
        gain: gainOnUnseen(problem, known, stream.split("unseen")),
        items: names === undefined ? [] : itemsBy(problem, known, { names, rng: stream.split("items") }),
      },
    ];
  });
  const adjusted = holm(found.map(({ pValue }) => pValue));
  return found.map((column, c) => ({ ...column, adjusted: adjusted[c] }));
}

/** Columns of a design beyond which users' scores are no longer compared one by one. */
const USERS_PER_COLUMN = 8;

/** Each user's score under one reward for all: Σ z (y − p). */
function scoresOf(problem: Problem): ScoresOfUsers {
  const { mean, own, users } = problem;
  const isWide = mean.width * USERS_PER_COLUMN > users;
  const means = oneReward(problem, () => 1);
  const kept = isWide
    ? mostAnswered(problem, Math.max(1, Math.floor(users / USERS_PER_COLUMN) - 1))
    : undefined;
  const hasReadiness = own !== mean && own.width === 1;
  const width = (kept?.size ?? mean.width) + (hasReadiness ? 1 : 0);
  const values = new Float64Array(users * width);
  problem.user.forEach((u, row) => {
    const residual = problem.weight[row] * (problem.right[row] - sigmoid(dot(mean, row, means, 0)));
    for (let e = mean.start[row]; e < mean.start[row + 1]; e++) {
      const at = kept === undefined ? mean.column[e] : kept.get(mean.column[e]);
      if (at !== undefined) values[u * width + at] += residual * mean.value[e];
    }
    if (hasReadiness) values[u * width + width - 1] += residual * own.value[own.start[row]];
  });
  return { width, values };
}

function mostAnswered({ mean }: Problem, most: number): Map<number, number> {
  const count = new Float64Array(mean.width);
  for (const column of mean.column) count[column]++;
  const order = Array.from(count.keys()).sort((a, b) => count[b] - count[a] || a - b);
  return new Map(order.slice(0, most).map((column, i) => [column, i]));
}

function gainOnUnseen(problem: Problem, column: KnownColumn, rng: RandomStream): Interval {
  const { users } = problem;
  const fold = new Int32Array(users).fill(-1);
  rng.permutation(column.place.length).forEach((i, n) => (fold[column.place[i]] = n % FOLDS));
  const sums = { value: new Float64Array(users), weight: new Float64Array(users) };
  const valueOf = valuesByUser(problem, column);
  for (let held = 0; held < FOLDS; held++) {
    const learns = (u: number): number => (fold[u] >= 0 && fold[u] !== held ? 1 : 0);
    const common = shrunk(problem, learns);
    const score = scoreBy(problem, column, { common, learns, valueOf });
    problem.user.forEach((u, row) => {
      if (fold[u] !== held) return;
      const one = dot(problem.mean, row, common, 0);
      const by = score(u, row);
      const nats = (s: number): number => -Math.log1p(Math.exp(problem.right[row] > 0 ? -s : s));
      sums.value[u] += problem.weight[row] * (nats(by) - nats(one));
      sums.weight[u] += problem.weight[row];
    });
  }
  return intervalByUser(sums, rng.split("interval"));
}

function itemsBy(
  problem: Problem,
  column: KnownColumn,
  { names, rng }: { readonly names: readonly string[]; readonly rng: RandomStream },
): ItemByColumn[] {
  const valueOf = valuesByUser(problem, column);
  const estimate = (weight: Float64Array): Float64Array[] => {
    const learns = (u: number): number => (Number.isNaN(valueOf[u]) ? 0 : weight[u]);
    const common = shrunk(problem, learns);
    const found =
      column.type === "categorical"
        ? column.groups.map((_, g) => oneReward(problem, (u) => (valueOf[u] === g ? learns(u) : 0), common))
        : [slopes(problem, { common, learns, valueOf })];
    return found.map(centred);
  };
  const real = estimate(new Float64Array(problem.users).fill(1));
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const weight = new Float64Array(problem.users);
    for (let i = 0; i < problem.users; i++) weight[rng.integer(problem.users)]++;
    return estimate(weight);
  });
  const spread = (item: number): number => {
    const values = real.map((group) => group[item]);
    return column.type === "numeric" ? Math.abs(values[0]) : Math.max(...values) - Math.min(...values);
  };
  const order = names.map((_, item) => item).sort((a, b) => spread(b) - spread(a));
  return order.slice(0, SHOWN_ITEMS).map((item) => ({
    id: names[item],
    values: real.map((group, g) => {
      const values = Float64Array.from(drawn, (each) => each[g][item]);
      const kind = "95 % bootstrap interval over users";
      return {
        mean: group[item],
        low: quantile(values, 0.025),
        high: quantile(values, 0.975),
        n: problem.users,
        kind,
      };
    }),
  }));
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value - mean);
}
