import { checkInteger, checkKeys, checkObject, InputError, show } from "../../core/index.js";

/** A part of a sweep: the runs whose place in it, divided by `count`, leaves `index - 1`. */
export interface Shard {
  /** 1 … count. */
  readonly index: number;
  readonly count: number;
}

const FORM = 'must be i/n with 1 <= i <= n, such as 3/50, or "slurm" in a job array';

/**
 * A shard as it is written: `3/50`, or `slurm`, which reads the job array's SLURM_ARRAY_TASK_ID, _MIN, _STEP and _COUNT.
 * @throws InputError for another form, `0/4`, `5/4`, or an array whose places cannot be told from its variables
 */
export function parseShard(
  text: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Shard {
  if (text === "slurm") return slurmShard(env);
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (index === undefined || !isShard(shard)) throw new InputError(`shard ${FORM}, got ${show(text)}`);
  return shard;
}

function slurmShard(env: Readonly<Record<string, string | undefined>>): Shard {
  const read = (name: string, otherwise?: number): number => {
    const text = env[`SLURM_ARRAY_TASK_${name}`];
    if (text !== undefined && /^\d+$/.test(text)) return Number(text);
    if (text === undefined && otherwise !== undefined) return otherwise;
    throw new InputError(
      `shard slurm reads SLURM_ARRAY_TASK_${name}, which is ${show(text)}: start it in a job array (sbatch --array=1-50)`,
    );
  };
  const [id, count] = [read("ID"), read("COUNT")];
  const index = (id - read("MIN", 1)) / read("STEP", 1) + 1;
  if (isShard({ index, count })) return { index, count };
  throw new InputError(
    `shard slurm needs an array of equal steps, such as 1-50 or 0-98:2; task ${id} of ${count} is at no place of one`,
  );
}

function isShard({ index, count }: Shard): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 1 && index <= count;
}

/** @param caller whose argument it is @throws InputError */
export function checkShard(caller: string, shard: Shard | undefined): Shard | undefined {
  if (shard === undefined) return undefined;
  checkObject(`${caller}: shard`, shard, [], "an object such as { index: 3, count: 50 }");
  checkKeys(`${caller}: shard`, shard, ["index", "count"]);
  checkInteger(`${caller}: shard.count`, shard.count, { min: 1 });
  checkInteger(`${caller}: shard.index`, shard.index, { min: 1, max: shard.count });
  return shard;
}

/** Whether the job at this place of the sweep is this shard's. Seeds come innermost, so that shards have like work. */
export function isInShard(place: number, { index, count }: Shard): boolean {
  return place % count === index - 1;
}
