import { describe, expect, test } from "vitest";
import { InputError, randomStream } from "../../../core/index.js";
import { checkPreferenceData, type PreferenceData } from "../../preference-data.js";
import { failure, load } from "../fixtures/load-text.js";

/** "ann: tea > milk" where tea is preferred, with its context and, where there are some, its weight. */
function inWords(data: PreferenceData): string[] {
  checkPreferenceData("test", data);
  return Array.from(data.label, (label, row) => {
    const [left, right] = [data.items.ids[data.left[row]], data.items.ids[data.right[row]]];
    const context = data.context === undefined ? "" : ` in ${data.contexts?.ids[data.context[row]]}`;
    const weight = data.weight === undefined ? "" : ` (${Number(data.weight[row].toFixed(3))})`;
    return `${data.users[data.user[row]]}: ${label > 0 ? `${right} > ${left}` : `${left} > ${right}`}${context}${weight}`;
  }).sort();
}

describe("ratings are compared within a user and context", () => {
  const rated = (values: readonly (string | number)[], name = "rating"): string =>
    `user,item,${name}\n${values.map((value, i) => `${i < 3 ? "ann" : "bob"},${"xyzxy"[i]},${value}`).join("\n")}\n`;

  test("equal ratings are ties, which are counted", async () => {
    const { data, summary } = await load("t.csv", rated([5, 3, 3, 1, 2]));
    expect(inWords(data)).toEqual(["ann: x > y", "ann: x > z", "bob: y > x"]);
    expect(summary).toMatchObject({
      ...{ kind: "ratings", judgements: 2, answers: 3, ties: { count: 1, kept: "dropped" } },
      coding: "ratings from 1 to 5: the higher is preferred, equal ones are ties",
      made: "all pairs of each user's ratings in one context: 4 pairs of 2 sets of ratings",
      options: { ties: "drop", strength: "ignore", pairs: "all" },
    });
    expect(summary.notes.join()).toContain("pairs of one user's ratings in one context are not independent");
  });

  test.each([
    ["1 to 5", [5, 3, 3, 1, 2], "rating"],
    ["0 to 100", [93, 41.5, 41.5, 0, 100], "score"],
    ["-10 to 10", [10, -3, -3, -10, "0.0"], "stars"],
  ])("scales of one order give the same comparisons: %s", async (_, values, name) => {
    const { data } = await load("t.csv", rated(values, name));
    expect(inWords(data)).toEqual(["ann: x > y", "ann: x > z", "bob: y > x"]);
  });

  test("the difference can be the weight, as a part of the scale that occurs", async () => {
    const { data } = await load("t.csv", rated([5, 3, 3, 1, 2]), { strength: "weight" });
    expect(inWords(data)).toEqual(["ann: x > y (0.5)", "ann: x > z (0.5)", "bob: y > x (0.25)"]);
  });

  test("contexts part them, and of two ratings of one item the later counts", async () => {
    const text =
      "user,prompt,item,rating,time\na,p,x,5,2\na,p,y,1,1\na,q,x,1,1\na,q,y,2,1\na,p,x,0,1\nb,p,x,1,1\n";
    const { data, summary } = await load("t.csv", text);
    expect(inWords(data)).toEqual(["a: x > y in p", "a: y > x in q"]);
    expect(summary.silentUsers).toBe(1);
    expect(summary.notes.join("\n")).toMatch(/1 sets of ratings hold one item.*\n.*1 ratings are replaced/s);
  });

  test.each([
    [
      "user,item,rating\na,x,1\na,y,good\na,z,3\n",
      't.csv:3 (column rating): a rating must be a number, got "good"',
    ],
    ["user,item,rating\na,x,3\na,y,3\n", "t.csv (column rating): every rating is 3: no item is preferred"],
  ])("%j", async (text, message) => {
    expect((await failure(load("t.csv", text))).message).toContain(message);
  });
});

describe("rankings", () => {
  const expected = ["ann: x > y", "ann: x > z", "ann: y > z", "bob: y > x"];

  test.each([
    ["long.csv", "user,item,rank\nann,y,2\nann,x,1\nann,z,3\nbob,y,1\nbob,x,2\n"],
    ["from-0.csv", "user,option,position\nann,x,0\nann,y,1\nann,z,2\nbob,y,0\nbob,x,1\n"],
    ["wide.csv", "user,rank1,rank_2,Rank 3\nann,x,y,z\nbob,y,x,\n"],
    ["choices.csv", "voter,choice_1,choice_2,choice_3\nann,x,y,z\nbob,y,x,\n"],
    ["orders.csv", 'user,order\nann,"x > y > z"\nbob,y>x\n'],
    ["commas.csv", 'user,ranking\nann,"x, y, z"\nbob,"y,x"\n'],
    ["arrays.jsonl", '{"user":"ann","ballot":["x","y","z"]}\n{"user":"bob","ballot":[["y"],["x"]]}\n'],
  ])("%s", async (name, text) => {
    const { data, summary } = await load(name, text);
    expect(inWords(data)).toEqual(expected);
    expect(summary).toMatchObject({ kind: "rankings", judgements: 2, warnings: expect.any(Array) });
  });

  test("pairs of neighbours, and stages that count as one answer each", async () => {
    const text = "user,order\nann,a>b>c>d\n";
    const adjacent = await load("t.csv", text, { pairs: "adjacent" });
    expect(inWords(adjacent.data)).toEqual(["ann: a > b", "ann: b > c", "ann: c > d"]);
    expect(adjacent.summary).toMatchObject({
      options: { pairs: "adjacent" },
      made: expect.stringMatching(/^neighbours/),
    });
    const stages = await load("t.csv", text, { pairs: "stages" });
    expect(inWords(stages.data)).toEqual([
      ...["ann: a > b (0.333)", "ann: a > c (0.333)", "ann: a > d (0.333)"],
      ...["ann: b > c (0.5)", "ann: b > d (0.5)", "ann: c > d (1)"],
    ]);
  });

  test("ties: 1, 2, 2, 4 and 1, 2, 2, 3 are both right", async () => {
    for (const last of [3, 4]) {
      const { data, summary } = await load("t.csv", `user,item,rank\na,w,1\na,x,2\na,y,2\na,z,${last}\n`);
      expect(data.label.length).toBe(5);
      expect(summary.ties.count).toBe(1);
    }
  });

  test("pairs of rankings have the Borda order of the rankings", async () => {
    const rankings = ["c>a>b>d", "c>b>a>d", "a>c>d>b", "d>c>a>b", "c>d>b>a"];
    const { data } = await load(
      "t.csv",
      `user,order\n${rankings.map((order, i) => `u${i},${order}`).join("\n")}\n`,
    );
    const wins = new Map<string, number>();
    data.label.forEach((label, row) => {
      const winner = data.items.ids[label > 0 ? data.right[row] : data.left[row]];
      wins.set(winner, (wins.get(winner) ?? 0) + 1);
    });
    const borda = new Map<string, number>();
    for (const order of rankings)
      order.split(">").forEach((item, place) => borda.set(item, (borda.get(item) ?? 0) + 3 - place));
    expect(Object.fromEntries(wins)).toEqual(Object.fromEntries(borda));
  });

  test("ratings on two scales of the same order give the same comparisons", async () => {
    const rng = randomStream(1);
    const said = Array.from({ length: 8 }, () => Array.from({ length: 6 }, () => rng.integer(5)));
    const scales = [[1, 2, 3, 4, 5], [-10, -9.5, 0, 0.25, 100]]; // prettier-ignore
    const [first, second] = await Promise.all(
      scales.map((scale) => {
        const rows = said.flatMap((own, u) => own.map((rung, i) => `u${u},i${i},${scale[rung]}`));
        return load("t.csv", `user,item,rating\n${rows.join("\n")}\n`);
      }),
    );
    expect(first.data.label.length).toBeGreaterThan(60);
    expect(first.summary.ties.count).toBe(second.summary.ties.count);
    for (const part of ["user", "left", "right", "label", "judgement"] as const)
      expect(second.data[part], part).toEqual(first.data[part]);
  });

  test.each([
    ["user,item,rank\na,x,1\na,y,2\na,x,3\n", 't.csv:4 (column rank): ranks "x" twice in one ranking'],
    ["user,item,rank\na,x,1\na,y,\n", 't.csv:3 (column rank): the rank of "y" is missing'],
    [
      "user,item,rank\na,x,1\na,y,3\n",
      "t.csv:3 (column rank): rank 3 stands behind 1 item: a rank before it",
    ],
    [
      "user,item,rank\na,x,1\na,y,first\na,z,2\n",
      't.csv:3 (column rank): a rank must be a number, got "first"',
    ],
    [
      "user,rank1,rank2,rank3\na,x,,z\n",
      "t.csv:2 (column rank2): a rank is missing: rank2 is empty, rank3 is not",
    ],
    ["user,rank1,rank2\na,x,x\n", 't.csv:2: ranks "x" twice'],
    ["user,order\na,x > y > x\n", 't.csv:2: ranks "x" twice'],
    [
      "user,order\na,x > y\nb,x > > y\nc,> x\n",
      't.csv:3 (column order): must be an order such as "a > b = c", got "x > > y"',
    ],
  ])("%j", async (text, message) => {
    expect((await failure(load("t.csv", text))).message).toContain(message);
  });
});

describe("choices among three or more", () => {
  const expected = ["a: x > y", "a: x > z", "a: y > x", "a: y > z"];

  test.each([
    ["ids", "x\na,y,x,z,y"],
    ["numbers", "1\na,y,x,z,1"],
    ["names of columns", "option_1\na,y,x,z,Option 1"],
  ])("by %s", async (_, cells) => {
    const { data, summary } = await load(
      "t.csv",
      `user,option_1,option_2,option_3,choice\na,x,y,z,${cells}\n`,
    );
    expect(inWords(data)).toEqual(expected);
    expect(summary).toMatchObject({ kind: "choices", judgements: 2, answers: 4 });
  });

  test("letters name options; an empty option was not offered; a row without a choice is no answer", async () => {
    const text = "user,response_a,response_b,response_c,choice\na,x,y,z,a\na,x,y,,b\na,x,y,z,\n";
    const { data, summary } = await load("t.csv", text);
    expect(inWords(data)).toEqual(["a: x > y", "a: x > z", "a: y > x"]);
    expect(summary.unanswered).toBe(1);
  });

  test("each can count as one answer", async () => {
    const text = "user,option_1,option_2,option_3,choice\na,x,y,z,1\n";
    expect(inWords((await load("t.csv", text, { pairs: "stages" })).data)).toEqual([
      "a: x > y (0.5)",
      "a: x > z (0.5)",
    ]);
  });

  test.each([
    ["a,x,y,z,x\na,x,y,z,w", 't.csv:3 (column choice): the choice "w" is not in its set "x", "y", "z"'],
    ["a,x,y,x,x", "t.csv:2: offers one option twice"],
    ["a,2,1,3,1", "may hold the id of what was chosen, or which option was chosen: 1, 2, 3"],
  ])("%s", async (rows, message) => {
    const text = `user,option_1,option_2,option_3,choice\n${rows}\n`;
    expect((await failure(load("t.csv", text))).message).toContain(message);
  });

  test("without a column that says which, the columns are named", async () => {
    const error = await failure(load("t.csv", "user,option_1,option_2,option_3\na,x,y,z\n"));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain("no column for label");
  });
});

test("a second table gives the items of rankings, ratings and choices their texts, and names what it lacks", async () => {
  const { dataFromTable } = await import("../../tables/data-from-table.js");
  const { readItemTable } = await import("../../tables/item-table.js");
  const { readTable } = await import("./load-tables.js");
  const rows = (name: string, objects: readonly object[]): ReturnType<typeof readTable> =>
    readTable({ name, rows: objects });
  const items = readItemTable(
    await rows("items", [
      { id: "x", text: "An x" },
      { id: "y", text: "A y" },
    ]),
  );
  const tables = [
    [
      { user: "a", item: "x", rank: 1 },
      { user: "a", item: "y", rank: 2 },
    ],
    [
      { user: "a", item: "x", rating: 9 },
      { user: "a", item: "y", rating: 2 },
    ],
    [{ user: "a", order: "x > y" }],
    [{ user: "a", option_1: "y", option_2: "x", option_3: "", choice: 2 }],
  ];
  for (const objects of tables) {
    const { data } = dataFromTable(await rows("t", objects), {}, { items });
    expect(data.items.text).toEqual(["An x", "A y"]);
    expect(inWords(data)).toEqual(["a: x > y"]);
  }
  const lost = await rows("t", [
    { user: "a", order: "x > y" },
    { user: "b", order: "x > z" },
  ]);
  expect(() => dataFromTable(lost, {}, { items })).toThrow(
    't (column order): row 2: the id "z" is not in items',
  );
});
