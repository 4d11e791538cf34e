import { describe, expect, test } from "vitest";
import { failure, load } from "../fixtures/load-text.js";

const compared = (labels: readonly (string | number)[], name = "preference"): string =>
  `user,response_a,response_b,${name}\n${labels.map((label, i) => `u,x${i},y${i},${label}`).join("\n")}\n`;

describe("graded comparisons", () => {
  test.each([
    ["-10 … 10, as Tournesol", [-10, -3, 0, 6.4, 10], "-10..10", [-1, -1, 1, 1], [1, 0.3, 0.64, 1]],
    ["1 … 7", [1, 2, 4, 6, 7], "1..7", [-1, -1, 1, 1], [1, 2 / 3, 2 / 3, 1]],
    ["1 … 5", [1, 2, 3, 4, 5], "1..5", [-1, -1, 1, 1], [1, 0.5, 0.5, 1]],
  ] as const)("%s", async (...given) => {
    const [, labels, scale, expected, strengths] = given;
    const { data, summary } = await load("t.csv", compared(labels));
    expect([...data.label]).toEqual(expected);
    expect(data.weight).toBeUndefined();
    expect(summary).toMatchObject({ ties: { count: 1 }, options: { scale, strength: "ignore" } });
    const weighed = await load("t.csv", compared(labels), { strength: "weight" });
    expect(Array.from(weighed.data.weight ?? [])).toEqual(strengths.map((value) => expect.closeTo(value, 5)));
  });

  test("the direction that was guessed is a warning, and can be turned", async () => {
    const { summary } = await load("t.csv", compared([1, 4, 7]));
    expect(summary.warnings.join()).toContain("prefer left at 1 and right at 7");
    const { data, summary: turned } = await load("t.csv", compared([1, 4, 7]), { scale: [7, 1] });
    expect([...data.label]).toEqual([1, -1]);
    expect(turned.warnings.join()).not.toContain("other way round");
  });

  test("a scale can be given where values do not tell it; a grade off it is an error", async () => {
    expect([...(await load("t.csv", compared([0, 30, 100]), { scale: [0, 100] })).data.label]).toEqual([
      -1, -1, 1,
    ]);
    expect((await failure(load("t.csv", compared([0, 101]), { scale: [0, 100] }))).message).toContain(
      't.csv:3 (column preference): a grade must be a number from 0 to 100, got "101"',
    );
    expect((await failure(load("t.csv", compared([0, 30, 100])))).message).toContain(
      "scale: [1, 7] of grades",
    );
    expect((await failure(load("t.csv", compared([1]), { scale: [3, 3] }))).message).toContain(
      "two different ends",
    );
  });

  test("votes on a scale", async () => {
    const text = "user,statement,vote\na,s,1\na,t,3\nb,s,5\nb,t,4\n";
    const { data, summary } = await load("t.csv", text, { scale: [1, 5] });
    expect([...data.label]).toEqual([-1, 1, 1]);
    expect(summary.ties.count).toBe(1);
  });

  test("a column of weights counts where it is named", async () => {
    const text = "user,left,right,label,weight\na,x,y,1,2\na,y,z,-1,0.5\n";
    expect((await load("t.csv", text)).data.weight).toBeUndefined();
    const { data } = await load("t.csv", text, { columns: { weight: "weight" } });
    expect(Array.from(data.weight ?? [])).toEqual([2, 0.5]);
    expect(
      (await failure(load("t.csv", text.replace("0.5", "-1"), { columns: { weight: "weight" } }))).message,
    ).toContain("t.csv:3 (column weight): a weight must be a number >= 0");
  });
});

describe("answers in sentences", () => {
  test.each([
    [
      ["A is better", "B is better", "About the same"],
      [-1, 1],
    ],
    [
      ["Response A is much better", "response b is slightly better", "Equally good"],
      [-1, 1],
    ],
    [
      ["the left one", "I prefer the right one", "no difference"],
      [-1, 1],
    ],
  ])("%j", async (labels, expected) => {
    const { data, summary } = await load("t.csv", compared(labels));
    expect([...data.label]).toEqual(expected);
    expect(summary.ties.count).toBe(1);
  });

  test("items in columns of any name, and labels that name a column", async () => {
    const text =
      "user,Policy 1,Policy 2,choice\na,Carbon tax,Coal ban,Policy 1\na,Coal ban,Carbon tax,Policy 2\n";
    const { data, summary } = await load("t.csv", text);
    expect([...data.label]).toEqual([-1, 1]);
    expect(summary.coding).toBe("the name of the winner's column");
  });
});

describe("ids or texts", () => {
  const rows = (names: readonly string[], times: number): string =>
    `user,left,right,label\n${Array.from({ length: times }, (_, i) => `u,${names[i % names.length]},${names[(i + 1) % names.length]},${i % 2 === 0 ? "left" : "right"}`).join("\n")}\n`;
  const LABELS = ["Carbon tax", "Coal ban", "Nothing"];

  test("short labels that repeat are ids, and the summary says which and why", async () => {
    const { data, summary } = await load("t.csv", rows(LABELS, 9));
    expect(data.items).toEqual({ ids: LABELS });
    expect(summary.described.items).toBe("ids");
    expect(summary.notes.join()).toContain(
      'items such as "Carbon tax", "Coal ban" are ids, as they are short',
    );
  });

  test("the caller decides", async () => {
    const { data, summary } = await load("t.csv", rows(LABELS, 9), { texts: true });
    expect(data.items.text).toEqual(LABELS);
    expect(summary.options.texts).toBe("yes");
    expect(
      (await load("t.csv", rows(["a b c d e f g h", "i j"], 1), { texts: false })).data.items.text,
    ).toBeUndefined();
  });

  test("long ones, and those that hardly repeat, are texts", async () => {
    const long = [
      "I would rather that we taxed carbon than coal",
      "Nothing at all should be done about it now",
    ];
    expect((await load("t.csv", rows(long, 9))).data.items.text).toEqual(long);
    expect((await load("t.csv", rows(LABELS, 2))).data.items.text).toHaveLength(3);
  });
});

test("decimal commas are numbers between semicolons", async () => {
  const text = "user;left_0;left_1;right_0;right_1;label\na;0,5;1;0,25;-1,5;1\nb;0,5;1;2;0,5;-1\n";
  const { data, summary } = await load("t.csv", text);
  expect(Array.from(data.items.features ?? [])).toEqual([0.5, 1, 0.25, -1.5, 2, 0.5]);
  expect(summary.notes.join()).toContain(
    'read with a comma for the decimal point: "left_0", "right_0", "right_1"',
  );
});
