import { checkRows } from "./check-shapes.js";
import type { RecordRow } from "./record.js";
import { mean, tInterval } from "./statistics.js";

/** So near to the best, in nats an answer, nothing is lost. */
export const NEAR_THE_BEST = 0.02;

/** How far a method is behind the best of its setting. */
export interface Regret {
  readonly where: string;
  readonly who: string;
  /** Mean difference to the best over the seeds that both have; 0 for the best itself. */
  readonly mean: number;
  /** 95 % t interval of the differences, seed by seed; of one seed the difference. */
  readonly low: number;
  readonly high: number;
  /** Seeds. */
  readonly n: number;
  readonly isBest: boolean;
}

/** What of a row is compared: with whom, where, and by what (more is better). Rows without a value are left out. */
export interface RegretOf {
  where(row: RecordRow): string;
  who(row: RecordRow): string;
  value(row: RecordRow): number | undefined;
}

/**
 * Of every setting, how far each method is behind the one whose mean is highest there, of those that have every seed of the setting. The best is found on
 * the same rows, so that regrets are a little too large where several are alike.
 */
export function regrets(rows: readonly RecordRow[], { where, who, value }: RegretOf): Regret[] {
  const settings = new Map<string, Map<string, Map<number, number>>>();
  for (const row of rows) {
    const found = value(row);
    if (found === undefined) continue;
    const methods = settings.get(where(row)) ?? new Map<string, Map<number, number>>();
    settings.set(where(row), methods);
    const seeds = methods.get(who(row)) ?? new Map<number, number>();
    methods.set(who(row), seeds.set(row.seed, found));
  }
  return [...settings].flatMap(([setting, methods]) => {
    const most = Math.max(...[...methods.values()].map((seeds) => seeds.size));
    const whole = [...methods].filter(([, seeds]) => seeds.size === most);
    const [best, reached] = whole.reduce((a, b) =>
      mean([...b[1].values()]) > mean([...a[1].values()]) ? b : a,
    );
    return [...methods].flatMap(([method, seeds]): Regret[] => {
      const apart = [...seeds].flatMap(([seed, found]) => {
        const top = reached.get(seed);
        return top === undefined ? [] : [top - found];
      });
      if (apart.length === 0) return [];
      const { mean: centre, low, high, n } = tInterval(apart);
      return [{ where: setting, who: method, mean: centre, low, high, n, isBest: method === best }];
    });
  });
}

/** Regrets of the families of a matrix of worlds, in nats a held-out answer of users who trained. @throws InputError unless given rows */
export function matrixRegrets(rows: readonly RecordRow[]): Regret[] {
  checkRows("matrixRegrets: rows", rows);
  return regrets(rows, {
    where: (row) => String(row.settings?.world ?? ""),
    who: (row) => String(row.settings?.family ?? row.method ?? ""),
    value: (row) => (row.settings?.family === "length" ? undefined : row.measures?.nats),
  });
}

/** What the best of a world reaches, and what can be reached there, in nats an answer of users who trained. */
export interface MatrixLevel {
  readonly where: string;
  readonly who: string;
  readonly best: number;
  /** Of the one reward for all that is truest, where it is known. */
  readonly blind?: number;
  /** Of who knows everybody. */
  readonly oracle?: number;
  /** Whether even the best is more than {@link NEAR_THE_BEST} below one reward for all: then no family that ran is good there. */
  readonly isPoor: boolean;
}

/** Of each world of a matrix the best family beside the ceilings. @throws InputError unless given rows */
export function matrixLevels(rows: readonly RecordRow[]): MatrixLevel[] {
  const winners = matrixRegrets(rows).filter(({ isBest }) => isBest);
  return winners.map(({ where, who }): MatrixLevel => {
    const own = rows.filter(({ settings }) => String(settings?.world ?? "") === where);
    const known = (measure: string, from = own): number | undefined => {
      const values = from.flatMap(({ measures }) => measures?.[measure] ?? []);
      return values.length === 0 ? undefined : mean(values);
    };
    const best = known(
      "nats",
      own.filter(({ settings, method }) => String(settings?.family ?? method ?? "") === who),
    );
    const [blind, oracle] = [known("blindNats"), known("oracleNats")];
    return {
      ...{ where, who, best: best ?? NaN },
      ...(blind === undefined ? {} : { blind }),
      ...(oracle === undefined ? {} : { oracle }),
      isPoor: best !== undefined && blind !== undefined && best < blind - NEAR_THE_BEST,
    };
  });
}
