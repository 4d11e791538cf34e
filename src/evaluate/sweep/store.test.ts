import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hostName } from "../../files/index.js";
import type { RunResult } from "../experiments/index.js";
import { RunStore, type SettledJob } from "./store.js";

const code = vi.hoisted(() => ({ hash: "one" }));
vi.mock("./code-hash.js", () => ({ codeHash: () => code.hash }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pal-lab-store-"));
  code.hash = "one";
});
afterEach(() => rmSync(folder, { recursive: true }));

const RESULT: RunResult = { rows: [{ seed: 1, split: "seen", accuracy: 0.75 }], data: [] };
const SETTLED: SettledJob = {
  job: { experiment: "simulation", config: { k: 2, kStar: 2 }, seed: 1 },
  data: [{ name: "votes", sha256: "aa", source: "here" }],
};
const warn = vi.fn();
const open = (): Promise<RunStore> => RunStore.open(folder, warn);
afterEach(() => {
  expect(warn).not.toHaveBeenCalled();
});

test("a finished run is found by its job, whatever the order of its settings", async () => {
  expect(await (await open()).put(SETTLED, RESULT)).toEqual(RESULT);
  const store = await open();
  expect(store.get(SETTLED)).toEqual(RESULT);
  expect(store.get({ ...SETTLED, job: { ...SETTLED.job, config: { kStar: 2, k: 2 } } })).toEqual(RESULT);
  expect(readdirSync(folder)).toHaveLength(1);
});

test.each<[string, Partial<SettledJob>]>([
  ["seed", { job: { ...SETTLED.job, seed: 2 } }],
  ["setting", { job: { ...SETTLED.job, config: { k: 3, kStar: 2 } } }],
  ["experiment", { job: { ...SETTLED.job, experiment: "persona" } }],
  ["data of the same name", { data: [{ ...SETTLED.data[0], sha256: "bb" }] }],
  ["data beside it", { data: [...SETTLED.data, { name: "more", sha256: "bb", source: "here" }] }],
])("of another %s it is not found", async (_, change) => {
  const store = await open();
  await store.put(SETTLED, RESULT);
  expect(store.get({ ...SETTLED, ...change })).toBeUndefined();
});

test("the same data by another name are the same data", async () => {
  const store = await open();
  await store.put(SETTLED, RESULT);
  expect(store.get({ ...SETTLED, data: [{ name: "copy", sha256: "aa", source: "there" }] })).toEqual(RESULT);
});

test("after a change of the code it is not found, and does not take the old one's place", async () => {
  await (await open()).put(SETTLED, RESULT);
  code.hash = "two";
  const store = await open();
  expect(store.get(SETTLED)).toBeUndefined();
  await store.put(SETTLED, { rows: [], data: [] });
  code.hash = "one";
  expect((await open()).get(SETTLED)).toEqual(RESULT);
});

test("a file that says another run, or other numbers, is told of and not believed", async () => {
  const store = await open();
  await store.put(SETTLED, RESULT);
  const path = join(folder, readdirSync(folder)[0]);
  const text = readFileSync(path, "utf8");
  const damages = [
    text.replace("0.75", "0.95"),
    text.replace('"seed":1,"split"', '"seed":2,"split"'),
    "",
    "{}",
  ];
  for (const damaged of [...damages, text.trimEnd(), text.replace('"one"', '"two"')]) {
    expect(damaged).not.toBe(text);
    writeFileSync(path, damaged);
    expect(store.get(SETTLED)).toBeUndefined();
    expect(warn).toHaveBeenCalledExactlyOnceWith(`${path} is damaged; the run is done again`);
    warn.mockClear();
  }
});

test("files that killed writers left are removed when it is opened", async () => {
  const pid = 4_194_305; // above every pid
  const abandoned = `.a.json.${hostName()}.${pid}-01234567-89ab-cdef-0123-456789abcdef.tmp`;
  writeFileSync(join(folder, abandoned), "");
  await open();
  expect(readdirSync(folder)).toEqual([]);
});
