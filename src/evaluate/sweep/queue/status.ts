import { announced } from "./announce.js";
import { connect } from "./connection.js";
import { PREFIX, queueName, SWEEPS, WORKERS, type Announcement } from "./protocol.js";

/** What a queue holds for this version of the code, and who is there. */
export interface QueueStatus {
  readonly waiting: number;
  readonly running: number;
  /** Finished, not fetched yet. */
  readonly finished: number;
  readonly failed: number;
  readonly sweeps: readonly Announcement[];
  readonly workers: readonly Announcement[];
}

/** @param address `redis://host:6379` @throws InputError when the queue cannot be used */
export async function queueStatus(address: string): Promise<QueueStatus> {
  const { bull, redis, open } = await connect(address, () => undefined);
  const connection = open();
  const queue = new bull.Queue(queueName(), { connection, prefix: PREFIX });
  try {
    const counts = await queue.getJobCounts("wait", "active", "completed", "failed");
    return {
      ...{ waiting: counts.wait, running: counts.active, finished: counts.completed, failed: counts.failed },
      sweeps: await announced(redis, SWEEPS),
      workers: await announced(redis, WORKERS),
    };
  } finally {
    await queue.close();
    connection.disconnect();
    redis.disconnect();
  }
}
