import { checkBytes, checkObject, checkRows, InputError, sha256, stableJson } from "../../../core/index.js";
import { parseCsv } from "./csv.js";
import { decodeText } from "./decode-text.js";
import { parseJsonl, tableOfObjects } from "./jsonl.js";
import { parsePreflib, PREFLIB_ENDINGS } from "./preflib.js";
import type { Table } from "../table.js";

/** The bytes of a table file; the name's ending says how to read them: .csv, .tsv, .txt, .jsonl, .ndjson, .parquet, or PrefLib's .soc, .soi, .toc, .toi or .cat. */
export interface TableBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A table that is in memory already: one object a row. */
export interface TableObjects {
  readonly name: string;
  readonly rows: readonly object[];
}

/**
 * Reads a table of texts or objects; Parquet, which needs a worker, is read below `files/`.
 * @throws InputError for another ending; DataError for a file that is damaged or empty
 */
export function parseTable(input: TableBytes | TableObjects): Table {
  checkObject(
    "parseTable: input",
    input,
    ["name"],
    'a file or objects, { name: "answers.csv", bytes } or { name: "answers", rows }',
  );
  const { name } = input;
  if ("rows" in input) {
    checkRows("parseTable: rows", input.rows);
    const about = {
      file: name,
      format: "rows",
      sha256: sha256(stableJson(input.rows)),
      line: () => undefined,
    } as const;
    return tableOfObjects(input.rows, about);
  }
  checkBytes("parseTable: bytes", input.bytes, "the bytes of a file");
  const { bytes } = input;
  const ending = /\.([^.\\/]+)$/.exec(name.toLowerCase())?.[1] ?? "";
  if (ending === "parquet")
    throw new InputError(`${name}: Parquet is read by loadData, loadComparisons and loadVotes`);
  if (["csv", "tsv", "txt"].includes(ending)) return parseCsv(name, decodeText(name, bytes), sha256(bytes));
  if (["jsonl", "ndjson"].includes(ending)) return parseJsonl(name, decodeText(name, bytes), sha256(bytes));
  const preflib = PREFLIB_ENDINGS.find((known) => known === ending);
  if (preflib !== undefined)
    return parsePreflib(name, decodeText(name, bytes), { ending: preflib, sha256: sha256(bytes) });
  throw new InputError(
    `${name}: a table ends in .csv, .tsv, .txt, .jsonl, .ndjson or .parquet, ballots of PrefLib in .${PREFLIB_ENDINGS.join(", .")}`,
  );
}
