import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DataError } from "../../../core/index.js";
import { download, UnreachableError, type DownloadOptions } from "./download.js";

const body = Buffer.from(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(""));
const sha256 = createHash("sha256").update(body).digest("hex");

const PATIENT = { connectTimeoutMs: 120_000, idleTimeoutMs: 120_000 };

let folder: string;
let server: Server;
let requests: (string | undefined)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-lab-"));
  requests = [];
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true });
});

/** Options that wait for an answer however busy the machine is. */
async function serve(answer: RequestListener): Promise<DownloadOptions> {
  server = createServer((request, response) => {
    requests.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/file.jsonl`, path: join(folder, "file.jsonl"), sha256, ...PATIENT };
}

/** Answers with ranges, as GitHub does; breaks off after `limit` bytes, once they are written: a client loses what it has not read yet. */
function ranged(bytes: Buffer, limit = Infinity): RequestListener {
  const broken = new Map<number, number>();
  let whole = 0;
  return (request, response) => {
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const rest = bytes.subarray(start);
    response.writeHead(start === 0 ? 200 : rest.length > 0 ? 206 : 416, {
      "content-length": rest.length,
      ...(start > 0 ? { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    if (rest.length <= limit) {
      whole++;
      response.end(rest);
      return;
    }
    const here = (broken.get(start) ?? 0) + 1;
    broken.set(start, here);
    response.write(rest.subarray(0, limit));
    const breakOff = async (): Promise<void> => {
      while ((await partsOf(start + limit)) + whole < here) await setTimeout(2);
      response.destroy();
    };
    void breakOff();
  };
}

/** Parts in the folder that have at least `size` bytes. */
async function partsOf(size: number): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".part"));
  const sizes = names.map((name) => stat(join(folder, name)).then((found) => found.size, () => 0)); // prettier-ignore
  return (await Promise.all(sizes)).filter((found) => found >= size).length;
}

describe("download", () => {
  test("writes the file and leaves nothing beside it", async () => {
    const options = await serve(ranged(body));
    await download(options);
    expect(await readFile(options.path)).toEqual(body);
    expect(await readdir(folder)).toEqual(["file.jsonl"]);
  });

  test("goes on where a connection broke off", async () => {
    const options = await serve(ranged(body, 20_000));
    await download(options);
    expect(requests).toEqual([undefined, "bytes=20000-", "bytes=40000-"]);
    expect(await readFile(options.path)).toEqual(body);
  });

  test("goes on where an earlier run broke off", async () => {
    const options = await serve(ranged(body));
    await writeFile(`${options.path}.part`, body.subarray(0, 1234));
    await download(options);
    expect(requests).toEqual(["bytes=1234-"]);
    expect(await readFile(options.path)).toEqual(body);
    expect(await readdir(folder)).toEqual(["file.jsonl"]);
  });

  test("starts again when what was left belongs to another file", async () => {
    const options = await serve(ranged(body));
    await writeFile(`${options.path}.part`, "something else");
    await download(options);
    expect(requests).toEqual(["bytes=14-", undefined]);
    expect(await readFile(options.path)).toEqual(body);
  });

  test("starts again when what was left is longer than the file", async () => {
    const options = await serve(ranged(body));
    await writeFile(`${options.path}.part`, Buffer.concat([body, body]));
    await download(options);
    expect(await readFile(options.path)).toEqual(body);
  });

  test("takes a server that knows no ranges", async () => {
    const options = await serve((_, response) => response.end(body));
    await writeFile(`${options.path}.part`, body.subarray(0, 1234));
    await download(options);
    expect(await readFile(options.path)).toEqual(body);
  });

  test("an altered file is an error with both hashes, and nothing is kept", async () => {
    const altered = Buffer.from(body);
    altered[100] ^= 1;
    const found = createHash("sha256").update(altered).digest("hex");
    const failure = await download(await serve(ranged(altered))).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DataError);
    expect(String(failure)).toContain(`sha256 expected ${sha256}, found ${found}`);
    expect(await readdir(folder)).toEqual([]);
  });

  test("a file that is published too short is an error, and nothing is kept", async () => {
    const failure = await download(await serve(ranged(body.subarray(0, 999)))).catch(
      (error: unknown) => error,
    );
    expect(String(failure)).toContain(`sha256 expected ${sha256}, found `);
    expect(await readdir(folder)).toEqual([]);
  });

  test("a connection that breaks off each time is an error; only the part stays", async () => {
    const options = await serve(ranged(body, 1000));
    const failure = await download(options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DataError);
    expect(String(failure)).toContain(`breaks off before its end: sha256 expected ${sha256}, found `);
    expect(await readdir(folder)).toEqual(["file.jsonl.part"]);
    expect(await readFile(`${options.path}.part`)).toEqual(body.subarray(0, 3000));
  });

  test("a server that falls silent in the middle breaks off", async () => {
    const options = await serve((_, response) => {
      response.writeHead(200, { "content-length": body.length });
      response.write(body.subarray(0, 500));
    });
    await expect(download({ ...options, idleTimeoutMs: 50 })).rejects.toThrow("breaks off before its end");
  });

  test("no answer in time is no network, and what an earlier run left stays", async () => {
    const options = await serve(() => undefined);
    await writeFile(`${options.path}.part`, body.subarray(0, 10));
    const failure = await download({ ...options, connectTimeoutMs: 50 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnreachableError);
    expect(String(failure)).toContain("does not answer (no answer in time)");
    expect(await readdir(folder)).toEqual(["file.jsonl.part"]);
  });

  test("an HTTP error is no answer either", async () => {
    const options = await serve((_, response) => response.writeHead(403).end("no"));
    await expect(download(options)).rejects.toThrow("answers with HTTP 403");
  });

  test("two downloads at once do not write into each other's part", async () => {
    const options = await serve(ranged(body, 30_000));
    await Promise.all([download(options), download(options), download(options)]);
    expect(await readFile(options.path)).toEqual(body);
    expect(await readdir(folder)).toEqual(["file.jsonl"]);
  });

  test("takes over the part of a process that is gone, not of one that runs", async () => {
    const options = await serve(ranged(body));
    await writeFile(`${options.path}.${process.ppid}-x.part`, body.subarray(0, 7));
    await writeFile(`${options.path}.999999999-x.part`, body.subarray(0, 11));
    await download(options);
    expect(requests).toEqual(["bytes=11-"]);
    expect(await readdir(folder)).toEqual(["file.jsonl", `file.jsonl.${process.ppid}-x.part`]);
  });
});
