import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, describe, expect, test } from "vitest";
import { loadEngine, type Engine } from "../../engine/index.js";
import { ownDataAnswers, partOf } from "./answers.js";
import type { OwnDataReport, OwnFile } from "./calls.js";
import { exampleFile } from "./example.js";
import { MOST_ANSWERS, tooLarge } from "./limits.js";
import { readOwn } from "./read-own.js";

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const file = (name: string, text: string): OwnFile => ({ name, bytes: new TextEncoder().encode(text) });

async function report(files: readonly OwnFile[], onTurn?: () => void): Promise<OwnDataReport> {
  const tools = {
    engine,
    trained: () => undefined,
    progress: () => undefined,
    turn: () => {
      onTurn?.();
      return Promise.resolve();
    },
  };
  return ownDataAnswers["own-data/report"]({ files }, tools);
}

const HOSTILE = `<img src=x onerror=alert(1)><script>alert(2)</script>`;

/** Two kinds of people vote on six statements; one statement and every user's name are as given. */
function votes({ users = 16, statement = "s0", name = "u" } = {}): string {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: users }, (_, u) =>
    Array.from({ length: 6 }, (_, s) => {
      const vote = (u + s) % 2 === 0 || (u * 7 + s * 3) % 5 === 0 ? "agree" : "disagree";
      return `${quote(`${name}${u}`)},${quote(s === 0 ? statement : `s${s}`)},${vote}\n`;
    }).join(""),
  );
  return `user,statement,vote\n${rows.join("")}`;
}

describe("a file gives a report", () => {
  test("in sentences, with figures that are to be drawn; markup and long names stay texts, and nothing is a script", async () => {
    let turns = 0;
    const files = [file("hostile.csv", votes({ statement: HOSTILE, name: "x".repeat(10_000) }))];
    const found = await report(files, () => turns++);
    expect(found.findings.length).toBeGreaterThan(3);
    expect(found.summary).toContain("hostile.csv");
    expect(found.page).not.toMatch(/<script|<img src=x/i);
    expect(found.page).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(found.figures.length).toBeGreaterThan(2);
    for (const { id, specification } of found.figures) {
      expect(found.page).toContain(`id="${id}"`);
      expect(Object.keys(JSON.parse(specification) as object)).toEqual(["data", "layout"]);
    }
    // others get a turn while it computes
    expect(turns).toBeGreaterThan(20);
  });

  test("the example is a table that is read, of two kinds of people", async () => {
    const example = exampleFile();
    const bytes = new Uint8Array(await example.arrayBuffer());
    const { data } = await readOwn([{ name: example.name, bytes }]);
    expect([data.users.length, data.label.length, data.contexts?.ids.length]).toEqual([60, 600, 10]);
  });
});

describe("files that belong together", () => {
  test("a Polis export", async () => {
    const cast = "timestamp,datetime,comment-id,voter-id,vote\n";
    const rows = [0, 1, 2, 3].flatMap((voter) =>
      [0, 1].map((c) => `1,now,${c},${voter},${(voter + c) % 2 === 0 ? 1 : -1}\n`),
    );
    const comments =
      "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,now,0,0,2,2,1,More trees\n1,now,1,0,2,2,1,Fewer cars\n";
    const { data } = await readOwn([
      file("2025-votes.csv", cast + rows.join("")),
      file("2025-comments.csv", comments),
    ]);
    expect(data.contexts?.text).toEqual(["More trees", "Fewer cars"]);
    expect(data.users).toHaveLength(4);
    expect(data.source.name).toBe("Polis conversation 2025");
  });

  test("comparisons with the texts of their items", async () => {
    const { data } = await readOwn([
      file("items.csv", "id,text\na,Apple\nb,Pear\n"),
      file("answers.csv", "user,left,right,label\nx,a,b,left\ny,b,a,left\n"),
    ]);
    expect(data.items.text).toEqual(["Apple", "Pear"]);
  });

  test("Parquet, which says where it is damaged", async () => {
    const columnData = [
      { name: "user", data: ["x", "y"], type: "STRING" as const },
      { name: "left", data: ["a", "b"], type: "STRING" as const },
      { name: "right", data: ["b", "a"], type: "STRING" as const },
      { name: "label", data: [1, -1], type: "INT32" as const },
    ];
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, codec: "SNAPPY" }));
    const { data } = await readOwn([{ name: "t.parquet", bytes }]);
    expect(data.label).toEqual(Int8Array.of(1, -1));
    await expect(readOwn([{ name: "t.parquet", bytes: bytes.slice(0, 60) }])).rejects.toThrow(
      "t.parquet: is not Parquet that can be read",
    );
  });
});

describe("what cannot be read is refused in words", () => {
  test.each([
    ["no table", [file("cat.csv", "\u0000\u0001 not a table")], "cat.csv"],
    ["another ending", [file("cat.png", "x")], "a table ends in .csv"],
    ["nothing", [], "no file was given"],
    [
      "two tables",
      [file("a.csv", votes()), file("b.csv", votes())],
      "2 tables of answers were given (a.csv, b.csv)",
    ],
    ["items alone", [file("items.csv", "id,text\na,A\n")], "give the table of answers with them"],
    [
      "two conversations",
      [file("a-votes.csv", ""), file("b-comments.csv", "")],
      "these files are not of one Polis conversation",
    ],
  ])("%s", async (_, files, message) => {
    await expect(report(files)).rejects.toThrow(message);
  });

  test("too large, and how large it may be", () => {
    expect(tooLarge([{ name: "a.csv", size: 49e6 }])).toBeUndefined();
    expect(tooLarge([{ name: "a.csv", size: 120e6 }])).toBe(
      "a.csv has 120 MB: this page reads up to 50 MB. The command line reads more: pal-lab explore FILE",
    );
    expect(tooLarge([{ name: `${"x".repeat(10_000)}.csv`, size: 120e6 }])?.length).toBeLessThan(300);
  });
});

test("of many answers those of some users are looked at, and which is said", async () => {
  const { data: all } = await readOwn([file("many.csv", votes({ users: 3000 }))]);
  const { data, sample } = partOf(all);
  expect(data.label.length).toBeLessThanOrEqual(MOST_ANSWERS);
  expect(data.label.length).toBeGreaterThan(0.9 * MOST_ANSWERS);
  expect(sample).toContain(
    `${data.users.length} of 3000 users, drawn at random (seed 1), with ${data.label.length} of 18000 answers`,
  );
  const few = await readOwn([file("few.csv", votes())]);
  expect(partOf(few.data)).toEqual({ data: few.data });
});
