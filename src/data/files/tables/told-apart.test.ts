import { describe, expect, test } from "vitest";
import { encode, failure, load } from "../fixtures/load-text.js";
import { dataFromTable } from "../../tables/data-from-table.js";
import { readItemTable } from "../../tables/item-table.js";
import { readTable } from "./load-tables.js";

describe("a summary says what was done with rows", () => {
  const three = "user,left,right,label\na,x,y,left\na,y,z,tie\na,x,z,right\nb,x,y,left\n";

  test("ties of comparisons are ties, those of votes are passes", async () => {
    const ties = "user,left,right,label\na,x,y,tie\n";
    expect((await failure(load("t.csv", ties))).message).toContain("1 ties");
    const passes = "user,statement,vote\na,s,pass\nb,s,pass\n";
    expect((await failure(load("t.csv", passes))).message).toContain("2 passes");
  });

  test("users of few answers are kept, unless a least number is asked for", async () => {
    const { summary } = await load("t.csv", three);
    expect(summary.fewAnswers).toMatchObject({ kept: "all" });
    const { data, summary: fewer } = await load("t.csv", three, { minimumPerUser: 2 });
    expect(fewer.fewAnswers).toMatchObject({ kept: "dropped" });
    expect(data.users).toEqual(["a"]);
  });

  test("the place of an item in a pair of one judgement is drawn, and that is said", async () => {
    const ratings = "user,item,rating\na,x,1\na,y,3\na,z,5\nb,x,5\nb,y,2\n";
    const { summary } = await load("t.csv", ratings);
    expect(summary.notes.join("\n")).toContain("which item of a pair stands left was drawn by lot (seed 0)");
  });
});

describe("ratings given again", () => {
  const again = (times: readonly [number, number]): string =>
    `user,item,rating,timestamp\na,x,1,${times[0]}\na,y,3,5\na,x,5,${times[1]}\n`;
  const isXBetter = async (text: string): Promise<boolean> => {
    const { data } = await load("t.csv", text);
    const winner = data.label[0] > 0 ? data.right[0] : data.left[0];
    return data.items.ids[winner] === "x";
  };

  test("the later counts, whichever row it is in; of the same time the one further down", async () => {
    expect(await isXBetter(again([1, 2]))).toBe(true);
    expect(await isXBetter(again([2, 1]))).toBe(false);
    expect(await isXBetter(again([2, 2]))).toBe(true);
  });
});

describe("a table of items", () => {
  const comparisons = { name: "t.csv", bytes: encode("user,left,right,label\na,1,2,left\na,2,3,right\n") };
  const items = async (text: string, names: Parameters<typeof readItemTable>[1]): ReturnType<typeof load> => {
    const table = readItemTable(await readTable({ name: "items.csv", bytes: encode(text) }), names);
    return dataFromTable(await readTable(comparisons), {}, { items: table });
  };

  test("a feature that is neither a number nor one of few words is refused by its name", async () => {
    const words = Array.from({ length: 40 }, (_, i) => `${i + 1},word${i},${i}`).join("\n");
    const error = await failure(items(`id,tag,size\n${words}\n`, { features: ["tag", "size"] }));
    expect(error.message).toContain('items.csv: column "tag" cannot be a feature: it must hold a number');
  });

  test("a column of words becomes features with their values in the items' rows", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i + 1},${i === 2 ? "b" : "ab"[i % 2]},${10 * i}`);
    const text = `id,kind,size\n${rows.reverse().join("\n")}\n`;
    const { data } = await items(text, { features: ["kind", "size"] });
    const features = data.items.features as Float32Array;
    const row = (id: string): number[] => {
      const [at, d] = [data.items.ids.indexOf(id), features.length / 3];
      return [...features.slice(at * d, (at + 1) * d)];
    };
    expect(row("1").slice(0, -1)).not.toEqual(row("2").slice(0, -1));
    expect(row("2").slice(0, -1)).toEqual(row("3").slice(0, -1));
    expect(row("1").at(-1)).toBeLessThan(row("2").at(-1) as number);
    expect(row("2").at(-1)).toBeLessThan(row("3").at(-1) as number);
  });
});

describe("a table of contexts", () => {
  test("without a column of contexts is refused, and how to name one is said", async () => {
    const known = readItemTable(await readTable({ name: "topics.csv", bytes: encode("id,f0\np,1\n") }));
    const answers = await readTable({ name: "t.csv", bytes: encode("user,left,right,label\na,x,y,left\n") });
    expect(() => dataFromTable(answers, {}, { contexts: known })).toThrow(
      /a table of contexts is given, but t\.csv has no context column.*name it: /s,
    );
  });
});

describe("rows that are held out", () => {
  const table = (marks: readonly string[]): string =>
    `user,left,right,label,part\n${marks.map((mark) => `a,x,y,left,${mark}\n`).join("")}`;
  const options = { columns: { heldOut: "part" } };

  test("are marked by 1 and 0, or by true and false", async () => {
    expect([...((await load("t.csv", table(["1", "0"]), options)).data.heldOut ?? [])]).toEqual([1, 0]);
    const json = [true, false].map((part) =>
      JSON.stringify({ user: "a", left: "x", right: "y", label: "left", part }),
    );
    expect([...((await load("t.jsonl", json.join("\n"), options)).data.heldOut ?? [])]).toEqual([1, 0]);
  });

  test.each(["2", "", "test"])("another mark, %j, is refused where it stands", async (mark) => {
    expect((await failure(load("t.csv", table(["1", mark]), options))).message).toContain(
      "t.csv:3 (column part): must be 1 (held out) or 0 (learned from)",
    );
  });
});

describe("PrefLib's incomplete orders", () => {
  const header = (lines: string): string =>
    `# FILE NAME: t\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 1\n# NUMBER UNIQUE ORDERS: 1\n` +
    `# ALTERNATIVE NAME 1: x\n# ALTERNATIVE NAME 2: y\n# ALTERNATIVE NAME 3: z\n${lines}`;

  test.each(["soc", "toc"])(".%s is complete, and what is not ranked is named", async (ending) => {
    const error = await failure(load(`t.${ending}`, header("1: 1,2\n")));
    expect(error.message).toContain(`.${ending} holds complete orders, but "z" is not ranked`);
  });

  test("the other endings may leave some out", async () => {
    expect((await load("t.soi", header("1: 1,2\n"))).data.label).toHaveLength(1);
  });

  test("a count of the header that is not the file's names the file", async () => {
    const error = await failure(load("t.soc", header("2: 1,2,3\n")));
    expect(error.message).toMatch(/^t\.soc: its header states 1 .*, but there are 2/);
  });
});

describe("what programs write around a table", () => {
  test("a separator that is stated is not part of the table, with or without a mark of bytes before it", async () => {
    const rows = "sep=;\nuser;left;right;label\na;x,1;y;left\n";
    for (const text of [rows, `\uFEFF${rows}`]) {
      const { data } = await load("t.csv", text);
      expect(data.items.ids).toEqual(["x,1", "y"]);
    }
  });

  test("a winner named by its column, however the words are joined", async () => {
    const text = "user,policy__one,policy_two,winner\na,x,y,Policy One\nb,x,y,policy-two\n";
    const { data } = await load("t.csv", text, {
      columns: { left: "policy__one", right: "policy_two", label: "winner" },
    });
    expect([...data.label]).toEqual([-1, 1]);
  });
});

describe("one column of features", () => {
  test("an element that is no number is named by its column", async () => {
    const rows = [
      { user: "a", left: "x", right: "y", label: "left", left_features: [1, 2], right_features: [2, 1] },
      { user: "a", left: "y", right: "x", label: "left", left_features: [2, "q"], right_features: [1, 2] },
    ];
    const text = rows.map((row) => JSON.stringify(row)).join("\n");
    expect((await failure(load("t.jsonl", text))).message).toContain(
      't.jsonl:2 (column left_features): a feature must be a finite number, got "q"',
    );
  });
});
