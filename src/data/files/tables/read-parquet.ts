import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { DataError } from "../../../core/index.js";
import type { Cell, Table } from "../../tables/table.js";
import { sha256Of } from "../sha256.js";

/**
 * The worker, as text so that the same runs from the sources and from `dist`. Whole numbers beyond 2^53 become texts, times milliseconds.
 * It answers with the columns' names and values, or with what is wrong.
 */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const cellOf = (value) =>
  value === undefined ? null
  : typeof value === "bigint" ? (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))
  : value instanceof Date ? value.getTime()
  : value;
(async () => {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import(workerData.hyparquet);
  const { buffer } = workerData;
  const file = { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
  const metadata = await parquetMetadataAsync(file);
  const codecs = metadata.row_groups.flatMap((group) => group.columns.map((column) => column.meta_data?.codec));
  const isPlain = codecs.every((codec) => codec === "UNCOMPRESSED" || codec === "SNAPPY"); // hyparquet reads these itself
  const { compressors } = isPlain ? {} : await import(workerData.compressors);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const values = columns.map(() => []);
  await parquetRead({ file, metadata, compressors, onChunk: ({ columnName, columnData, rowStart }) => {
    const column = values[columns.indexOf(columnName)];
    for (let i = 0; i < columnData.length; i++) column[rowStart + i] = cellOf(columnData[i]);
  } });
  parentPort.postMessage({ columns, values, rows: Number(metadata.num_rows) });
})().catch((error) => parentPort.postMessage({ problem: String(error && error.message) }));
process.on("unhandledRejection", () => undefined); // the rejection that counts is caught above
`;

interface Answer {
  readonly problem?: string;
  readonly columns: readonly string[];
  readonly values: readonly (readonly (Cell | undefined)[])[];
  readonly rows: number;
}

/** How long a file may take: far more than it needs, on a busy machine too. */
function usualTimeoutMs(bytes: number): number {
  return 30_000 + (bytes / 1e6) * 5000;
}

/**
 * A table from Parquet, uncompressed or compressed by any of the usual codecs. It is read in a worker with limits of time and memory: from a
 * damaged file hyparquet 1.31 can loop for ever, or fill the memory.
 * @param timeoutMs default: 30 s and 5 s for each megabyte
 * @throws DataError for a file that is damaged, or of a type that is not understood
 */
export async function readParquet(file: string, bytes: Uint8Array, timeoutMs?: number): Promise<Table> {
  const limitMs = timeoutMs ?? usualTimeoutMs(bytes.length);
  const answer = await inWorker(new Uint8Array(bytes).buffer, limitMs);
  const damaged = (problem: string): DataError =>
    new DataError({ file }, `is not Parquet that can be read (${problem})`);
  if (answer.problem !== undefined) throw damaged(answer.problem);
  const { columns, values, rows } = answer;
  const uneven = values.findIndex((column) => column.length !== rows);
  if (uneven >= 0)
    throw damaged(`column ${JSON.stringify(columns[uneven])} has ${values[uneven].length} values of ${rows}`);
  return {
    file,
    format: "parquet",
    columns,
    rows,
    sha256: sha256Of(bytes),
    cell: (row, column) => values[column][row] ?? null,
    line: () => undefined,
  };
}

async function inWorker(buffer: ArrayBuffer, limitMs: number): Promise<Answer> {
  const require = createRequire(import.meta.url);
  const urlOf = (name: string): string => pathToFileURL(require.resolve(name)).href;
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: { buffer, hyparquet: urlOf("hyparquet"), compressors: urlOf("hyparquet-compressors") },
    resourceLimits: { maxOldGenerationSizeMb: Math.max(1024, Math.ceil((buffer.byteLength / 1e6) * 50)) },
  });
  const failed = (problem: string): Answer => ({ problem, columns: [], values: [], rows: 0 });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer>((resolve) => {
      timer = setTimeout(
        () => resolve(failed(`it took longer than ${limitMs / 1000} s: it is damaged`)),
        limitMs,
      );
      worker.once("message", resolve);
      worker.once("error", (error) => resolve(failed(error.message)));
      worker.once("exit", (code) => resolve(failed(`its reader ended with code ${code}`)));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
