import Papa from "papaparse";
import { DataError, list } from "../../core/index.js";
import { isBlank, type Table } from "./table.js";

/** Between the fields of a line; the one that gives the header the most fields is taken. */
const DELIMITERS = [",", "\t", ";", "|"] as const;

/**
 * A table from CSV (RFC 4180; fields may be quoted and then hold line ends): the first line names the columns, fields are separated by commas,
 * tabs, semicolons or bars. Empty lines are skipped.
 * @param text as `decodeText` gives it
 * @throws DataError with the line, for a row with more or fewer fields than the header has, or quotes that do not close
 */
export function parseCsv(file: string, text: string, sha256: string): Table {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text), newline: "\n" });
  const lines = lineStarts(data);
  const [first] = errors;
  if (first !== undefined) {
    const line = lines[Math.min(first.row ?? 0, lines.length - 1)] ?? 1;
    throw new DataError(
      { file, line },
      `${first.message.toLowerCase()}: a quote is missing, one too many, or the file is cut off`,
    );
  }
  const filled = Array.from(data.keys()).filter((row) => data[row].length > 1 || !isBlank(data[row][0]));
  if (filled.length === 0) throw new DataError({ file }, "is empty");
  const columns = data[filled[0]].map((name) => name.trim());
  const rows = filled.slice(1);
  for (const row of rows) {
    if (data[row].length === columns.length) continue;
    const found = `has ${data[row].length} fields, the header has ${columns.length} (${list(columns)})`;
    throw new DataError({ file, line: lines[row] }, `${found}: the line is damaged, or the file is cut off`);
  }
  return {
    file,
    format: "csv",
    columns,
    rows: rows.length,
    sha256,
    cell: (row, column) => data[rows[row]][column],
    line: (row) => lines[rows[row]],
  };
}

function delimiterOf(text: string): string {
  const fields = (delimiter: string): number =>
    Papa.parse<string[]>(text, { delimiter, newline: "\n", preview: 1 }).data[0]?.length ?? 0;
  let best: string = DELIMITERS[0];
  for (const delimiter of DELIMITERS) if (fields(delimiter) > fields(best)) best = delimiter;
  return best;
}

/** The line on which each record starts: a quoted field may hold line ends. */
function lineStarts(records: readonly (readonly string[])[]): Int32Array {
  const starts = new Int32Array(records.length);
  let line = 1;
  records.forEach((record, i) => {
    starts[i] = line++;
    for (const field of record) {
      for (let at = field.indexOf("\n"); at >= 0; at = field.indexOf("\n", at + 1)) line++;
    }
  });
  return starts;
}
