import type { Job as BullJob, Worker } from "bullmq";
import {
  checkInteger,
  checkKeys,
  InputError,
  InterruptedError,
  messageOf,
  sha256,
  stableJson,
} from "../../../core/index.js";
import { hostName } from "../../../files/index.js";
import { experimentNamed, type Job, type RunResult } from "../../experiments/index.js";
import { codeHash } from "../code-hash.js";
import { WORKER } from "../executor.js";
import { Lanes } from "../lanes.js";
import { Identifier } from "../settle.js";
import { announced, Announcer } from "./announce.js";
import { connect, type Connection } from "./connection.js";
import { ownProof } from "./proof.js";
import {
  checkRun,
  differsKey,
  KEPT_S,
  LARGEST,
  LOCK_MS,
  PREFIX,
  queueName,
  resultsKey,
  SWEEPS,
  WORKERS,
  type QueuedRun,
  type RunAnswer,
} from "./protocol.js";

/** How a worker serves a queue. */
export interface ServeOptions {
  /** Runs at once, each on a thread of its own. */
  readonly jobs: number;
  /** Stops taking runs after this long, in ms, and ends when those under way are done; default: never. */
  readonly forMs?: number;
  /** Milliseconds after which another worker may take a run from one that no longer answers, default 30 000. */
  readonly lockMs?: number;
  /** Works for sweeps whose bits are others than this machine's; results say so. */
  readonly allowOtherBits?: boolean;
  /** Gives back what is under way at once and ends. */
  readonly signal?: AbortSignal;
  readonly say?: (text: string) => void;
  /** Tests put a machine of other bits, or one that computes wrongly, in the place of this one. */
  readonly proof?: string;
  readonly script?: URL;
}

/** Failures in a row after which a worker thinks that it is the fault. */
const MOST_FAILURES = 3;
const IDLE_LOOK_MS = 10_000;
/** A run that waits here while another machine is free loses this much at most, twice. */
const SHORT_MS = 500;

/**
 * Computes runs from a queue until its time is up or it is stopped. This thread keeps the books alone; runs are computed on threads of their own, so
 * that locks are kept while they compute.
 * @param address `redis://host:6379`
 * @returns how many runs it finished
 * @throws InputError when the queue cannot be used, or what waits there is not for this machine (other bits, no such data); Error when its
 *   result of a run differs from another machine's, or several runs failed in a row
 */
export async function serveQueue(address: string, options: ServeOptions): Promise<{ readonly done: number }> {
  checkKeys("serveQueue: options", options, [
    ...["jobs", "forMs", "lockMs", "allowOtherBits", "signal", "say", "proof", "script"],
  ]);
  checkInteger("serveQueue: jobs", options.jobs, { min: 1 });
  const say = options.say ?? ((text): void => console.warn(`worker: ${text}`));
  const connection = await connect(address, say);
  const proof = options.proof ?? (await ownProof(options.signal));
  const server = new Server(connection, { ...options, proof, say });
  try {
    return await server.serve();
  } finally {
    connection.redis.disconnect();
  }
}

/** A run that is another machine's to do. */
class NotHere extends InputError {}

type Settings = ServeOptions & { readonly proof: string; readonly say: (text: string) => void };

class Server {
  readonly #connection: Connection;
  readonly #options: Settings;
  readonly #lanes: Lanes;
  readonly #running = new Map<string, { readonly run: string; readonly since: string }>();
  readonly #stop = new AbortController();
  readonly #identifier = new Identifier();
  #worker: Worker<QueuedRun, RunAnswer> | undefined;
  #reason: Error | undefined;
  #done = 0;
  #failures = 0;
  #lastRun = performance.now();

  constructor(connection: Connection, options: Settings) {
    this.#connection = connection;
    this.#options = options;
    this.#lanes = new Lanes(options.jobs, options.script ?? WORKER);
  }

  async serve(): Promise<{ readonly done: number }> {
    const { jobs, forMs, lockMs = LOCK_MS, signal } = this.#options;
    const { bull, open, redis } = this.#connection;
    const line = open();
    const worker = (this.#worker = new bull.Worker<QueuedRun, RunAnswer>(
      queueName(),
      async (job, token) => this.#process(job, token ?? ""),
      {
        ...{ connection: line, prefix: PREFIX, concurrency: jobs, name: hostName() },
        // a machine may be taken away many times: that is no fault of the run
        ...{ lockDuration: lockMs, stalledInterval: lockMs, maxStalledCount: 100 },
        removeOnComplete: { age: KEPT_S },
      },
    ));
    worker.on("error", () => undefined);
    const announcer = new Announcer(redis, WORKERS, () => ({ running: [...this.#running.values()] }));
    await announcer.say();
    this.#options.say(
      `takes runs from ${this.#connection.shown}, ${jobs} at once (code ${codeHash().slice(0, 12)})`,
    );
    const idle = setInterval(() => void this.#lookAround(), IDLE_LOOK_MS);
    const ended = new Promise<void>((resolve) => {
      this.#stop.signal.addEventListener("abort", () => resolve(), { once: true });
      signal?.addEventListener("abort", () => this.#end(), { once: true });
      if (signal?.aborted === true) this.#end();
      if (forMs !== undefined) setTimeout(() => void worker.close().then(() => resolve()), forMs).unref();
    });
    const alive = setInterval(() => undefined, 60_000);
    await ended;
    clearInterval(idle);
    clearInterval(alive);
    await close(worker);
    line.disconnect();
    await announcer.close();
    await this.#lanes.end();
    if (this.#reason !== undefined) throw this.#reason;
    return { done: this.#done };
  }

  /** @param reason why, where it is a fault */
  #end(reason?: Error): void {
    this.#reason ??= reason;
    this.#stop.abort(new InterruptedError("worker: stopped"));
  }

  async #process(job: BullJob<QueuedRun, RunAnswer>, token: string): Promise<RunAnswer> {
    try {
      this.#stop.signal.throwIfAborted();
      const { job: asked } = checkRun(job.data);
      await this.#check(job.data);
      const found = await this.#answer(job, await this.#compute(job.id ?? "", asked));
      this.#failures = 0;
      this.#done += 1;
      return found;
    } catch (thrown) {
      if (thrown instanceof InterruptedError || thrown instanceof NotHere) {
        // at once, so that nobody waits until its lock is over
        await job.moveToWait(token).catch(() => undefined);
        if (thrown instanceof NotHere) this.#end(thrown);
        throw new this.#connection.bull.WaitingError();
      }
      // what is no run is no fault of this machine
      this.#failures += thrown instanceof InputError ? 0 : 1;
      if (this.#failures >= MOST_FAILURES)
        this.#end(
          new Error(`worker: ${MOST_FAILURES} runs in a row failed here, the last ${messageOf(thrown)}`),
        );
      throw new Error(`${messageOf(thrown)} on ${hostName()}`, { cause: thrown });
    } finally {
      this.#lastRun = performance.now();
    }
  }

  /** Computes a run as soon as a thread is free. Where runs are short, the next ones are fetched before, so that no thread waits for the server. */
  #compute(id: string, job: Job): Promise<RunResult> {
    return this.#lanes.lend(async (lane) => {
      const begin = performance.now();
      const run = `${job.experiment} ${stableJson(job.config)} seed ${job.seed}`;
      this.#running.set(id, { run, since: new Date().toISOString() });
      try {
        const answer = await lane.run(job, this.#stop.signal);
        if ("reason" in answer) throw new Error(answer.reason);
        return answer.result;
      } finally {
        this.#running.delete(id);
        const isShort = performance.now() - begin < SHORT_MS;
        if (this.#worker !== undefined) this.#worker.concurrency = this.#options.jobs * (isShort ? 3 : 1);
      }
    }, this.#stop.signal);
  }

  /** @throws NotHere when it is not for this machine */
  async #check({ job, data, proof, node }: QueuedRun): Promise<void> {
    if (proof !== this.#options.proof && this.#options.allowOtherBits !== true)
      throw new NotHere(
        `worker: this machine (Node ${process.versions.node}) computes with other bits than the sweep's (Node ${node}); use the same Node and processor kind, or --allow-other-bits, which is recorded`,
      );
    const config = experimentNamed(job.experiment).resolve(job.config);
    const { data: here } = await this.#identifier.of({ ...job, config }).catch((cause: unknown) => {
      throw new NotHere(`worker: cannot read the data of a run here: ${messageOf(cause)}`, { cause });
    });
    const own = new Set(here.map((reference) => reference.sha256));
    const lacking = data.find((hash) => !own.has(hash));
    if (lacking !== undefined)
      throw new NotHere(
        `worker: the data with sha256 ${lacking} is not here; put it where PAL_LAB_DATA_MIRROR says, or let it be downloaded`,
      );
  }

  /** The result as it is sent. @throws Error when it is too large, or differs from what another machine found */
  async #answer(job: BullJob<QueuedRun>, result: RunResult): Promise<RunAnswer> {
    const text = stableJson(result);
    const bytes = Buffer.byteLength(text);
    if (bytes > LARGEST)
      throw new Error(`its result has ${bytes} bytes, and a queue carries ${LARGEST} at most`);
    const { redis } = this.#connection;
    const { proof } = this.#options;
    const [id, host, name] = [job.id ?? "", hostName(), queueName()];
    const hash = sha256(text);
    const hasOwnBits = proof === job.data.proof;
    if (hasOwnBits) {
      const mine = `${hash} ${host}`;
      // sent together, and done in this order
      const [, , first] = await Promise.all([
        redis.hsetnx(resultsKey(name), id, mine),
        redis.expire(resultsKey(name), KEPT_S),
        redis.hget(resultsKey(name), id),
      ]);
      const [theirs, other] = (first ?? mine).split(" ");
      if (theirs !== hash) {
        const message = `two results of ${id} differ: ${other} and ${host} cannot both be right; one of these machines is broken`;
        await redis.hset(differsKey(name), id, message);
        await redis.expire(differsKey(name), KEPT_S);
        this.#end(new Error(`worker: ${message}`));
        throw new Error(message);
      }
    }
    return { text, host, ...(hasOwnBits ? {} : { otherBits: { node: process.versions.node, proof } }) };
  }

  /** Says once when sweeps wait for another version of the code. */
  async #lookAround(): Promise<void> {
    if (this.#running.size > 0 || performance.now() - this.#lastRun < IDLE_LOOK_MS) return;
    if (this.#connection.redis.status !== "ready") return;
    const code = codeHash().slice(0, 12);
    const sweeps = await announced(this.#connection.redis, SWEEPS).catch(() => []);
    const [other] = sweeps.filter((sweep) => sweep.code !== code);
    if (other === undefined || sweeps.some((sweep) => sweep.code === code)) return;
    this.#lastRun = Infinity;
    this.#options.say(
      `the sweep of ${other.host} wants code ${other.code}, this worker has ${code}: install the same version of pal-lab`,
    );
  }
}

/** Waits for runs under way, which give themselves back when they are stopped. A server that is away keeps nobody. */
async function close(worker: Worker): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, 10_000).unref());
  await Promise.race([worker.close().catch(() => undefined), late]);
  // of a server that is away, what waits for it would keep this process
  await Promise.race([worker.disconnect().catch(() => undefined), late]);
}
