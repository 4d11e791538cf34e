import { checkArray, checkObject } from "../core/index.js";

const MADE = "as loadComparisons, loadVotes and the simulations make it";

/** For callers without types: users and comparisons are there; their contents are checked by what uses them. @param what `"caller: argument"` @throws InputError */
export function checkIsData(what: string, data: unknown): void {
  checkObject(
    what,
    data,
    ["users", "items", "user", "left", "right", "label", "source"],
    `a data set, ${MADE}`,
  );
}

/** The same for users and items, whose comparisons come later. @throws InputError */
export function checkIsPopulation(what: string, population: unknown): void {
  checkObject(what, population, ["users", "items"], `a data set, ${MADE}`);
}

/** The same for pairs, which have no users. @throws InputError */
export function checkIsPairs(what: string, pairs: unknown): void {
  checkObject(what, pairs, ["items", "left", "right"], `a data set or pairs of items, ${MADE}`);
}

/** The same for a table of items or contexts. @throws InputError */
export function checkIsFeatureTable(what: string, table: unknown): void {
  checkObject(what, table, ["ids"], 'a table of items, { ids: ["a"], features: Float32Array }');
}

/** The same for a table that was read. @throws InputError */
export function checkIsTable(what: string, table: unknown): void {
  checkObject(what, table, ["columns", "rows", "cell"], "a table, as readTable and parseTable return it");
  const { columns } = table as { readonly columns: unknown };
  checkArray(`${what}.columns`, columns, "an array of names");
}

/** The same for a stream of draws. @throws InputError */
export function checkIsStream(what: string, rng: unknown): void {
  checkObject(what, rng, ["split", "shuffle"], "a random stream, as randomStream(seed) makes it");
}
