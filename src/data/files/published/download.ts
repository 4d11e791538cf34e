import { open, readFile, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { DataError, messageOf } from "../../../core/index.js";
import { claimPart, releasePart } from "./part-file.js";
import { sha256Of } from "../sha256.js";

/** The address did not answer, or refused. */
export class UnreachableError extends Error {
  override readonly name: string = "UnreachableError";
}

export interface DownloadOptions {
  readonly url: string;
  /** Where the file goes, once it is whole and its hash is right. */
  readonly path: string;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  /** How long to wait for an answer, default 5000 ms: longer counts as no network. */
  readonly connectTimeoutMs?: number;
  /** How long to wait for the next bytes of a body, default 20000 ms. */
  readonly idleTimeoutMs?: number;
}

const ATTEMPTS = 3;

/**
 * Downloads a file, going on where an earlier attempt broke off (`path.part`). The file appears under its name only
 * when its sha256 is right.
 * @throws UnreachableError when nothing answers in time, or with an HTTP error
 * @throws DataError when the file is altered (nothing is kept) or breaks off again and again (the part is kept)
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { url, path, sha256 } = options;
  const part = await claimPart(path);
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const outcome = await transfer(options, part, attempt);
      if (outcome === "broken") continue;
      const found = await hashOf(part);
      if (found === sha256) return await rename(part, path);
      await rm(part, { force: true });
      if (outcome === "resumed") continue;
      throw new DataError(
        { file: url },
        `is not the published file: sha256 expected ${sha256}, found ${found}`,
      );
    }
    const found = `found ${await hashOf(part)} in ${await sizeOf(part)} bytes`;
    const next = "what has come is kept, and the next attempt goes on from there";
    throw new DataError(
      { file: url },
      `breaks off before its end: sha256 expected ${sha256}, ${found}; ${next}`,
    );
  } finally {
    await releasePart(path, part);
  }
}

type Outcome = "whole" | "resumed" | "broken";

/** One request; `broken` when the body ended early. */
async function transfer(options: DownloadOptions, part: string, attempt: number): Promise<Outcome> {
  const have = await sizeOf(part);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), options.connectTimeoutMs ?? 5000);
  let response: Response;
  try {
    response = await fetch(options.url, {
      signal: abort.signal,
      // Compressed bodies cannot be resumed by byte.
      headers: { "accept-encoding": "identity", ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
    });
  } catch (cause) {
    if (attempt > 1) return "broken";
    throw new UnreachableError(`${options.url} does not answer (${reasonOf(cause, abort.signal)})`, {
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
  if (response.status === 416) {
    await response.body?.cancel();
    return "resumed";
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new UnreachableError(`${options.url} answers with HTTP ${response.status}`);
  }
  const resumed = response.status === 206 && contentStart(response) === have;
  if (response.status === 206 && !resumed) {
    await response.body.cancel();
    await rm(part, { force: true });
    return "broken";
  }
  const file = await open(part, resumed ? "a" : "w");
  try {
    const idleMs = options.idleTimeoutMs ?? 20_000;
    if (!(await writeBody(response, file, () => setTimeout(() => abort.abort(), idleMs)))) return "broken";
  } finally {
    await file.close();
  }
  return resumed ? "resumed" : "whole";
}

/** @returns whether the body came whole */
async function writeBody(
  response: Response,
  file: FileHandle,
  startTimer: () => NodeJS.Timeout,
): Promise<boolean> {
  const length = response.headers.get("content-length");
  let received = 0;
  let timer = startTimer();
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const chunk = await reader?.read().catch(() => "broken" as const);
      clearTimeout(timer);
      if (chunk === "broken" || chunk === undefined) return false;
      if (chunk.done) return length === null || received === Number(length);
      received += chunk.value.byteLength;
      await file.writeFile(chunk.value);
      timer = startTimer();
    }
  } finally {
    clearTimeout(timer);
  }
}

function contentStart(response: Response): number {
  return Number.parseInt(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1] ?? "", 10);
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "no answer in time";
  const cause = error instanceof Error ? error.cause : undefined;
  return messageOf(cause ?? error);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

async function hashOf(path: string): Promise<string> {
  return sha256Of(await readFile(path).catch(() => new Uint8Array()));
}
