import { checkIsRecord, type FigureRecord, type Json } from "../core/index.js";

/**
 * What a figure's title rests on, in one line below it: the data, how many users with how many answers, how many seeds; "" where the record
 * says nothing of it.
 */
export function subtitleOf(record: FigureRecord<unknown>): string {
  checkIsRecord("subtitleOf: record", record);
  const { profile, rows, seeds = [], data = [], config = {} }: Partial<FigureRecord> = record;
  const parts = [dataWords(data.map(({ name }) => name)), ...settingWords(config)];
  if (rows !== undefined && rows.length > 0)
    parts.push(seeds.length > 1 ? `n = ${seeds.length} seeds` : "one seed");
  const said = parts.filter((part) => part !== "");
  if (said.length > 0 && profile === "fast") said.push("fast profile");
  return said.join(" · ");
}

/** Names of data sets: one as it is, several by what their names begin with. */
function dataWords(given: readonly string[]): string {
  const names = [...new Set(given)];
  const [first = ""] = names;
  if (names.length <= 1) return first;
  const shared = sharedWords(names);
  if (shared === "") return names.length === 2 ? names.join(", ") : `${first} and ${names.length - 1} more`;
  const rest = names.map((name) => name.slice(shared.length).replace(/^[\s,(/]+|[)\s]+$/g, ""));
  const joined = rest.join(", ");
  if (names.length <= 4 && joined.length <= 50) return `${shared.replace(/[\s,(/]+$/, "")} (${joined})`;
  return `${shared.replace(/[\s,(/]+$|\s*\([^)]*$/g, "").replace(/,? seed$/, "")}, ${names.length} sets`;
}

/** What all names begin with, up to the end of a word. */
function sharedWords([first, ...others]: readonly string[]): string {
  let length = 0;
  while (length < first.length && others.every((name) => name[length] === first[length])) length++;
  return /^.*[\s,(/]/.exec(first.slice(0, length))?.[0] ?? "";
}

/** What of a configuration says who answered, and how much. */
const COUNTS: { readonly [key: string]: (n: number) => string } = {
  kStar: (n) => `K* = ${n}`,
  users: (n) => `${n} users`,
  usersPerPrototype: (n) => `${n} users a prototype`,
  usersPerGroup: (n) => `${n} users a group`,
  answers: (n) => `${n} answers`,
  comparisonsPerUser: (n) => `${n} comparisons a user`,
};

/** Settings that are one number throughout; of sweeps those that no sweep varies. */
function settingWords(config: FigureRecord["config"]): string[] {
  const sweeps = Array.isArray(config.sweeps) ? (config.sweeps as readonly Settings[]) : [];
  const bases = [config, ...sweeps.map(({ base }) => (base ?? {}) as Settings)];
  const grids = sweeps.map(({ grid }) => (grid ?? {}) as Settings);
  return Object.entries(COUNTS).flatMap(([key, words]) => {
    if (grids.some((grid) => grid[key] !== undefined)) return [];
    const values = [...new Set(bases.flatMap((base) => base[key] ?? []))];
    return values.length === 1 && typeof values[0] === "number" ? [words(values[0])] : [];
  });
}

type Settings = { readonly [key: string]: Json | undefined };
