import { parquetMetadataAsync, parquetRead, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DataError, messageOf, sha256, show } from "../../core/index.js";
import type { Cell, Table } from "./table.js";

/**
 * A table from Parquet, uncompressed or compressed by any of the usual codecs. Whole numbers beyond 2^53 become texts, times milliseconds.
 * @throws DataError for a file that is damaged, or a column of a type that is not understood
 */
export async function parseParquet(file: string, bytes: Uint8Array): Promise<Table> {
  const buffer = bytes.slice().buffer;
  const source = { byteLength: bytes.byteLength, slice: (start: number, end?: number): ArrayBuffer => buffer.slice(start, end) };
  try {
    const metadata = await parquetMetadataAsync(source);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    const rows = Number(metadata.num_rows);
    const values = columns.map((): Cell[] => []);
    await parquetRead({
      file: source,
      metadata,
      compressors,
      onChunk: ({ columnName, columnData, rowStart }) => {
        const column = values[columns.indexOf(columnName)];
        for (let i = 0; i < columnData.length; i++) column[rowStart + i] = cellOf(columnData[i]);
      },
    });
    const short = values.findIndex((column) => column.length !== rows);
    if (short >= 0) {
      throw new DataError({ file, column: columns[short] }, `has ${values[short].length} values of ${rows}: the file is damaged`);
    }
    return {
      file,
      format: "parquet",
      columns,
      rows,
      sha256: sha256(bytes),
      cell: (row, column) => values[column][row] ?? null,
      line: () => undefined,
    };
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError({ file }, `is not Parquet that can be read (${messageOf(cause)})`, { cause });
  }
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.getTime();
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value as readonly unknown[];
  if (typeof value === "object") return value;
  throw new TypeError(`a value of type ${typeof value}: ${show(value)}`);
}
