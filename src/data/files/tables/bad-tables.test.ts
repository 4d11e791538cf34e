import { describe, expect, test } from "vitest";
import { DataError, InputError } from "../../../core/index.js";
import { encode, failure, load } from "../fixtures/load-text.js";

describe("a file that cannot be right is an error that says where", () => {
  test.each([
    ["empty", "", "t.csv: is empty"],
    ["a header alone", "user,left,right,label\n", "t.csv: has a header but no rows"],
    ["a ragged row", "user,left,right,label\na,x,y,1\nb,x,y\n", "t.csv:3: has 3 fields, the header has 4"],
    [
      "a ragged row after a field of two lines",
      'user,left,right,label\na,"x\nx",y,1\nb,x\n',
      "t.csv:4: has 2 fields",
    ],
    [
      "a file cut off in a quote",
      'user,left,right,label\na,x,y,1\nb,"x',
      "t.csv:3: quoted field unterminated",
    ],
    ["an empty user", "user,left,right,label\na,x,y,1\n ,x,y,-1\n", "t.csv:3 (column user): must be a text"],
    ["an empty item", "user,left,right,label\na,,y,1\nb,x,y,-1\n", "t.csv:2 (column left): must be a text"],
    ["zero bytes", "user,left\u0000,right,label\na,x,y,1\n", "t.csv:1: holds a zero byte"],
    ["no answers at all", "user,left,right,label\na,x,y,\n", 'column "label" holds no value at all'],
    [
      "ties alone",
      "user,left,right,label\na,x,y,tie\n",
      "has nothing to learn from: 1 rows, of which 0 without",
    ],
    [
      "ratings that are words",
      "user,item,rating\na,x,good\na,y,bad\n",
      't.csv:2 (column rating): a rating must be a number, got "good"',
    ],
    ["an item with itself alone", "user,left,right,label\na,x,x,left\n", "1 of an item with itself"],
  ])("%s", async (_, text, message) => {
    const error = await failure(load("t.csv", text));
    expect(error.message).toContain(message);
    expect(error instanceof DataError || error instanceof InputError).toBe(true);
  });

  test.each([
    ["UTF-16, little end first", Uint8Array.of(0xff, 0xfe, 0x75, 0x00), "is UTF-16; save it as UTF-8"],
    ["UTF-16, big end first", Uint8Array.of(0xfe, 0xff, 0x00, 0x75), "is UTF-16"],
    [
      "Latin-1",
      Uint8Array.from([...encode("user,left,right,label\na,x,y,1\nb,caf"), 0xe9, ...encode(",y,-1\n")]),
      "t.csv:3: is not UTF-8",
    ],
  ])("%s", async (_, bytes, message) => {
    const error = await failure(load("t.csv", bytes));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain(message);
  });

  test.each([
    ['{"user":"a"}\n{"user":', "t.jsonl:2: is not JSON"],
    ['{"user":"a"}\n\n[1]\n', "t.jsonl:3: must be a JSON object"],
    ["\n\n", "t.jsonl: has no rows"],
    [
      '{"user":{"id":1},"left":"x","right":"y","label":1}',
      't.jsonl:1 (column user): must be a text or a number, got "{\\"id',
    ],
    ['{"user":"a","left":"x","right":"y","label":[1]}', "t.jsonl:1 (column label): must be a text, a number"],
    [
      '{"user":"a","left_features":[1,2],"right_features":[1,2],"label":"left"}\n{"user":"a","left_features":[1,2],"right_features":[1],"label":"left"}',
      "t.jsonl:2 (column right_features): has 1 features, the rows before have 2",
    ],
    [
      '{"user":"a","left_features":[1,null],"right_features":[1,2],"label":"left"}',
      "t.jsonl:1 (column left_features): a feature must be a finite number, got null",
    ],
    [
      '{"user":"a","left_features":[1,1e300],"right_features":[1,2],"label":"left"}',
      "a feature must be a finite number, got 1e+300",
    ],
  ])("%s", async (text, message) => {
    expect((await failure(load("t.jsonl", text))).message).toContain(message);
  });

  test("another ending", async () => {
    expect((await failure(load("t.xlsx", "x"))).message).toContain("a table ends in .csv");
  });
});

describe("columns that are missing or ambiguous", () => {
  test.each([
    [
      "no user",
      "left,right,label\nx,y,1\n",
      'no column for user; its columns are "left", "right", "label"; understood are names like user, worker',
    ],
    ["no label", "user,left,right\na,x,y\n", "no column for label"],
    [
      "neither kind",
      "a1,b2\n1,2\n",
      "is neither comparisons (columns like user, left, right, label) nor votes",
    ],
    [
      "two users",
      "worker,annotator,left,right,label\na,b,x,y,1\n",
      'the user may be "worker" or "annotator"; name it: columns: { user: "worker" }',
    ],
    [
      "two pairs",
      "user,response_a,response_b,model_a,model_b,label\na,x,y,m,n,1\n",
      'several pairs of columns may be the items: "response_a" and "response_b"; "model_a" and "model_b"; name them',
    ],
    ["a gap in features", "user,left_0,left_2,right_0,right_2,label\na,1,2,3,4,1\n", "without a gap"],
    ["one name twice", "user,user,left,right,label\na,b,x,y,1\n", 'the user may be "user" or "user"'],
  ])("%s", async (_, text, message) => {
    const error = await failure(load("t.csv", text));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(message);
  });

  test("given names that are not there, or one column for two", async () => {
    const text = "who,x,y,best\na,1,2,left\nb,1,2,right\n";
    const columns = { user: "who", left: "x", right: "y", label: "best" };
    const { data, summary } = await load("t.csv", text, { columns });
    expect(data.label).toEqual(Int8Array.of(-1, 1));
    expect(summary.columns).toEqual({ names: columns, guessed: [], ignored: [] });
    expect((await failure(load("t.csv", text, { columns: { ...columns, user: "whom" } }))).message).toContain(
      'columns.user: there is no column "whom"; its columns are "who", "x", "y", "best"',
    );
    expect((await failure(load("t.csv", text, { columns: { ...columns, user: "x" } }))).message).toContain(
      "same column",
    );
  });
});

describe("labels", () => {
  const withLabels = (labels: readonly (string | number)[]): string =>
    `user,left,right,label\n${labels.map((label, i) => `u,i${i},j${i},${label}`).join("\n")}\n`;
  const read = async (labels: readonly (string | number)[]): Promise<number[]> => [
    ...(await load("t.csv", withLabels(labels))).data.label,
  ];

  test.each([
    [
      [-1, 1, 1],
      [-1, 1, 1],
    ],
    [
      [-1, "+1", 0],
      [-1, 1],
    ],
    [
      [0, 1, "1.0"],
      [-1, 1, 1],
    ],
    [
      [0, 0.5, 1],
      [-1, 1],
    ],
    [
      [1, 2, 2],
      [-1, 1, 1],
    ],
    [
      ["left", "RIGHT", "tie"],
      [-1, 1],
    ],
    [
      ["A", "b"],
      [-1, 1],
    ],
    [
      ["model_a", "model_b", "tie (bothbad)"],
      [-1, 1],
    ],
    [
      ["option 1", "option_2"],
      [-1, 1],
    ],
    [
      ["i0", "j1", "i2", "tie"],
      [-1, 1, -1],
    ],
    [
      ["left", "", "right"],
      [-1, 1],
    ],
  ])("%j are read as %j", async (labels, expected) => {
    expect(await read(labels)).toEqual(expected);
  });

  test.each([
    [[1, 1]],
    [[0, 0]],
    [[0, 1, 2]],
    [[3, 4]],
    [["left", "yes"]],
    [[1, "left"]],
    [["i0", "elsewhere"]],
    [[0.3, 0.7]],
  ])("%j are of no known coding, and the known are listed", async (labels) => {
    const error = await failure(read(labels));
    expect(error).toBeInstanceOf(InputError);
    for (const part of [
      "no known coding",
      "-1 left, +1 right, 0 tie",
      "the winner's id",
      'labels: { left: ["…"]',
    ]) {
      expect(error.message).toContain(part);
    }
  });

  test("labels that are items' ids and codes of another meaning are ambiguous", async () => {
    const text = "user,left,right,label\na,2,1,1\na,1,2,2\n";
    expect((await failure(load("t.csv", text))).message).toContain(
      `it may be "the winner's id" or "1 left, 2 right"; labels: { left`,
    );
    // where both say the same there is nothing to decide
    expect([...(await load("t.csv", "user,left,right,label\na,1,2,1\na,1,2,2\n")).data.label]).toEqual([
      -1, 1,
    ]);
  });
});

describe("what is odd but can be used is a plain warning", () => {
  test.each([
    ["one user", "user,left,right,label\na,x,y,1\na,y,z,-1\n", "there is one user only"],
    ["one pair", "user,left,right,label\na,x,y,1\nb,x,y,-1\n", "there are two items only"],
    ["one statement", "user,statement,vote\na,s,1\nb,s,-1\n", "there is one statement only"],
    [
      "one answer",
      "user,left,right,label\na,x,y,left\nb,y,z,left\n",
      "all answers are the same (the left item)",
    ],
    ["all agree", "user,statement,vote\na,s,1\nb,t,1\n", "all answers are the same (agree)"],
    [
      "two groups",
      "user,country,left,right,label\na,fr,x,y,1\na,de,y,z,-1\n",
      "1 users have more than one group",
    ],
  ])("%s", async (_, text, warning) => {
    const { summary } = await load("t.csv", text);
    expect(summary.warnings.join("\n")).toContain(warning);
  });

  test("numbers and texts in one column are one id", async () => {
    const rows = [
      { user: 1, left: "x", right: "y", label: "left" },
      { user: "1", left: "y", right: "z", label: "right" },
    ];
    const { data, summary } = await load("t.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
    expect(data.users).toEqual(["1"]);
    expect(summary.warnings).toContain(
      'column "user" mixes types (number, string); 1 and "1" are taken for the same',
    );
  });
});
