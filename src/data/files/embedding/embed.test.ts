import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InputError } from "../../../core/index.js";
import { embed } from "./embed.js";
import { loadStatements } from "../published/load-statements.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-lab-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const hash = (texts: readonly string[]) => embed(texts, { encoder: "hash", cacheFolder: folder });

async function batches(encoder: string): Promise<string[]> {
  const inside = join(folder, "embeddings", encoder);
  return (await readdir(inside)).map((name) => join(inside, name));
}

function dot(rows: Float32Array, a: number, b: number): number {
  const d = 512;
  return rows.subarray(a * d, (a + 1) * d).reduce((sum, value, i) => sum + value * rows[b * d + i], 0);
}

describe("embed with the hash encoder", () => {
  test("gives unit vectors, the same for the same words, shape [n, 64]", async () => {
    const vectors = await hash(["one two", "two one", "three"]);
    expect(vectors.length).toBe(3 * 64);
    expect(vectors.subarray(0, 64)).toEqual(vectors.subarray(64, 128));
    // One word is one entry of size 1; two words are two of 1/sqrt(2).
    expect([...vectors.subarray(128)].filter((value) => value !== 0).map(Math.abs)).toEqual([1]);
    expect(Math.hypot(...vectors.subarray(0, 64))).toBeCloseTo(1, 5);
  });

  test("a text without words has a unit vector of its own", async () => {
    const vectors = await hash(["!?", "…", "--"]);
    const entries = [0, 1, 2].map((row) => [...vectors.subarray(64 * row, 64 * (row + 1))]);
    for (const vector of entries) expect(vector.filter((value) => value !== 0)).toEqual([1]);
    expect(entries[0]).not.toEqual(entries[1]);
  });

  test("computes a text once, and not at all from a warm cache", async () => {
    const totals: number[] = [];
    const progress = (_: string, total: number) => {
      totals.push(total);
      return { advance: () => undefined, finish: () => undefined };
    };
    const texts = ["a", "b", "a", "a"];
    await embed(texts, { encoder: "hash", cacheFolder: folder, progress });
    await embed(texts, { encoder: "hash", cacheFolder: folder, progress });
    await embed([...texts, "c"], { encoder: "hash", cacheFolder: folder, progress });
    expect(totals).toEqual([2, 1]);
  });

  test("notices damaged files, removes them and computes again", async () => {
    const texts = Array.from({ length: 600 }, (_, i) => `text ${i}`);
    const cold = await hash(texts);
    const [first, second, third] = await batches("hash-1");
    const bytes = await readFile(first);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(first, bytes);
    await writeFile(second, (await readFile(second)).subarray(0, 1000));
    await writeFile(third, "");
    expect(await hash(texts)).toEqual(cold);
    expect(await hash(texts)).toEqual(cold);
    expect(await batches("hash-1")).toHaveLength(3);
  });

  test("keeps everything that is written at the same time", async () => {
    const texts = Array.from({ length: 40 }, (_, i) => `text ${i}`);
    await Promise.all(texts.map((_, i) => hash(texts.slice(i, i + 3))));
    const untouched = await batches("hash-1");
    await hash(texts);
    expect(await batches("hash-1")).toEqual(untouched);
  });

  test("refuses no text, an empty text, an unknown encoder and unknown options", async () => {
    await expect(hash([])).rejects.toThrow("needs at least one text");
    await expect(hash(["a", " "])).rejects.toThrow("got an empty one at index 1");
    await expect(embed(["a"], { encoder: "word2vec" as "hash" })).rejects.toThrow('got "word2vec"');
    await expect(embed(["a"], { model: "hash" } as object)).rejects.toThrow('unknown option "model"');
  });

  test("a cache that cannot be written is an error that says what to do", async () => {
    await writeFile(join(folder, "embeddings"), "in the way");
    await expect(hash(["a"])).rejects.toThrow("set PAL_LAB_CACHE to a folder that can be written");
  });
});

describe("embed with transformers", async () => {
  const isInstalled = await import("@huggingface/transformers" as string).then(
    () => true,
    () => false,
  );

  test.skipIf(isInstalled)("says how to install the package where it is missing", async () => {
    const failure = await embed(["a"], { encoder: "transformers:some/model" }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(InputError);
    expect(String(failure)).toContain("npm install @huggingface/transformers");
  });
});

describe("embed with use-lite", () => {
  test("a cold, a half-warm and a warm cache give the same bits, which lie on a grid of 1e-6", async () => {
    const { sets } = await loadStatements(["interest-in-art"], { set: "own" });
    const texts = sets[0].statements.map((statement) => statement.text).slice(0, 40);
    const cold = await embed(texts, { cacheFolder: join(folder, "a") });
    const warm = await embed(texts, { cacheFolder: join(folder, "a") });
    await embed(texts.filter((_, i) => i % 3 === 0).reverse(), { cacheFolder: join(folder, "b") });
    const halfWarm = await embed(texts, { cacheFolder: join(folder, "b") });
    expect(cold.length).toBe(40 * 512);
    expect(warm).toEqual(cold);
    expect(halfWarm).toEqual(cold);
    expect(cold.every((value) => Math.fround(Math.round(value * 1e6) / 1e6) === value)).toBe(true);
    for (let row = 0; row < 40; row++) expect(dot(cold, row, row)).toBeCloseTo(1, 4);
  });

  test("sentences of like meaning lie nearer than others", async () => {
    const texts = [
      "I love painting pictures",
      "Drawing and painting make me happy",
      "The match ended two to one",
    ];
    const vectors = await embed(texts, { cacheFolder: folder });
    expect(dot(vectors, 0, 1)).toBeGreaterThan(dot(vectors, 0, 2) + 0.2);
  });
});
