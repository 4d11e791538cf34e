import { tInterval, type RecordRow } from "../../core/index.js";

const PREFIX = "root ";

/** What roots of trees ask for. */
export interface RootWords {
  /** The variable with the largest weight in most runs. */
  readonly variable: string;
  /** Whether in all. */
  readonly isAll: boolean;
  /** "5 of 5". */
  readonly times: string;
  /** The variable and how often it was. */
  readonly words: string;
  /** The variable and the mean of its share of the root's weights. */
  readonly share: string;
}

/** Names of the variables of which a row's tree has weights. */
export function variablesOf(row: RecordRow | undefined): string[] {
  return Object.keys(row?.measures ?? {}).flatMap((name) =>
    name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [],
  );
}

/** A variable's share of the root's weights. */
export function rootShare(row: RecordRow, variable: string): number | undefined {
  return row.measures?.[`${PREFIX}${variable}`];
}

/** What most of these trees ask for at their root. */
export function rootWords(rows: readonly RecordRow[]): RootWords {
  const variables = variablesOf(rows[0]);
  const largest = rows.map((row) =>
    variables.reduce(
      (best, name) => ((rootShare(row, name) ?? 0) > (rootShare(row, best) ?? 0) ? name : best),
      variables[0],
    ),
  );
  const count = (name: string): number => largest.filter((each) => each === name).length;
  const variable = variables.reduce((best, name) => (count(name) > count(best) ? name : best), variables[0]);
  const shares = rows.flatMap((row) => rootShare(row, variable) ?? []);
  const times = `${count(variable)} of ${rows.length}`;
  return {
    ...{ variable, times, isAll: rows.length > 0 && count(variable) === rows.length },
    words: `${variable} in ${times}`,
    share: shares.length === 0 ? variable : `${variable} ${Math.round(100 * tInterval(shares).mean)} %`,
  };
}
