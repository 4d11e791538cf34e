import { mkdir, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { hostName, isGone, writeAtomically } from "../../files/index.js";

/** A process that works on a sweep, as others see it. Times are ISO 8601 texts. */
export interface Present {
  readonly host: string;
  readonly pid: number;
  readonly since: string;
  /** Runs under way. */
  readonly running: readonly { readonly run: string; readonly since: string }[];
  /** Runs that failed here and are to be run again. */
  readonly failed: readonly { readonly run: string; readonly reason: string }[];
}

/** What this process does for a sweep, in a file of the sweep's folder: what `--status` reads. */
export class Presence {
  readonly #path: string;
  readonly #folder: string;
  readonly #since = now();
  readonly #running = new Map<string, string>();
  readonly #failed = new Map<string, string>();
  #written: Promise<unknown> = Promise.resolve();

  /** @param folder the sweep's */
  constructor(folder: string) {
    this.#folder = join(folder, "workers");
    this.#path = join(this.#folder, `${hostName()}.${process.pid}.json`);
  }

  start(run: string): void {
    this.#running.set(run, now());
    this.#write();
  }

  /** @param reason why it failed; undefined: it is finished */
  end(run: string, reason?: string): void {
    this.#running.delete(run);
    if (reason !== undefined) this.#failed.set(run, reason);
    this.#write();
  }

  /** Leaves no trace but what failed. */
  async close(): Promise<void> {
    this.#running.clear();
    if (this.#failed.size > 0) this.#write();
    await this.#written;
    if (this.#failed.size > 0) return;
    await rm(this.#path, { force: true });
    await rmdir(this.#folder).catch(() => undefined); // others may be there
  }

  /** For looking at only: where it cannot be written (a full disk) the sweep goes on, and says so itself. */
  #write(): void {
    this.#written = this.#written
      .then(async () => {
        const present: Present = {
          ...{ host: hostName(), pid: process.pid, since: this.#since },
          running: [...this.#running].map(([run, since]) => ({ run, since })),
          failed: [...this.#failed].map(([run, reason]) => ({ run, reason })),
        };
        await mkdir(this.#folder, { recursive: true });
        await writeAtomically(this.#path, JSON.stringify(present));
      })
      .catch(() => undefined);
  }
}

interface PresentFile {
  readonly path: string;
  readonly present: Present;
  readonly isGone: boolean;
}

/** The files of a sweep's folder that say who is there, by their names; damaged ones are left out. */
async function filesIn(folder: string): Promise<PresentFile[]> {
  const names = (await readdir(join(folder, "workers")).catch(() => [])).filter((name) =>
    /^[^.].*\.json$/.test(name),
  );
  const read = await Promise.all(
    names.sort().map(async (name): Promise<PresentFile[]> => {
      try {
        const path = join(folder, "workers", name);
        const present = JSON.parse(await readFile(path, "utf8")) as Present;
        return [{ path, present, isGone: await isGone(present, path) }];
      } catch {
        return [];
      }
    }),
  );
  return read.flat();
}

/** Whose files lie in a sweep's folder, processes that are gone with nothing under way. Damaged files are left out. */
export async function presentIn(folder: string): Promise<Present[]> {
  const files = await filesIn(folder);
  return files.map(({ present, isGone: gone }) => (gone ? { ...present, running: [] } : present));
}

/** Forgets what processes that are gone left. */
export async function forgetGone(folder: string): Promise<void> {
  for (const { path, isGone: gone } of await filesIn(folder)) if (gone) await rm(path, { force: true });
}

/** Forgets everybody: of a sweep whose runs are all finished, whatever machines that were killed left. */
export async function forgetAll(folder: string): Promise<void> {
  await rm(join(folder, "workers"), { recursive: true, force: true });
}

function now(): string {
  return new Date().toISOString();
}
