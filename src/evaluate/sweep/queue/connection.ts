import type * as Bull from "bullmq";
import type { Redis } from "ioredis";
import { InputError, messageOf, show } from "../../../core/index.js";

/** A Redis (or Valkey) server that answered, and the libraries that speak to it. */
export interface Connection {
  readonly bull: typeof Bull;
  /** For the books; BullMQ makes what it needs of its own from the same address. */
  readonly redis: Redis;
  /** A further connection, which waits for ever when the server is away. */
  open(): Redis;
  /** The address without its password. */
  readonly shown: string;
}

/** @param address `redis://host:6379` or `rediss://…`, with its password; @param warn is told what is unwise */
export async function connect(address: string, warn: (text: string) => void): Promise<Connection> {
  const url = checkAddress(address);
  const shown = `${url.protocol}//${url.host}`;
  const { bull, Redis } = await load();
  const open = (): Redis => {
    const redis = new Redis(address, { maxRetriesPerRequest: null });
    redis.on("error", () => undefined); // told by who asks
    return redis;
  };
  const first = new Redis(address, {
    ...{ lazyConnect: true, connectTimeout: 5000, retryStrategy: () => null, maxRetriesPerRequest: 0 },
  });
  let refused: unknown;
  first.on("error", (error) => (refused ??= error));
  try {
    await first.connect();
    checkMemory(await first.info("memory"), shown);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`sweep: queue ${shown} ${why(refused ?? cause)}`, { cause });
  } finally {
    first.disconnect();
  }
  if (url.password === "" && !isLoopback(url.hostname))
    warn(
      `${shown} takes no password: whoever reaches it can read and change the runs; set requirepass there, and give the address with the password in PAL_LAB_QUEUE`,
    );
  return { bull, redis: open(), open, shown };
}

/** An address that could be a queue's. @throws InputError, without the password in it */
export function checkAddress(address: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(address);
  } catch {
    // said below
  }
  // what comes behind a ? would be options of the library, a password among them
  const { protocol, hostname, search, hash } = url ?? {};
  const isQueue = (protocol === "redis:" || protocol === "rediss:") && hostname !== "";
  if (url !== undefined && isQueue && search === "" && hash === "") return url;
  const shown = show(address.replace(/^([\w+]*:?\/\/)?.*@/s, "$1…@").replace(/[?#].*/s, "?…"));
  throw new InputError(`sweep: queue must be redis://host:6379 or rediss://host:6379, got ${shown}`);
}

async function load(): Promise<{ readonly bull: typeof Bull; readonly Redis: typeof Redis }> {
  try {
    const [bull, ioredis] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bull, Redis: ioredis.Redis };
  } catch (cause) {
    throw new InputError(
      "sweep: a queue needs the packages bullmq and ioredis, which are optional: npm install bullmq ioredis",
      { cause },
    );
  }
}

function why(error: unknown): string {
  const message = messageOf(error);
  if (/NOAUTH/.test(message))
    return "asks for a password: give the address with it in PAL_LAB_QUEUE, redis://:password@host:6379";
  if (/WRONGPASS|invalid password|invalid username/i.test(message)) return "does not take this password";
  const code = (error as NodeJS.ErrnoException).code ?? message;
  return `does not answer (${code}): is redis-server running there, and can this machine reach it?`;
}

/** A server that throws away what it holds when memory is short would lose runs. */
function checkMemory(info: string, shown: string): void {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === undefined || policy === "noeviction") return;
  throw new InputError(
    `sweep: queue ${shown} forgets keys when memory is short (maxmemory-policy ${policy}), and would lose runs; there: redis-cli config set maxmemory-policy noeviction`,
  );
}

/** Whether a name or address is this machine's own, which others do not reach. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name);
}
