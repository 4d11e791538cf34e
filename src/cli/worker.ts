import { availableParallelism } from "node:os";
import { ExitCode } from "../core/index.js";
import { serveQueue } from "../evaluate/sweep/index.js";
import { countOption, parse, UsageError, type Command } from "./command.js";
import { queueAddress } from "./queue-address.js";

export const workerCommand: Command = {
  summary: "compute runs of sweeps on other machines, from a queue",
  help: `
usage: pal-lab worker --queue redis://HOST:6379 [--jobs N] [--for 2h]

Takes runs that "pal-lab sweep CONFIG.json --queue …" put into a queue on Redis or Valkey, computes them here, and sends back what they found.
Workers come and go at any time: a run under way is given back when its worker ends, or done again when it is lost.

  --queue URL    default: PAL_LAB_QUEUE, which may hold a password: redis://:password@host:6379
  --jobs N       runs at once (default: one for each core)
  --for TIME     takes no more runs after 90s, 30m, 2h … and ends when those under way are done (default: until it is stopped)
  --lock TIME    after which others may take a run from a worker that no longer answers (default: 30s)
  --allow-other-bits  works for sweeps of machines that compute with other bits; their results say so
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      queue: { type: "string" },
      jobs: { type: "string" },
      for: { type: "string" },
      lock: { type: "string" },
      "allow-other-bits": { type: "boolean" },
    });
    if (positionals.length > 0) throw new UsageError(`takes no ${positionals[0]}; see pal-lab worker --help`);
    const queue = queueAddress(values.queue);
    if (queue === undefined) throw new UsageError("needs --queue redis://HOST:6379 (or PAL_LAB_QUEUE)");
    const forMs = duration("for", values.for);
    const lockMs = duration("lock", values.lock);
    const { done } = await serveQueue(queue, {
      jobs: countOption("jobs", values.jobs) ?? availableParallelism(),
      ...(forMs === undefined ? {} : { forMs }),
      ...(lockMs === undefined ? {} : { lockMs }),
      allowOtherBits: values["allow-other-bits"] === true,
      signal: terminal.signal,
      say: (text) => terminal.error.write(`pal-lab worker: ${text.replace(/^worker: /, "")}\n`),
    });
    terminal.error.write(`pal-lab worker: ${done} runs done\n`);
    return ExitCode.ok;
  },
};

const UNITS: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds. @throws UsageError for what is no time */
function duration(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const ms = Number(number) * UNITS[unit];
  if (!(ms >= 1000))
    throw new UsageError(`--${name} must be a time of at least 1s, such as 90s, 30m or 2h, got ${text}`);
  return ms;
}
