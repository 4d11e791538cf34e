import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ExitCode, InputError, randomStream, show, stableJson, type FigureRecord } from "../core/index.js";
import { checkClaims, experimentNamed, type Job } from "../evaluate/experiments/index.js";
import { PACKAGE_FOLDER } from "../files/index.js";
import { execute, sweepJobs, type SweepConfig } from "../evaluate/sweep/index.js";
import { countOption, numberOption, parse, UsageError, type Command, type Terminal } from "./command.js";

const FIGURES = join(PACKAGE_FOLDER, "figures");

export const claims: Command = {
  summary: "check the paper's claims against the committed records",
  help: `
usage: pal-lab claims [--recompute N|all] [--seed S] [--jobs N]

Prints each claim, the number that decides it, our number with its interval, and whether it holds; exits 1 when one fails that is not known to, or holds that is known to fail.

  --recompute N   also trains N runs of the committed records again, drawn at random, and fails unless they agree bit for bit
                  (all: every run of every record, on --jobs threads, default all processors)
  --seed S        of that draw (default: drawn, and printed)
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...{ recompute: { type: "string" }, seed: { type: "string" }, jobs: { type: "string" } },
    });
    if (positionals.length > 0) throw new UsageError(`takes no arguments, got ${show(positionals[0])}`);
    const records = await readRecords();
    const outcomes = checkClaims(records);
    for (const { source, claim, criterion, status, ours, paper, missed } of outcomes) {
      terminal.out.write(
        `${status.padEnd(7)}  ${source}: ${claim}\n         criterion: ${criterion}\n         ours: ${ours}\n         paper: ${paper}\n`,
      );
      if (missed !== undefined)
        terminal.out.write(
          `         ${status === "fails" ? "known to be missed" : "NO LONGER MISSED"}: ${missed}\n`,
        );
    }
    const fails = outcomes.filter(({ status }) => status === "fails");
    const known = fails.filter(({ missed }) => missed !== undefined).length;
    const failed = fails.length - known + outcomes.filter(isMendedMiss).length;
    terminal.out.write(
      `${outcomes.length - fails.length} of ${outcomes.length} claims hold or were not run, ${fails.length} failed${known > 0 ? `, ${known} of them as is known` : ""}\n`,
    );
    const draw = drawOf(values);
    const differing = draw === undefined ? 0 : await recompute(records, draw, terminal);
    return failed + differing > 0 ? ExitCode.failed : ExitCode.ok;
  },
};

/** A claim that is said to be missed, and holds: what is said of it is to be taken away. */
function isMendedMiss({ status, missed }: ReturnType<typeof checkClaims>[number]): boolean {
  return status === "holds" && missed !== undefined;
}

async function readRecords(): Promise<ReadonlyMap<string, FigureRecord>> {
  if (!existsSync(FIGURES))
    throw new UsageError("the records are part of a clone of pal-lab, not of the installed package");
  const names = (await readdir(FIGURES)).filter((name) => name.endsWith(".record.json")).sort();
  const records = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(FIGURES, name), "utf8")) as FigureRecord),
  );
  return new Map(records.map((record) => [record.id, record]));
}

interface Draw {
  readonly count: number;
  readonly seed: number;
  readonly jobs: number;
}

/** What --recompute asks for. @throws UsageError */
function drawOf(values: {
  readonly recompute?: string;
  readonly seed?: string;
  readonly jobs?: string;
}): Draw | undefined {
  const isAll = values.recompute === "all";
  const count = isAll ? Infinity : (numberOption("recompute", values.recompute) ?? 0);
  if (count !== Infinity && (!Number.isInteger(count) || count < 0))
    throw new UsageError(`--recompute must be a number of runs, or all; got ${show(values.recompute)}`);
  const jobs = countOption("jobs", values.jobs) ?? (isAll ? availableParallelism() : 1);
  if (!Number.isInteger(jobs) || jobs < 1)
    throw new UsageError(`--jobs must be an integer >= 1, got ${jobs}`);
  if (count === 0) return undefined;
  return { count, jobs, seed: numberOption("seed", values.seed) ?? randomInt(2 ** 31) };
}

interface Run {
  readonly record: FigureRecord;
  readonly job: Job;
  readonly name: string;
}

/** Trains runs of the records again. @returns how many did not agree, or failed */
async function recompute(
  records: ReadonlyMap<string, FigureRecord>,
  { count, seed, jobs }: Draw,
  terminal: Terminal,
): Promise<number> {
  const all = runsOf(records);
  if (all.length === 0) throw new InputError("claims: no committed record has a sweep to recompute");
  const isAll = count >= all.length;
  const order = isAll ? [...all.keys()] : [...randomStream(seed).split("recompute").permutation(all.length)];
  const asked = isAll ? "all" : String(count);
  terminal.out.write(`recomputing ${asked} of ${all.length} runs${isAll ? "" : ` (--seed ${seed})`}\n`);
  const runs: Run[] = [];
  for (const index of order) {
    if (runs.length === count) break;
    const run = all[index];
    if (await hasSameData(run.record, run.job)) runs.push(run);
    else terminal.out.write(`skipped: ${run.name}: its data cannot be had here\n`);
  }
  const differing: string[] = [];
  const say = (index: number, word: string): void => {
    terminal.out.write(`${word}: ${runs[index].name}\n`);
  };
  const failures = await execute(
    runs.map(({ job }) => job),
    {
      ...{ jobs, signal: terminal.signal },
      onResult: async (index, { rows }) => {
        const { record, name } = runs[index];
        const known = new Set(record.rows.map((row) => stableJson(row)));
        const agrees = rows.every((row) => known.has(stableJson(row)));
        if (!agrees) differing.push(name);
        if (!agrees || !isAll) say(index, agrees ? "agrees" : "DIFFERS");
        return Promise.resolve();
      },
    },
  );
  for (const { index, reason } of failures) say(index, `FAILED (${reason})`);
  const bad = differing.length + failures.length;
  terminal.out.write(
    `recomputed ${runs.length} runs: ${differing.length} differ, ${failures.length} failed\n`,
  );
  return bad;
}

/** The runs of every committed record. */
function runsOf(records: ReadonlyMap<string, FigureRecord>): Run[] {
  return [...records.values()].flatMap((record) =>
    sweepsOf(record).flatMap((config) =>
      sweepJobs(config).map((job) => {
        return { record, job, name: `${record.id} ${stableJson(job.config).slice(0, 160)} seed ${job.seed}` };
      }),
    ),
  );
}

/** The sweeps that made a record, as its configuration states them. */
function sweepsOf(record: FigureRecord): SweepConfig[] {
  const { sweeps } = record.config;
  return Array.isArray(sweeps) ? (sweeps as unknown as SweepConfig[]) : [];
}

async function hasSameData(record: FigureRecord, job: Job): Promise<boolean> {
  const { data } = await experimentNamed(job.experiment).identify(job.config);
  const known = new Set(record.data.map(({ sha256 }) => sha256));
  return data.every(({ sha256 }) => known.has(sha256));
}
