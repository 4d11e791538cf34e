import { DataError, messageOf, sha256 } from "../../../core/index.js";
import type { Cell, Table } from "../table.js";

/**
 * A table from Parquet, as a browser reads it. Whole numbers beyond 2^53 become texts, times milliseconds. A damaged file can keep its reader busy for
 * ever: in Node `readParquet` watches over that, in a page whoever ends the worker.
 * @throws DataError for a file that is damaged, or of a type that is not understood
 */
export async function parseParquet(file: string, bytes: Uint8Array): Promise<Table> {
  const { columns, values, rows } = await read(bytes).catch((thrown: unknown) => {
    throw new DataError({ file }, `is not Parquet that can be read (${messageOf(thrown)})`, {
      cause: thrown,
    });
  });
  const uneven = values.findIndex((column) => column.length !== rows);
  if (uneven >= 0)
    throw new DataError(
      { file },
      `is not Parquet that can be read (column ${JSON.stringify(columns[uneven])} has ${values[uneven].length} values of ${rows})`,
    );
  return {
    ...{ file, format: "parquet", columns, rows, sha256: sha256(bytes) },
    cell: (row, column) => values[column][row] ?? null,
    line: () => undefined,
  };
}

async function read(bytes: Uint8Array): Promise<{
  readonly columns: readonly string[];
  readonly values: readonly Cell[][];
  readonly rows: number;
}> {
  const [{ parquetMetadataAsync, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const file = new Uint8Array(bytes).buffer;
  const metadata = await parquetMetadataAsync(file);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const values: Cell[][] = columns.map(() => []);
  await parquetRead({
    ...{ file, metadata, compressors },
    onChunk({ columnName, columnData, rowStart }) {
      const column = values[columns.indexOf(columnName)];
      for (let i = 0; i < columnData.length; i++) column[rowStart + i] = cellOf(columnData[i]);
    },
  });
  return { columns, values, rows: Number(metadata.num_rows) };
}

function cellOf(value: unknown): Cell {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.getTime();
  return (value ?? null) as Cell;
}
