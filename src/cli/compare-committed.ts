import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  compareRun,
  DEFAULT_TOLERANCE,
  sameLine,
  unifiedDiff,
  type NotebookResult,
} from "../notebook/index.js";
import type { Terminal } from "./command.js";
import { printCheck } from "./notebook/check.js";
import { colouredDiff } from "./notebook/coloured-diff.js";

/** Where figures are. */
interface Figures {
  /** Folder of those that were made now. */
  readonly figures: string;
  readonly committed: string;
  /** Whether all notebooks ran, so that a committed figure that nobody made is one too many. */
  readonly isAll: boolean;
  /** What else makes committed figures and was not run. */
  readonly notRun: readonly { readonly name: string; readonly figures: readonly string[] }[];
}

/**
 * Prints where notebooks and figures differ from the committed ones. Of a figure its specification, record and rows are
 * compared, numbers within a relative tolerance; pictures are not. What this run did not make is no difference: a line says so.
 * @param results of runs that were `ok`
 * @returns how many notebooks and figure files differ
 */
export async function compareCommitted(
  results: readonly NotebookResult[],
  places: Figures,
  terminal: Terminal,
): Promise<number> {
  let differing = 0;
  for (const result of results) {
    const check = await compareRun(result);
    printCheck(check, terminal);
    if (check.differences.length > 0) differing++;
  }
  const names = await comparedFiles(places.figures);
  for (const name of names) {
    const committed = join(places.committed, name);
    const [after, before] = [await lines(join(places.figures, name)), await lines(committed)];
    const sides = { before, after, beforeName: "committed", afterName: "computed" };
    const diff = unifiedDiff(sides, sameLine(DEFAULT_TOLERANCE));
    if (diff === undefined) continue;
    differing++;
    terminal.out.write(`\n${committed}: differs\n${colouredDiff(diff, terminal.out)}`);
  }
  const notMade = (await comparedFiles(places.committed)).filter((name) => !names.includes(name));
  const { lost, left } = sortNotMade(notMade, places);
  for (const name of lost) terminal.out.write(`${join(places.committed, name)}: nothing makes it\n`);
  for (const { count, of, command } of left)
    terminal.out.write(`not compared: ${count} figure files of ${of} ("${command}" compares them)\n`);
  const count = differing + lost.length;
  terminal.out.write(`${names.length} figure files compared; ${count} notebooks and files differ\n`);
  return count;
}

/** Committed files that a run did not make, and how to compare them. */
interface Left {
  readonly count: number;
  readonly of: string;
  readonly command: string;
}

/** Of committed files that a run did not make: those that it should have made, and those that something else makes. */
function sortNotMade(
  notMade: readonly string[],
  { isAll, notRun }: Figures,
): { readonly lost: readonly string[]; readonly left: readonly Left[] } {
  const owner = (name: string): string | undefined =>
    notRun.find(({ figures }) => figures.includes(name.replace(/(\.record)?\.(json|csv)$/, "")))?.name;
  const owners = [...new Set(notMade.map(owner).filter((name) => name !== undefined))].sort();
  const others = notMade.filter((name) => owner(name) === undefined);
  const left: Left[] = [];
  if (owners.length > 0) {
    const command = `npm run reproduce -- --check ${owners.join(" ")}`;
    left.push({ count: notMade.length - others.length, of: owners.join(" and "), command });
  }
  if (!isAll && others.length > 0)
    left.push({ count: others.length, of: "other notebooks", command: "npm run reproduce -- --check" });
  return { lost: isAll ? others : [], left };
}

async function comparedFiles(folder: string): Promise<string[]> {
  const isCompared = (name: string): boolean => /\.(json|csv)$/.test(name) && !name.endsWith(".timing.json");
  return (await readdir(folder)).filter(isCompared).sort();
}

async function lines(path: string): Promise<string[]> {
  return existsSync(path) ? (await readFile(path, "utf8")).split("\n") : [];
}
