import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { DataError, InputError } from "../../core/index.js";
import type { LoadedTable } from "../tables/assemble.js";
import { dataFromTable, type TableDataOptions } from "../tables/data-from-table.js";
import { readItemTable } from "../tables/item-table.js";
import { readTable } from "./load-tables.js";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function load(name: string, content: string | Uint8Array, options?: TableDataOptions): Promise<LoadedTable> {
  const bytes = typeof content === "string" ? encode(content) : content;
  return dataFromTable(await readTable({ name, bytes }), options);
}

const failure = async (work: Promise<unknown>): Promise<Error> => {
  const error: unknown = await work.then(
    () => new Error("it passed"),
    (thrown: unknown) => thrown,
  );
  return error as Error;
};

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
    ["a file cut off in a quote", 'user,left,right,label\na,x,y,1\nb,"x', "t.csv:3: quoted field unterminated"],
    ["an empty user", "user,left,right,label\na,x,y,1\n ,x,y,-1\n", "t.csv:3 (column user): must be a text"],
    ["an empty item", "user,left,right,label\na,,y,1\nb,x,y,-1\n", "t.csv:2 (column left): must be a text"],
    ["zero bytes", "user,left\u0000,right,label\na,x,y,1\n", "t.csv:1: holds a zero byte"],
    ["no answers at all", "user,left,right,label\na,x,y,\n", 'column "label" holds no value at all'],
    ["ties alone", "user,left,right,label\na,x,y,tie\n", "has nothing to learn from: 1 rows, of which 0 without"],
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
    ['{"user":{"id":1},"left":"x","right":"y","label":1}', 't.jsonl:1 (column user): must be a text or a number, got "{\\"id'],
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
    ["no user", "left,right,label\nx,y,1\n", 'no column for user; its columns are "left", "right", "label"; understood are names like user, worker'],
    ["no label", "user,left,right\na,x,y\n", "no column for label"],
    ["neither kind", "a1,b2\n1,2\n", 'is neither comparisons (columns like user, left, right, label) nor votes'],
    ["two users", "worker,annotator,left,right,label\na,b,x,y,1\n", 'the user may be "worker" or "annotator"; name it: columns: { user: "worker" }'],
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
    expect((await failure(load("t.csv", text, { columns: { ...columns, user: "x" } }))).message).toContain("same column");
  });
});

describe("labels", () => {
  const withLabels = (labels: readonly (string | number)[]): string =>
    `user,left,right,label\n${labels.map((label, i) => `u,i${i},j${i},${label}`).join("\n")}\n`;
  const read = async (labels: readonly (string | number)[]): Promise<number[]> => [
    ...(await load("t.csv", withLabels(labels))).data.label,
  ];

  test.each([
    [[-1, 1, 1], [-1, 1, 1]],
    [[-1, "+1", 0], [-1, 1]],
    [[0, 1, "1.0"], [-1, 1, 1]],
    [[0, 0.5, 1], [-1, 1]],
    [[1, 2, 2], [-1, 1, 1]],
    [["left", "RIGHT", "tie"], [-1, 1]],
    [["A", "b"], [-1, 1]],
    [["model_a", "model_b", "tie (bothbad)"], [-1, 1]],
    [["option 1", "option_2"], [-1, 1]],
    [["i0", "j1", "i2", "tie"], [-1, 1, -1]],
    [["left", "", "right"], [-1, 1]],
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
    for (const part of ["no known coding", "-1 left, +1 right, 0 tie", "the winner's id", 'labels: { left: ["…"]']) {
      expect(error.message).toContain(part);
    }
  });

  test("labels that are items' ids and codes of another meaning are ambiguous", async () => {
    const text = "user,left,right,label\na,2,1,1\na,1,2,2\n";
    expect((await failure(load("t.csv", text))).message).toContain(
      `it may be "the winner's id" or "1 left, 2 right"; labels: { left`,
    );
    // where both say the same there is nothing to decide
    expect([...(await load("t.csv", "user,left,right,label\na,1,2,1\na,1,2,2\n")).data.label]).toEqual([-1, 1]);
  });
});

describe("what is odd but can be used is a plain warning", () => {
  test.each([
    ["one user", "user,left,right,label\na,x,y,1\na,y,z,-1\n", "there is one user only"],
    ["one pair", "user,left,right,label\na,x,y,1\nb,x,y,-1\n", "there are two items only"],
    ["one statement", "user,statement,vote\na,s,1\nb,s,-1\n", "there is one statement only"],
    ["one answer", "user,left,right,label\na,x,y,left\nb,y,z,left\n", "all answers are the same (the left item)"],
    ["all agree", "user,statement,vote\na,s,1\nb,t,1\n", "all answers are the same (agree)"],
    ["two groups", "user,country,left,right,label\na,fr,x,y,1\na,de,y,z,-1\n", "1 users have more than one group"],
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
    expect(summary.warnings).toContain('column "user" mixes types (number, string); 1 and "1" are taken for the same');
  });
});

describe("a second table", () => {
  const comparisons = { name: "t.csv", bytes: encode("user,left,right,label\na,1,2,left\na,2,3,right\n") };
  const items = async (text: string): ReturnType<typeof load> => {
    const table = readItemTable(await readTable({ name: "items.csv", bytes: encode(text) }));
    return dataFromTable(await readTable(comparisons), {}, { items: table });
  };

  test("gives texts and features, in its own order, of the items that occur", async () => {
    const { data, summary } = await items("id,text,f0,f1,price\n3,three,5,6,9\n9,nine,0,0,9\n1,one,1,2,9\n2,two,3,4,9\n");
    expect(data.items).toEqual({
      ids: ["3", "1", "2"],
      text: ["three", "one", "two"],
      features: Float32Array.of(5, 6, 1, 2, 3, 4),
    });
    expect([...data.left, ...data.right]).toEqual([1, 2, 2, 0]);
    expect(summary.notes).toEqual(["columns of items.csv that are not used: price"]);
  });

  test.each([
    ["id,text\n1,one\n2,two\n", 't.csv:3 (column right): the id "3" is not in items.csv'],
    ["id,text\n1,one\n1,uno\n", 'items.csv:3 (column id): the id "1" is there twice'],
    ["id,f0\n1,2\n2,x\n", 'items.csv:3 (column f0): a feature must be a finite number, got "x"'],
    ["code,text\n1,one\n", "items.csv: no column for id"],
  ])("%j", async (text, message) => {
    expect((await failure(items(text))).message).toContain(message);
  });
});

describe("Parquet", () => {
  type Columns = Parameters<typeof parquetWriteBuffer>[0];
  const write = (columnData: Columns["columnData"], codec: Columns["codec"] = "SNAPPY"): Uint8Array =>
    new Uint8Array(parquetWriteBuffer({ columnData, codec, compressors: { GZIP: (bytes) => gzipSync(bytes) } }));

  test.each(["UNCOMPRESSED", "SNAPPY", "GZIP"] as const)("%s: columns are read as they are in CSV", async (codec) => {
    const columns: Columns["columnData"] = [
      { name: "user", data: [1n, 2n, 1n], type: "INT64" },
      { name: "left", data: ["x", "y", "x"], type: "STRING" },
      { name: "right", data: ["y", "z", "z"], type: "STRING" },
      { name: "label", data: [1, -1, 1], type: "INT32" },
      { name: "time", data: [0.5, 1.5, 2.5], type: "DOUBLE" },
    ];
    const bytes = write(columns, codec);
    const { data } = await load("t.parquet", bytes);
    const csv = await load("t.csv", "user,left,right,label,time\n1,x,y,1,0.5\n2,y,z,-1,1.5\n1,x,z,1,2.5\n");
    expect({ ...data, source: undefined }).toEqual({ ...csv.data, source: undefined });
  });

  test("arrays are features", async () => {
    const bytes = write([
      { name: "user", data: ["a", "b"], type: "STRING" },
      { name: "left_embedding", data: [[1, 2], [3, 4]], type: "JSON" },
      { name: "right_embedding", data: [[3, 4], [5, 6]], type: "JSON" },
      { name: "label", data: ["left", "right"], type: "STRING" },
    ]);
    const { data } = await load("t.parquet", bytes);
    expect(data.items.features).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect([...data.left, ...data.right]).toEqual([0, 1, 1, 2]);
  });

  test("a column of objects as ids, and a file that is cut off, say so", async () => {
    const bytes = write([
      { name: "user", data: [{ id: 1 }, { id: 2 }], type: "JSON" },
      { name: "left", data: ["x", "y"], type: "STRING" },
      { name: "right", data: ["y", "x"], type: "STRING" },
      { name: "label", data: ["left", "right"], type: "STRING" },
    ]);
    expect((await failure(load("t.parquet", bytes))).message).toContain(
      "t.parquet (column user): row 1: must be a text or a number",
    );
    const cut = await failure(load("t.parquet", bytes.subarray(0, bytes.length - 9)));
    expect(cut).toBeInstanceOf(DataError);
    expect(cut.message).toContain("t.parquet: is not Parquet that can be read");
  });
});
