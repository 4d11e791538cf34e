import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ExitCode, InputError, randomStream, stableJson, type FigureRecord } from "../core/index.js";
import { loadEngine } from "../engine/index.js";
import { experimentNamed, runJob, type Job } from "../evaluate/experiments/index.js";
import { sweepJobs, type SweepConfig } from "../evaluate/sweep/index.js";
import { checkClaims } from "../report/index.js";
import { numberOption, parse, UsageError, type Command, type Terminal } from "./command.js";

const FIGURES = fileURLToPath(new URL("../../figures/", import.meta.url));

export const claims: Command = {
  summary: "check the paper's claims against the committed records",
  help: `
usage: pal-lab claims [--recompute N] [--seed S]

Prints each claim, the number that decides it, our number with its interval, and whether it holds; exits 1 when one fails.

  --recompute N   also trains N runs of the committed records again, drawn at random, and fails unless they agree bit for bit
  --seed S        of that draw (default: drawn, and printed)
`,
  async run(args, terminal): Promise<number> {
    const { values } = parse(args, { recompute: { type: "string" }, seed: { type: "string" } });
    const records = await readRecords();
    const outcomes = checkClaims(records);
    for (const { source, claim, criterion, status, ours, paper } of outcomes) {
      terminal.out.write(
        `${status.padEnd(7)}  ${source}: ${claim}\n         criterion: ${criterion}\n         ours: ${ours}\n         paper: ${paper}\n`,
      );
    }
    const failed = outcomes.filter(({ status }) => status === "fails").length;
    terminal.out.write(
      `${outcomes.length - failed} of ${outcomes.length} claims hold or were not run, ${failed} failed\n`,
    );
    const count = numberOption("recompute", values.recompute) ?? 0;
    const differing =
      count > 0 ? await recompute(records, { count, seed: numberOption("seed", values.seed) }, terminal) : 0;
    return failed + differing > 0 ? ExitCode.failed : ExitCode.ok;
  },
};

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
  readonly seed: number | undefined;
}

/** Trains runs of the records again. @returns how many did not agree */
async function recompute(
  records: ReadonlyMap<string, FigureRecord>,
  draw: Draw,
  terminal: Terminal,
): Promise<number> {
  const seed = draw.seed ?? randomInt(2 ** 31);
  const runs = [...records.values()].flatMap((record) =>
    sweepsOf(record).flatMap((config) => sweepJobs(config).map((job) => ({ record, job }))),
  );
  if (runs.length === 0) throw new InputError("claims: no committed record has a sweep to recompute");
  const order = randomStream(seed).split("recompute").permutation(runs.length);
  terminal.out.write(`recomputing ${draw.count} of ${runs.length} runs (--seed ${seed})\n`);
  const context = { engine: await loadEngine() };
  let differing = 0;
  let done = 0;
  for (const index of order) {
    if (done === draw.count) break;
    const { record, job } = runs[index];
    const name = `${record.id} ${stableJson(job.config).slice(0, 160)} seed ${job.seed}`;
    if (!(await hasSameData(record, job))) {
      terminal.out.write(`skipped: ${name}: its data cannot be had here\n`);
      continue;
    }
    done++;
    const { rows } = await runJob(job, context);
    const known = new Set(record.rows.map((row) => stableJson(row)));
    const agrees = rows.every((row) => known.has(stableJson(row)));
    if (!agrees) differing++;
    terminal.out.write(`${agrees ? "agrees" : "DIFFERS"}: ${name}\n`);
  }
  return differing;
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
