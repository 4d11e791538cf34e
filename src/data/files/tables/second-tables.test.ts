import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { DataError } from "../../../core/index.js";
import { dataFromTable } from "../../tables/data-from-table.js";
import { readItemTable } from "../../tables/item-table.js";
import { encode, failure, load } from "../fixtures/load-text.js";
import { readTable } from "./load-tables.js";

describe("a second table", () => {
  const comparisons = { name: "t.csv", bytes: encode("user,left,right,label\na,1,2,left\na,2,3,right\n") };
  const items = async (text: string): ReturnType<typeof load> => {
    const table = readItemTable(await readTable({ name: "items.csv", bytes: encode(text) }));
    return dataFromTable(await readTable(comparisons), {}, { items: table });
  };

  test("gives texts and features, in its own order, of the items that occur", async () => {
    const { data, summary } = await items(
      "id,text,f0,f1,price\n3,three,5,6,9\n9,nine,0,0,9\n1,one,1,2,9\n2,two,3,4,9\n",
    );
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
    new Uint8Array(
      parquetWriteBuffer({ columnData, codec, compressors: { GZIP: (bytes) => gzipSync(bytes) } }),
    );

  test.each(["UNCOMPRESSED", "SNAPPY", "GZIP"] as const)(
    "%s: columns are read as they are in CSV",
    async (codec) => {
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
    },
  );

  test("arrays are features", async () => {
    const bytes = write([
      { name: "user", data: ["a", "b"], type: "STRING" },
      {
        name: "left_embedding",
        data: [
          [1, 2],
          [3, 4],
        ],
        type: "JSON",
      },
      {
        name: "right_embedding",
        data: [
          [3, 4],
          [5, 6],
        ],
        type: "JSON",
      },
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
