import { checkInteger, checkKeys, checkObject, InputError, sha256, stableJson } from "../../../core/index.js";
import { experimentNamed, type Job } from "../../experiments/index.js";
import { codeHash } from "../code-hash.js";
import type { SettledJob } from "../store.js";

/** Keys of ours in Redis begin with this, and BullMQ's. */
export const PREFIX = "pal-lab";

/** Results above this many bytes are refused: what goes through a queue is numbers, a few kB a run. */
export const LARGEST = 64 * 1024;

/** Seconds for which a finished run that nobody fetched is kept. */
export const KEPT_S = 7 * 24 * 60 * 60;

/** Milliseconds after which a worker that no longer answers loses its run. */
export const LOCK_MS = 30_000;

/** A run as it lies in the queue: an experiment's name, a configuration, data by their hashes. Never code, never a path. */
export interface QueuedRun {
  readonly job: Job;
  /** sha256 of the data that it is computed from. */
  readonly data: readonly string[];
  /** What the coordinator's bits are: see `ownProof`. */
  readonly proof: string;
  /** The coordinator's Node version, for words. */
  readonly node: string;
  /** Where it failed before. */
  readonly failedOn?: string;
}

/** What a worker found. */
export interface RunAnswer {
  /** The result as `stableJson`. */
  readonly text: string;
  readonly host: string;
  /** Set where the worker's bits are others than the coordinator's, and it was allowed. */
  readonly otherBits?: { readonly node: string; readonly proof: string };
}

/** A sweep that waits for results, and a worker that is there: fields of two hashes, written again every few seconds. */
export interface Announcement {
  readonly code: string;
  readonly host: string;
  readonly pid: number;
  readonly node: string;
  /** Redis's clock in ms. */
  readonly seen: number;
  readonly since: string;
  /** Of a sweep. */
  readonly left?: number;
  /** Of a worker: runs under way, with when they began. */
  readonly running?: readonly { readonly run: string; readonly since: string }[];
}

export const SWEEPS = `${PREFIX}:sweeps`;
export const WORKERS = `${PREFIX}:workers`;
/** Announcements older than this, in ms, are of processes that are gone. */
export const ALIVE_MS = 20_000;

/** The queue of runs of one version of the code: others never see them. */
export function queueName(code: string = codeHash()): string {
  return `runs-${code.slice(0, 12)}`;
}

/** The same run has the same id, whoever asks for it. */
export function runId({ job, data }: Pick<QueuedRun, "job" | "data">): string {
  return `run-${sha256(stableJson({ job, data })).slice(0, 32)}`;
}

export function queuedRun({ job, data }: SettledJob, proof: string): QueuedRun {
  return { job, data: data.map((reference) => reference.sha256), proof, node: process.versions.node };
}

const RUN = "sweep: what lies in the queue as a run";

/**
 * Checks a run before anything is computed: whoever reaches the server can put something there.
 * @throws InputError for what is no run
 */
export function checkRun(value: unknown): QueuedRun {
  checkObject(RUN, value, [], "an object with job, data and proof");
  const run = value as QueuedRun;
  checkKeys(RUN, run, ["job", "data", "proof", "node", "failedOn"]);
  checkObject(`${RUN}: job`, run.job, [], "an object with experiment, config and seed");
  checkKeys(`${RUN}: job`, run.job, ["experiment", "config", "seed"]);
  checkObject(`${RUN}: config`, run.job.config, [], "an object of settings");
  experimentNamed(run.job.experiment).resolve(run.job.config);
  checkInteger(`${RUN}: seed`, run.job.seed);
  const isHash = (hash: unknown): boolean => typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash);
  if (!Array.isArray(run.data) || !run.data.every(isHash))
    throw new InputError(`${RUN}: data must be the sha256 of data sets`);
  if (![run.proof, run.node].every((text) => typeof text === "string" && /^[\w.+-]{1,64}$/.test(text)))
    throw new InputError(`${RUN}: proof and node must say who asks`);
  return run;
}

/** Two results of one run that differ: kept so that the coordinator hears of it, whichever came first. */
export function differsKey(queue: string): string {
  return `${PREFIX}:${queue}:differ`;
}

/** sha256 and host of each run's first result. */
export function resultsKey(queue: string): string {
  return `${PREFIX}:${queue}:results`;
}
