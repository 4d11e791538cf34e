import Papa from "papaparse";
import { DataError, list } from "../../../core/index.js";
import { delimiterOf, headerOf, isEmptyRecord, isSurveyTool } from "./csv-layout.js";
import type { Table } from "../table.js";

/**
 * A table from CSV (RFC 4180; fields may be quoted and then hold line ends): the first line names the columns, fields are separated by commas,
 * tabs, semicolons or bars, whichever the lines agree on. Empty lines are skipped; what spreadsheets and survey tools put around a table (a line
 * `sep=;`, lines of text above the header, commas at the end of lines, Qualtrics's two further rows of headers) is left out, and the notes say so.
 * @param text as `decodeText` gives it
 * @throws DataError with the line, for a row with more or fewer fields than the header has, or quotes that do not close
 */
export function parseCsv(file: string, text: string, sha256: string): Table {
  const stated = /^\uFEFF?sep=([,;\t|])[ \t]*(?:\n|$)/i.exec(text)?.[1];
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter: stated ?? delimiterOf(text),
    newline: "\n",
  });
  const lines = lineStarts(data);
  const [first] = errors;
  if (first !== undefined) {
    const line = lines[Math.min(first.row ?? 0, lines.length - 1)] ?? 1;
    throw new DataError(
      { file, line },
      `${first.message.toLowerCase()}: a quote is missing, one too many, or the file is cut off`,
    );
  }
  const filled = Array.from(data.keys())
    .slice(stated === undefined ? 0 : 1)
    .filter((row) => !isEmptyRecord(data[row]));
  if (filled.length === 0) throw new DataError({ file }, "is empty");
  const header = headerOf(filled.map((row) => data[row]));
  const columns = data[filled[header]].map((name) => name.trim());
  while (columns.length > 1 && columns.at(-1) === "") columns.pop();
  const below = filled.slice(header + 1);
  const isSurvey = isSurveyTool(below.slice(0, 2).map((row) => data[row]));
  const rows = isSurvey ? below.slice(2) : below;
  let longer = 0;
  for (const row of rows) {
    const fields = data[row];
    if (fields.length === columns.length) continue;
    if (fields.length > columns.length && isEmptyRecord(fields.slice(columns.length))) longer++;
    else {
      const found = `has ${fields.length} fields, the header has ${columns.length} (${list(columns)})`;
      throw new DataError(
        { file, line: lines[row] },
        `${found}: the line is damaged, or the file is cut off`,
      );
    }
  }
  const withComma = decimalCommas(
    rows.map((row) => data[row]),
    columns.length,
  );
  const notes = [
    ...(header > 0
      ? [
          `the first ${header} lines are no table and are left out: the header is line ${lines[filled[header]]}`,
        ]
      : []),
    ...(isSurvey ? ["the second and third row are Qualtrics's further headers and are left out"] : []),
    ...(withComma.size > 0
      ? [`read with a comma for the decimal point: ${list([...withComma].map((column) => columns[column]))}`]
      : []),
    ...(longer > 0 ? [`${longer} rows end in empty fields that have no column`] : []),
  ];
  return {
    file,
    format: "csv",
    columns,
    rows: rows.length,
    sha256,
    cell: (row, column) => {
      const field = data[rows[row]][column];
      return withComma.has(column) ? field.replace(",", ".") : field;
    },
    line: (row) => lines[rows[row]],
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** Columns of numbers of which some have a comma for the decimal point. */
function decimalCommas(rows: readonly (readonly string[])[], width: number): ReadonlySet<number> {
  const isNumber = (field: string): boolean => /^[+-]?\d+(?:[.,]\d+)?$/.test(field);
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) => {
    const fields = rows.map((fields) => fields[column].trim()).filter((field) => field !== "");
    return fields.some((field) => field.includes(",")) && fields.every(isNumber);
  });
  return new Set(columns);
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
