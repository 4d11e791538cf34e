import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { main as typeOfMain } from "../src/cli/main.js";
import { loadData } from "../src/data/files/index.js";
import { explore } from "../src/evaluate/index.js";
import { writeExploration } from "../src/report/index.js";

// what is built: worker threads cannot start from TypeScript
const { main } = (await import(new URL("../dist/cli/main.js", import.meta.url).href)) as {
  main: typeof typeOfMain;
};

const folder = mkdtempSync(join(tmpdir(), "pal-lab-poor-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Explores a table as the command does, in this thread: what is found does not depend on threads. */
async function explored(name: string, rows: readonly string[]): Promise<void> {
  const { data, summary } = await loadData(tableOf(name, rows));
  mkdirSync(join(folder, name));
  await writeExploration(
    await explore(data, { seed: 1, permutations: 3, kMax: 3 }),
    join(folder, name),
    summary,
  );
}

function tableOf(name: string, rows: readonly string[]): string {
  const table = join(folder, `${name}.csv`);
  writeFileSync(table, `${rows.join("\n")}\n`);
  return table;
}

/** Runs the command itself. */
async function ran(name: string, rows: readonly string[], ...flags: string[]) {
  let [out, error] = ["", ""];
  const code = await main(
    ["explore", tableOf(name, rows), "--out", join(folder, name), "--jobs", "1", "--json", ...flags],
    {
      out: { write: (text) => (out += text) },
      error: { write: (text) => (error += text) },
      signal: new AbortController().signal,
    },
  );
  return { code, out, error };
}

const COMPARISONS = "user,left,right,label";
const VOTES = "user,statement,vote";
const FEATURES = "user,left_1,left_2,right_1,right_2,label";
const rows = (count: number, row: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => row(i));
const side = (i: number): string => (i % 3 === 0 ? "left" : "right");

const ONE_USER = "there is one user only: nobody to differ from";
const ONE_EACH = "no user gave two answers: one alone does not tell a person from what is popular";
const ALIKE = "all answers agree: there is nothing to tell apart";

test.each<[name: string, rows: string[], unaskable: string | undefined]>([
  ["one user", [COMPARISONS, ...rows(9, (i) => `anna,a${i % 4},b${i % 3},${side(i)}`)], ONE_USER],
  ["one user, two answers", [COMPARISONS, "anna,a,b,left", "anna,a,b,right"], ONE_USER],
  ["two users, two answers", [COMPARISONS, "anna,a,b,left", "bob,a,b,right"], ONE_EACH],
  ["one pair", [COMPARISONS, ...rows(9, (i) => `u${i},a,b,${side(i)}`)], ONE_EACH],
  ["one statement", [VOTES, ...rows(9, (i) => `u${i},s,${i % 3 === 0 ? 1 : -1}`)], ONE_EACH],
  ["all agree", [VOTES, ...rows(40, (i) => `u${i % 8},s${i % 5},1`)], ALIKE],
  ["all agree but one", [VOTES, ...rows(40, (i) => `u${i % 8},s${i % 5},${i === 0 ? -1 : 1}`)], undefined],
  ["two users", [VOTES, ...rows(12, (i) => `u${i % 2},s${i % 6},${i % 3 === 0 ? 1 : -1}`)], undefined],
  ["features, one user", [FEATURES, ...rows(9, (i) => `anna,${i},1,${i % 4},0,${side(i)}`)], ONE_USER],
  ["features, two answers", [FEATURES, "anna,1,2,3,4,left", "bob,1,2,3,4,right"], ONE_EACH],
  [
    "features that never change",
    [FEATURES, ...rows(20, (i) => `u${i % 5},${i % 2},7,${1 - (i % 2)},7,${side(i)}`)],
    undefined,
  ],
])("explore says what poor data cannot, and no NaN: %s", async (name, table, unaskable) => {
  await explored(name, table);
  const { exploration } = JSON.parse(readFileSync(join(folder, name, "explore.json"), "utf8")) as {
    exploration: { choice: { k: number }; test: { unaskable?: string }; warnings: string[] };
  };
  expect(exploration.test.unaskable).toBe(unaskable);
  if (unaskable !== undefined) {
    expect(exploration.choice.k).toBe(1);
    expect(exploration.warnings).toContain(unaskable);
  }
  expect(exploration.warnings.join("\n")).toContain("say little on so few");
  const page = readFileSync(join(folder, name, "explore.html"), "utf8");
  expect(page).toContain(unaskable ?? "What predicts held-out answers best?");
  const pictures = [...page.matchAll(/data:image\/svg\+xml;base64,([^"]+)/g)].map(([, text]) =>
    Buffer.from(text, "base64").toString(),
  );
  expect(pictures.length).toBeGreaterThan(1);
  for (const text of [page, ...pictures]) expect(text).not.toMatch(/\b(NaN|Infinity|undefined)\b/);
});

test("explore refuses what is no question at all, in words", async () => {
  expect(await ran("one answer", [COMPARISONS, "anna,a,b,left"])).toEqual({
    ...{ code: 2, out: "" },
    error: expect.stringContaining("needs at least two answers, got one: nothing can be held out"),
  });
  expect(await ran("one item", [COMPARISONS, ...rows(5, (i) => `u${i},a,a,left`)])).toEqual({
    ...{ code: 1, out: "" },
    error: expect.stringContaining(
      "nothing to learn from: 5 rows, of which 0 without an answer, 5 of an item with itself",
    ),
  });
});

test("--k-max bounds the K that are tried, --seed is the seed", async () => {
  // two camps that contradict each other about every pair
  const camps = Array.from({ length: 8 }, (_, user) =>
    ["a,b", "b,c", "c,d", "a,c", "b,d", "a,d"].map(
      (pair) => `u${user},${pair},${user % 2 ? "left" : "right"}`,
    ),
  ).flat();
  const flags = ["--permutations", "3", "--k-max", "2", "--seed", "7"];
  const { code, out, error } = await ran("camps", [COMPARISONS, ...camps], ...flags);
  expect(error.replace(/^pal-lab: .*\(.*\)\n/gm, "")).toBe("");
  expect(code).toBe(0);
  const { exploration } = JSON.parse(readFileSync(join(folder, "camps", "explore.json"), "utf8")) as {
    exploration: { seed: number; choice: { k: number; candidates: { k: number }[] } };
  };
  expect(exploration.seed).toBe(7);
  expect(exploration.choice.candidates.map(({ k }) => k)).toEqual([1, 2]);
  expect(exploration.choice.k).toBe(2);
  expect(out).not.toBe("");
});
