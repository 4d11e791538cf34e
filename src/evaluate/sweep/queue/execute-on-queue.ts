import type { Job as BullJob, Queue } from "bullmq";
import { setTimeout as sleep } from "node:timers/promises";
import { InterruptedError } from "../../../core/index.js";
import type { RunResult } from "../../experiments/index.js";
import type { JobFailure } from "../executor.js";
import type { SettledJob } from "../store.js";
import { announced, Announcer } from "./announce.js";
import { connect, type Connection } from "./connection.js";
import { ownProof } from "./proof.js";
import {
  differsKey,
  KEPT_S,
  PREFIX,
  queuedRun,
  queueName,
  resultsKey,
  runId,
  SWEEPS,
  WORKERS,
  type QueuedRun,
  type RunAnswer,
} from "./protocol.js";

/** How runs are done by workers on a queue. */
export interface QueueOptions {
  /** `redis://host:6379`. */
  readonly address: string;
  /** Keeps a result; what it throws ends the work. What is not kept stays in the queue. */
  readonly onResult: (
    index: number,
    answer: { readonly result: RunResult; readonly from: RunAnswer },
  ) => Promise<void>;
  /** Two machines' results of this run differ: throws away the one that was kept. */
  readonly onDiffer: (index: number) => Promise<void>;
  /** Whether results of workers that compute with other bits are taken. */
  readonly allowOtherBits: boolean;
  readonly signal?: AbortSignal;
  /** Is told what a person should know: no worker is there, the server is away. */
  readonly say: (text: string) => void;
}

const POLL_MS = 300;
const ADDED_AT_ONCE = 500;
const TAKEN_AT_ONCE = 16;
/** First and last place of a range that is everything; the default is the first two. */
const ALL = [0, -1] as const;
/** Polls between two looks at whether the server still holds what is to be run (it may have been started anew, empty). */
const LOOK_EVERY = 10;
/** Polls without a worker after which it is said. */
const LONELY = 30;

/**
 * Puts runs into the queue and keeps what workers find, until all are done. Delivery is at least once, which is harmless: a run has the same bits
 * wherever it is computed, and two results that differ are an error. The books are kept by asking, not by events, so that neither a restart of
 * this process nor of the server loses more than time.
 * @returns the runs that failed twice, in their order
 * @throws Error naming both machines when results of one run differ; InterruptedError when `signal` stops it; what `onResult` throws
 */
export async function executeOnQueue(
  jobs: readonly SettledJob[],
  options: QueueOptions,
): Promise<JobFailure[]> {
  const connection = await connect(options.address, options.say);
  const proof = await ownProof(options.signal);
  const line = connection.open();
  const queue = new connection.bull.Queue<QueuedRun, RunAnswer>(queueName(), {
    ...{ connection: line, prefix: PREFIX, streams: { events: { maxLen: 100 } } },
    defaultJobOptions: {
      removeOnComplete: { age: KEPT_S },
      removeOnFail: { age: KEPT_S },
      stackTraceLimit: 1,
    },
  });
  queue.on("error", () => undefined);
  const books = new Books(jobs, queue, proof);
  const announcer = new Announcer(connection.redis, SWEEPS, () => ({ left: books.open.size }));
  try {
    await follow(books, { ...options, connection, announcer });
  } catch (thrown) {
    if (options.signal?.aborted === true) throw new InterruptedError("sweep: stopped");
    throw thrown;
  } finally {
    await announcer.close();
    await Promise.race([queue.close(), sleep(1000, undefined, { ref: false })]);
    // a queue does not close a connection that it was given
    for (const redis of [line, connection.redis]) redis.disconnect();
  }
  return books.failures.sort((a, b) => a.index - b.index);
}

async function follow(
  books: Books,
  options: QueueOptions & { readonly connection: Connection; readonly announcer: Announcer },
): Promise<void> {
  const { connection, announcer, signal, say } = options;
  let isAway = false;
  let lonely = 0;
  await books.putOpen();
  await announcer.say();
  for (let poll = 1; books.open.size > 0; poll++) {
    await sleep(POLL_MS, undefined, { signal });
    if (connection.redis.status !== "ready") {
      if (!isAway) say(`${connection.shown} is away; the sweep waits for it`);
      isAway = true;
      continue;
    }
    if (isAway) say(`${connection.shown} is back`);
    if (isAway || poll % LOOK_EVERY === 0) await books.putLost();
    isAway = false;
    await checkDiffering(books, options);
    await books.collect(options);
    if (poll % LOOK_EVERY !== 0) continue;
    lonely = (await announced(connection.redis, WORKERS)).length === 0 ? lonely + LOOK_EVERY : 0;
    if (lonely === LONELY)
      say(`no worker is there; on any machine: pal-lab worker --queue ${connection.shown}`);
  }
}

/** @throws Error when two machines' results of a run of this sweep differ; both are thrown away, so that it is run again when the sweep is */
async function checkDiffering(
  books: Books,
  { connection: { redis }, onDiffer }: QueueOptions & { readonly connection: Connection },
): Promise<void> {
  const name = queueName();
  const differing = Object.entries(await redis.hgetall(differsKey(name))).filter(([id]) => books.has(id));
  for (const [id] of differing) {
    await onDiffer(await books.drop(id));
    await Promise.all([redis.hdel(resultsKey(name), id), redis.hdel(differsKey(name), id)]);
  }
  if (differing.length > 0)
    throw new Error(
      `sweep: ${differing.map(([, message]) => message).join("; ")}; both results are thrown away: started again, the sweep computes that run anew`,
    );
}

/** Which runs are open, and what the queue holds of them. */
class Books {
  /** Places of runs by their ids. */
  readonly open: Map<string, number>;
  readonly failures: JobFailure[] = [];
  readonly #places: ReadonlyMap<string, number>;
  readonly #runs: readonly QueuedRun[];
  readonly #queue: Queue<QueuedRun, RunAnswer>;

  constructor(jobs: readonly SettledJob[], queue: Queue<QueuedRun, RunAnswer>, proof: string) {
    this.#queue = queue;
    this.#runs = jobs.map((job) => queuedRun(job, proof));
    this.#places = new Map(this.#runs.map((run, index) => [runId(run), index]));
    this.open = new Map(this.#places);
  }

  /** Whether this is a run of this sweep, open or done. */
  has(id: string): boolean {
    return this.#places.has(id);
  }

  /** Takes a run out of the queue, however it ended there. @returns its place */
  async drop(id: string): Promise<number> {
    await this.#queue.remove(id).catch(() => undefined); // a worker has it: it finds nothing to compare with
    return this.#places.get(id) ?? 0;
  }

  /** Puts every open run into the queue; what is there already stays as it is. */
  async putOpen(): Promise<void> {
    const all = [...this.open];
    for (let from = 0; from < all.length; from += ADDED_AT_ONCE)
      await this.#queue.addBulk(
        all.slice(from, from + ADDED_AT_ONCE).map(([jobId, index]) => ({
          ...{ name: "run", data: this.#runs[index], opts: { jobId } },
        })),
      );
  }

  /** Puts runs again that the queue no longer holds. */
  async putLost(): Promise<void> {
    const held = new Set(
      await this.#queue.getRanges(["wait", "active", "delayed", "completed", "failed"], ...ALL),
    );
    if ([...this.open.keys()].some((id) => !held.has(id))) await this.putOpen();
  }

  /** Keeps what workers have found since. */
  async collect(options: QueueOptions): Promise<void> {
    const ended = (await this.#queue.getRanges(["completed", "failed"], ...ALL)).filter((id) =>
      this.open.has(id),
    );
    for (let from = 0; from < ended.length; from += TAKEN_AT_ONCE) {
      options.signal?.throwIfAborted();
      const some = ended.slice(from, from + TAKEN_AT_ONCE).map(async (id) => {
        const job = await this.#queue.getJob(id);
        if (job !== undefined) await this.#take(id, job, options);
      });
      // all have ended before one that failed is told of: none writes into a folder that was given up
      for (const each of await Promise.allSettled(some))
        if (each.status === "rejected") throw each.reason as unknown;
    }
  }

  async #take(id: string, job: BullJob<QueuedRun, RunAnswer>, options: QueueOptions): Promise<void> {
    const index = this.open.get(id) ?? 0;
    const from = job.returnvalue as RunAnswer | null;
    if (job.finishedOn === undefined) return;
    if (job.failedReason === undefined && from !== null) {
      if (from.otherBits !== undefined && !options.allowOtherBits) {
        await this.#again(id, job, `computed on ${from.host} with other bits (Node ${from.otherBits.node})`);
        return;
      }
      await options.onResult(index, { result: JSON.parse(from.text) as RunResult, from });
      this.open.delete(id);
      await job.remove().catch(() => undefined); // gone already, with the server's memory
      return;
    }
    await this.#again(id, job, job.failedReason ?? "no result");
  }

  /** A run that failed is tried once more, by whoever is free: the fault may be a machine's. */
  async #again(id: string, job: BullJob<QueuedRun, RunAnswer>, reason: string): Promise<void> {
    const index = this.open.get(id) ?? 0;
    await job.remove().catch(() => undefined);
    if (job.data.failedOn === undefined) {
      const data = { ...this.#runs[index], failedOn: reason };
      await this.#queue.add("run", data, { jobId: id });
      return;
    }
    this.open.delete(id);
    this.failures.push({ index, reason: `${reason}; before: ${job.data.failedOn}` });
  }
}
