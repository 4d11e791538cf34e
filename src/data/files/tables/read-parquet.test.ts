import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DataError } from "../../../core/index.js";
import { readParquet } from "./read-parquet.js";

test("a damaged file that makes its reader loop for ever is an error after the time limit", async () => {
  const bytes = readFileSync(new URL("../fixtures/looping.parquet", import.meta.url));
  const error: unknown = await readParquet("looping.parquet", bytes, 2000).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DataError);
  expect(String(error)).toContain(
    "looping.parquet: is not Parquet that can be read (it took longer than 2 s: it is damaged)",
  );
});
