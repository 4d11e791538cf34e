import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DataError, InputError } from "../../../core/index.js";
import { cacheFolder } from "../folders.js";
import { loadStatements, PERSONAS } from "./load-statements.js";
import { PERSONA_SHA256 } from "./persona-files.js";

const art = "interest-in-art";
const math = "interest-in-math";
const mirror = process.env.PAL_LAB_DATA_MIRROR ?? "";
if (mirror === "")
  console.info("PAL_LAB_DATA_MIRROR is not set: the tests that need Anthropic's files are skipped");

/** For an address that does answer, however busy the machine. */
const PATIENT_MS = 120_000;

let folder: string;
let servers: Server[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-lab-"));
  servers = [];
});

afterEach(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  await rm(folder, { recursive: true });
});

async function serve(file: (path: string) => Promise<Buffer> | undefined): Promise<string> {
  const server = createServer((request, response) => {
    void file(request.url ?? "")?.then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

interface Alone {
  readonly cacheFolder: string;
  readonly mirror: string;
  readonly baseUrl: string;
  readonly connectTimeoutMs: number;
}

/** No cache, no mirror, and a public address that does not answer. */
async function alone(): Promise<Alone> {
  return { cacheFolder: folder, mirror: "", baseUrl: await serve(() => undefined), connectTimeoutMs: 50 };
}

describe("loadStatements without a mirror", () => {
  test("falls back to our own set for all personas and says so", async () => {
    const loaded = await loadStatements([art, math], await alone());
    expect(loaded.origin).toBe("own");
    expect(loaded.note).toContain("does not answer");
    expect(loaded.source).toMatchObject({ name: "pal-lab's own small statement set", license: "CC0-1.0" });
    expect(loaded.sets.map((set) => [set.persona, set.statements.length])).toEqual([
      [art, 60],
      [math, 60],
    ]);
    expect(loaded.files[0].name).toBe("persona/interest-in-art.jsonl");
  });

  test("our own set can be asked for", async () => {
    const loaded = await loadStatements([art], { set: "own" });
    expect([loaded.origin, loaded.note]).toEqual(["own", undefined]);
  });

  test("an unknown persona lists the known", async () => {
    const failure = await loadStatements(["interest-in-chess"], await alone()).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(InputError);
    expect(String(failure)).toContain('no persona "interest-in-chess"');
    for (const persona of PERSONAS) expect(String(failure)).toContain(persona);
    await expect(loadStatements([])).rejects.toThrow("needs at least one persona");
  });

  test("a persona that our own set does not have is an error without a network", async () => {
    await expect(loadStatements([art, "openness"], await alone())).rejects.toThrow(
      /does not answer.*set PAL_LAB_DATA_MIRROR.*Our own set has "interest-in-art"/,
    );
  });

  test("a mirror that is not there is an error that names it", async () => {
    const missing = join(folder, "nowhere");
    const failure = await loadStatements([art], { mirror: missing }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect(String(failure)).toContain(`PAL_LAB_DATA_MIRROR is ${JSON.stringify(missing)}`);
    const options = { cacheFolder: folder, mirror: await serve(() => undefined), connectTimeoutMs: 50 };
    await expect(loadStatements([art], options)).rejects.toThrow("PAL_LAB_DATA_MIRROR is");
  });

  test("a mirror without the file is an error that names the file", async () => {
    await expect(loadStatements([art], { mirror: folder, cacheFolder: folder })).rejects.toThrow(
      `${join(folder, "persona", `${art}.jsonl`)}: is not there`,
    );
  });

  test("an altered file in mirror or cache is an error with both hashes", async () => {
    await mkdir(join(folder, "persona"));
    await writeFile(join(folder, "persona", `${art}.jsonl`), "{}\n");
    for (const options of [
      { mirror: folder, cacheFolder: join(folder, "none") },
      { mirror: "", cacheFolder: folder },
    ]) {
      const failure = await loadStatements([art], options).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DataError);
      expect(String(failure)).toContain(
        `sha256 expected ${PERSONA_SHA256[art]}, found ca3d163bab055381827226140`,
      );
    }
  });

  test("an altered download is an error and does not fall back", async () => {
    const baseUrl = await serve(() => Promise.resolve(Buffer.from("hotel wifi")));
    const options = { cacheFolder: folder, mirror: "", baseUrl, connectTimeoutMs: PATIENT_MS };
    await expect(loadStatements([art], options)).rejects.toThrow(
      `sha256 expected ${PERSONA_SHA256[art]}, found`,
    );
    await expect(stat(join(folder, "persona", `${art}.jsonl`))).rejects.toThrow("ENOENT");
  });

  test("refuses unknown options", async () => {
    await expect(loadStatements([art], { cache: "x" } as object)).rejects.toThrow('unknown option "cache"');
  });
});

describe.skipIf(mirror === "" || /^https?:/.test(mirror))("loadStatements with Anthropic's files", () => {
  const bytesOf = (persona: string) => readFile(join(mirror, "persona", `${persona}.jsonl`));

  test("reads every known persona from a mirror: 500 statements of either answer", async () => {
    const loaded = await loadStatements(PERSONAS, { cacheFolder: folder });
    expect(loaded.origin).toBe("anthropic");
    expect(loaded.source.license).toBe("CC-BY-4.0");
    expect(loaded.sets).toHaveLength(20);
    for (const { statements } of loaded.sets) {
      expect(statements.filter((statement) => statement.agrees)).toHaveLength(500);
      expect(statements).toHaveLength(1000);
    }
    expect(loaded.files.map((file) => file.sha256)).toEqual(Object.values(PERSONA_SHA256));
  });

  test("downloads, shows progress, and reads the cache the next time", async () => {
    let served = 0;
    const baseUrl = await serve((url) => {
      served++;
      return bytesOf(url.replace("/persona/", "").replace(".jsonl", ""));
    });
    const seen: string[] = [];
    const options = { cacheFolder: folder, mirror: "", baseUrl, connectTimeoutMs: PATIENT_MS };
    const progress = (title: string, total: number) => {
      seen.push(`${title} ${total}`);
      return { advance: (label = "") => void seen.push(label), finish: () => void seen.push("finish") };
    };
    const first = await loadStatements([art, math], { ...options, progress });
    expect(seen).toEqual([
      "downloading Persona statements 2",
      `persona/${art}.jsonl`,
      `persona/${math}.jsonl`,
      "finish",
    ]);
    expect(await loadStatements([art, math], options)).toEqual(first);
    expect(served).toBe(2);
  });

  test("an http mirror is used before the public address", async () => {
    const httpMirror = (await serve(() => bytesOf(art))).slice(0, -1);
    const options = { ...(await alone()), mirror: httpMirror, connectTimeoutMs: PATIENT_MS };
    expect((await loadStatements([art], options)).origin).toBe("anthropic");
  });

  test("never mixes: one persona in the cache, the other not to be had, gives our own set for both", async () => {
    const options = await alone();
    await mkdir(join(folder, "persona"));
    await copyFile(join(mirror, "persona", `${art}.jsonl`), join(folder, "persona", `${art}.jsonl`));
    expect((await loadStatements([art], options)).origin).toBe("anthropic");
    const loaded = await loadStatements([art, math], options);
    expect(loaded.origin).toBe("own");
    expect(loaded.sets.map((set) => set.statements.length)).toEqual([60, 60]);
  });
});

describe("cacheFolder", () => {
  test("is the chosen folder, else data/cache of a clone, else the user's cache folder", () => {
    expect(cacheFolder({ PAL_LAB_CACHE: "chosen" })).toBe("chosen");
    expect(cacheFolder({}, join("clone", "pal-lab"))).toBe(join("clone", "pal-lab", "data", "cache"));
    const installed = join("project", "node_modules", "pal-lab", "");
    const env = { XDG_CACHE_HOME: "user-cache", LOCALAPPDATA: "user-cache" };
    expect(cacheFolder(env, installed)).toBe(join("user-cache", "pal-lab"));
    expect(cacheFolder({}, installed)).toMatch(/\.cache.pal-lab$/);
  });
});
