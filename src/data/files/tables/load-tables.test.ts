import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkPreferenceData, type PreferenceData } from "../../preference-data.js";
import { loadComparisons, loadVotes } from "./load-tables.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-lab-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Comparisons in words: "ann: a < b" where b is preferred. */
function inWords(data: PreferenceData): string[] {
  checkPreferenceData("test", data);
  const item = (index: number): string => data.items.ids[index];
  return Array.from(data.label, (label, row) => {
    const [left, right] = [item(data.left[row]), item(data.right[row])];
    return `${data.users[data.user[row]]}: ${label > 0 ? `${left} < ${right}` : `${right} < ${left}`}`;
  });
}

describe("loadComparisons", () => {
  const expected = ["ann: tea < coffee", "ann: milk < tea", "bob: coffee < tea"];

  test.each([
    ["names.csv", "user,left,right,label\nann,tea,coffee,right\nann,tea,milk,left\nbob,coffee,tea,right\n"],
    ["numbers.csv", "worker_id;item_a;item_b;choice\nann;tea;coffee;1\nann;tea;milk;-1\nbob;coffee;tea;1\n"],
    [
      "winners.tsv",
      "Rater\tOption1\tOption2\tWinner\nann\ttea\tcoffee\tcoffee\nann\ttea\tmilk\ttea\nbob\tcoffee\ttea\ttea\n",
    ],
    [
      "models.jsonl",
      '{"annotator":"ann","response_a":"tea","response_b":"coffee","preference":"model_b"}\n{"annotator":"ann","response_a":"tea","response_b":"milk","preference":"model_a"}\n\n{"annotator":"bob","response_a":"coffee","response_b":"tea","preference":"model_b"}',
    ],
    ["one-two.csv", "participant|item 1|item 2|label\nann|tea|coffee|2\nann|tea|milk|1\nbob|coffee|tea|2\n"],
    ["chosen.csv", "user,chosen,rejected\nann,coffee,tea\nann,tea,milk\nbob,tea,coffee\n"],
    [
      "windows.csv",
      '\uFEFFuser,left,right,label\r\nann,tea,"coffee",1\r\n\r\nann,tea,milk,0\r\nbob,coffee,tea,1\r\n',
    ],
  ])("%s is understood as it is", async (name, text) => {
    const { data, summary } = await loadComparisons(await file(name, text));
    expect(inWords(data)).toEqual(expected);
    expect(summary).toMatchObject({ rows: 3, answers: 3, users: 2, items: 3, warnings: [] });
    expect(data.source).toMatchObject({ name, license: "not stated" });
    expect(await readFile(join(folder, name), "utf8")).toBe(text);
  });
});

test("ids are kept letter by letter: 007, 07 and 7 are three users, and three items", async () => {
  const { data } = await loadComparisons(
    await file("zeros.csv", "user,left,right,label\n007,1,01,right\n07,01,001,right\n7,1,001,left\n"),
  );
  expect(data.users).toEqual(["007", "07", "7"]);
  expect(inWords(data)).toEqual(["007: 1 < 01", "07: 01 < 001", "7: 001 < 1"]);
});

test("a user with just the fewest answers stays; one with fewer goes", async () => {
  const rows = ["ann,a,b,right", "ann,b,c,right", "ann,a,c,right", "bob,a,b,left", "bob,b,c,left"];
  const path = await file("few.csv", `user,left,right,label\n${rows.join("\n")}\n`);
  expect((await loadComparisons(path, { minimumPerUser: 2 })).data.users).toEqual(["ann", "bob"]);
  expect((await loadComparisons(path, { minimumPerUser: 3 })).data.users).toEqual(["ann"]);
});

describe("loadVotes", () => {
  test("votes 0 and 1 are disagree and agree, and none is a pass", async () => {
    const path = await file("bits.csv", "user,statement,vote\nann,A,1\nann,B,0\nbob,A,0\nbob,B,1\n");
    const { data, summary } = await loadVotes(path);
    const votes = Array.from(data.label, (label, row) => [
      ...[data.users[data.user[row]], data.contexts?.ids[data.context?.[row] ?? -1], label],
    ]);
    expect(votes).toEqual([
      ["ann", "A", 1],
      ["ann", "B", -1],
      ["bob", "A", -1],
      ["bob", "B", 1],
    ]);
    expect(summary).toMatchObject({ answers: 4, ties: { count: 0 } });
  });

  test.each([
    ["polis.csv", "voter,comment,vote\nann,A,1\nann,B,-1\nbob,A,0\nbob,B,1\n"],
    ["words.csv", "person,statement,opinion\nann,A,Agree\nann,B,disagree\nbob,A,Pass\nbob,B,AGREE\n"],
    [
      "again.jsonl",
      '{"user":"ann","statement":"A","vote":false}\n{"user":"ann","statement":"B","vote":false}\n{"user":"ann","statement":"A","vote":true}\n{"user":"bob","statement":"B","vote":true}\n',
    ],
  ])("%s: agree against disagree, the statement as context", async (name, text) => {
    const { data } = await loadVotes(await file(name, text));
    expect(data.items.ids).toEqual(["disagree", "agree"]);
    const votes = inWords(data).map(
      (words, row) => `${words} ${data.contexts?.ids[data.context?.[row] ?? -1]}`,
    );
    expect(votes.sort()).toEqual([
      "ann: agree < disagree B",
      "ann: disagree < agree A",
      "bob: disagree < agree B",
    ]);
  });

  test("a pass can be kept as two halves", async () => {
    const path = await file("halves.csv", "user,statement,vote\nann,A,1\nann,B,pass\n".replace("1", "agree"));
    const { data, summary } = await loadVotes(path, { passes: "half" });
    expect([...data.label]).toEqual([1, -1, 1]);
    expect(Array.from(data.weight ?? [])).toEqual([1, 0.5, 0.5]);
    expect(summary).toMatchObject({ answers: 2, rightShare: 0.75, ties: { count: 1, kept: "half" } });
  });
});
