import type { Redis } from "ioredis";
import { hostName } from "../../../files/index.js";
import { codeHash } from "../code-hash.js";
import { ALIVE_MS, type Announcement } from "./protocol.js";

const EVERY_MS = 4000;

/** Says again and again that this process is there, until it is closed: a field of a hash in Redis. */
export class Announcer {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #field = `${hostName()}.${process.pid}.${Math.round(performance.timeOrigin)}`;
  readonly #since = new Date().toISOString();
  readonly #content: () => Partial<Announcement>;
  readonly #timer: NodeJS.Timeout;

  /** @param content what changes: runs under way, runs left */
  constructor(redis: Redis, key: string, content: () => Partial<Announcement>) {
    this.#redis = redis;
    this.#key = key;
    this.#content = content;
    this.#timer = setInterval(() => void this.say(), EVERY_MS);
    this.#timer.unref();
  }

  async say(): Promise<void> {
    const announcement: Announcement = {
      ...{ code: codeHash().slice(0, 12), host: hostName(), pid: process.pid, node: process.versions.node },
      ...{ since: this.#since, seen: await clockOf(this.#redis) },
      ...this.#content(),
    };
    await this.#redis.hset(this.#key, this.#field, JSON.stringify(announcement)).catch(() => undefined);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#redis.status === "ready") await this.#redis.hdel(this.#key, this.#field).catch(() => undefined);
  }
}

/** Who said lately that they are there. Who is gone for an hour is forgotten. */
export async function announced(redis: Redis, key: string): Promise<Announcement[]> {
  const clock = await clockOf(redis);
  const all = Object.entries(await redis.hgetall(key)).map(
    ([field, text]) => [field, JSON.parse(text) as Announcement] as const,
  );
  for (const [field, { seen }] of all) if (clock - seen > 3_600_000) await redis.hdel(key, field);
  return all.map(([, each]) => each).filter(({ seen }) => clock - seen < ALIVE_MS);
}

/** Redis's own clock in ms, so that no two machines' clocks are compared; 0 where it does not answer. */
async function clockOf(redis: Redis): Promise<number> {
  if (redis.status !== "ready") return 0;
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Number(micros) / 1000;
}
