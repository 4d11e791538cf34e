import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FeatureTable } from "../preference-data.js";
import { simulateIdealPoints } from "../simulate.js";
import { embedTexts } from "./embedding/embed-texts.js";
import { loadData } from "./load-data.js";
import { loadPersona } from "./published/load-persona.js";
import { writeData } from "./tables/write-data.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-lab-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a simulated population comes back bit for bit, without its truth", async () => {
  const { truth, ...written } = simulateIdealPoints({
    ...{ dimension: 3, prototypes: 2, users: 5, comparisonsPerUser: 7, setting: "mixture", seed: 1 },
    pairs: "shared",
  });
  expect(truth).toBeDefined();
  const out = join(folder, "simulated");
  await writeData(written, out);
  const { data, summary } = await loadData(out);
  const { sha256, ...source } = data.source;
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(data.coding?.name).toBe("-1 left, +1 right, 0 tie");
  expect({ ...data, source, coding: undefined }).toEqual({
    ...written,
    coding: undefined,
    subject: "pairs",
    source: { name: "simulated ideal points (mixture)", license: "CC0-1.0" },
  });
  expect(summary).toMatchObject({ kind: "comparisons", described: { items: "features" }, warnings: [] });
  expect((await loadData(join(out, "comparisons.jsonl"))).data).toEqual(data);
});

test("personas come back with statements, their features and groups", async () => {
  const { train } = await loadPersona({
    ...{ personas: ["interest-in-art", "interest-in-math"], usersPerGroup: 2, comparisonsPerUser: 40 },
    ...{ prompts: "uniform", seed: 1, set: "own", encoder: "hash", cacheFolder: folder },
  });
  const out = join(folder, "persona");
  await writeData(train, out);
  const { data, summary } = await loadData(out);
  expect(data.subject).toBe("votes");
  expect(data.groups).toEqual(train.groups);
  expect(data.label).toEqual(train.label);
  const statement = (from: typeof data, row: number): unknown[] => {
    const { ids = [], text = [], features } = from.contexts ?? {};
    const at = from.context?.[row] ?? -1;
    return [ids[at], text[at], features?.slice(at * 64, at * 64 + 64)];
  };
  for (const row of [0, 7, 159]) expect(statement(data, row)).toEqual(statement(train, row));
  expect(summary.described).toEqual({ items: "texts", contexts: "features" });
});

test("one table is taken for what its columns say, and second tables can be named", async () => {
  const votes = join(folder, "votes.csv");
  await writeFile(votes, "user,statement,vote\na,s,1\nb,s,-1\nb,t,1\n");
  expect((await loadData(votes)).summary.kind).toBe("votes");
  const pairs = join(folder, "pairs.csv");
  await writeFile(pairs, "user,left,right,label\na,x,y,1\nb,x,y,-1\n");
  const items = join(folder, "things.jsonl");
  await writeFile(items, '{"id":"x","features":[1,2]}\n{"id":"y","features":[0.1,4]}\n');
  const { data } = await loadData(pairs, { items });
  expect(data.items.features).toEqual(Float32Array.of(1, 2, 0.1, 4));
  await expect(loadData(votes, { items })).rejects.toThrow("holds votes");
});

test("texts become features, and what has features or no texts stays", async () => {
  const items: FeatureTable = { ids: ["good tea", "bad tea"], text: ["good tea", "bad tea"] };
  const contexts = { ids: ["c"], features: Float32Array.of(1, 2) };
  const rows = { left: Int32Array.of(0), right: Int32Array.of(1), context: Int32Array.of(0) };
  const embedded = await embedTexts({ items, contexts, ...rows }, { encoder: "hash", cacheFolder: folder });
  expect(embedded.items.features).toHaveLength(128);
  expect(embedded.contexts).toBe(contexts);
});

test.each([
  ["nowhere", "there is no file or folder"],
  ["empty", "holds neither comparisons.csv, .jsonl or .parquet nor votes.csv with comments.csv"],
  ["two", "holds comparisons.csv and comparisons.jsonl: keep one"],
  ["badly-sourced", 'source.json: must be {"name": "…", "license": "…"}'],
])("a folder %s: %s", async (name, message) => {
  const path = join(folder, name);
  const table = "user,left,right,label\na,x,y,left\nb,x,y,right\n";
  const files: { readonly [folder: string]: { readonly [file: string]: string } } = {
    empty: {},
    two: { "comparisons.csv": table, "comparisons.jsonl": "{}" },
    "badly-sourced": { "comparisons.csv": table, "source.json": '{"name":1}' },
  };
  if (name !== "nowhere") await mkdir(path);
  for (const [file, text] of Object.entries(files[name] ?? {})) await writeFile(join(path, file), text);
  await expect(loadData(path)).rejects.toThrow(message);
});

test("weights come back bit for bit; two halves of a tie stay two rows", async () => {
  const data = simulateIdealPoints({
    ...{ dimension: 1, prototypes: 1, users: 1, comparisonsPerUser: 4, setting: "mixture", seed: 1 },
  });
  const row = (values: Int32Array): Int32Array => Int32Array.from([...values.subarray(0, 3), values[2]]);
  const tied = { left: row(data.left), right: row(data.right), label: Int8Array.of(1, -1, 1, -1) };
  const weight = Float32Array.of(1, 0.1, 0.5, 0.5);
  const out = join(folder, "weighted");
  await writeData({ ...data, ...tied, weight }, out);
  const again = (await loadData(out)).data;
  expect(again.weight).toEqual(weight);
  expect(again.label).toEqual(tied.label);
});

test("comparisons made of rankings cannot be written as if they were independent, and nothing is", async () => {
  const file = join(folder, "ranks.csv");
  await writeFile(file, "user,item,rank\nann,x,1\nann,y,2\nann,z,3\n");
  const { data } = await loadData(file);
  const out = join(folder, "ranked");
  await expect(writeData(data, out)).rejects.toThrow(
    "writeData: comparisons made of rankings cannot be written, as they would look independent of each other; keep the table",
  );
  await expect(readFile(join(out, "items.jsonl"))).rejects.toThrow("ENOENT");
});
