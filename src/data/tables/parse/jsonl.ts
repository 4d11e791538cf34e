import { DataError, messageOf, show } from "../../../core/index.js";
import type { Cell, Table, TableFormat } from "../table.js";

/**
 * A table from JSONL: one object a line. The columns are all keys that occur; a key that a line lacks is a blank cell.
 * @param text as `decodeText` gives it
 * @throws DataError with the line that is not a JSON object
 */
export function parseJsonl(file: string, text: string, sha256: string): Table {
  const objects: object[] = [];
  const lines: number[] = [];
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const end = text.indexOf("\n", start);
    const content = text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length : end + 1;
    if (content.trim() === "") continue;
    objects.push(parseLine(file, line, content));
    lines.push(line);
  }
  return tableOfObjects(objects, { file, format: "jsonl", sha256, line: (row) => lines[row] });
}

/** A table from objects. @throws DataError when there is none */
export function tableOfObjects(
  objects: readonly object[],
  about: { file: string; format: TableFormat; sha256: string; line(row: number): number | undefined },
): Table {
  const names = new Set<string>();
  for (const object of objects) for (const name of Object.keys(object)) names.add(name);
  if (names.size === 0) throw new DataError({ file: about.file }, "has no rows");
  const columns = [...names];
  return {
    ...about,
    columns,
    rows: objects.length,
    cell: (row, column) => {
      const object = objects[row];
      const name = columns[column];
      return Object.hasOwn(object, name)
        ? ((object as { [key: string]: Cell | undefined })[name] ?? null)
        : null;
    },
  };
}

function parseLine(file: string, line: number, text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(withLongIntegersAsTexts(text));
  } catch (cause) {
    throw new DataError(
      { file, line },
      `is not JSON (${messageOf(cause)}): the line is damaged, or the file is cut off`,
      {
        cause,
      },
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DataError(
      { file, line },
      `must be a JSON object like {"user": "u1", …}, one a line, got ${show(text)}`,
    );
  }
  return value;
}

/** Integers that a number cannot hold (above 2^53) become texts, so that ids keep their digits. */
function withLongIntegersAsTexts(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}
