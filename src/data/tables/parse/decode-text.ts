import { DataError } from "../../../core/index.js";

/** The longest text that JavaScript can hold, about. */
const LARGEST = 500_000_000;

/**
 * The text of a file in UTF-8, with lines that end in "\n" and without a byte order mark.
 * @throws DataError for UTF-16, bytes that are not UTF-8 (with the line), zero bytes, an empty or an oversized file
 */
export function decodeText(file: string, bytes: Uint8Array): string {
  if (bytes.length === 0) throw new DataError({ file }, "is empty");
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new DataError({ file }, "is UTF-16; save it as UTF-8");
  if (bytes.length > LARGEST) {
    const size = Math.round(bytes.length / 1e6);
    throw new DataError(
      { file },
      `has ${size} MB; a text table can have ${LARGEST / 1e6}: split it, or write Parquet`,
    );
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = lineAt(bytes, zero);
    throw new DataError(
      { file, line },
      "holds a zero byte: it is damaged, not a text, or UTF-16; save it as UTF-8",
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    const line = firstBadLine(bytes);
    throw new DataError({ file, line }, "is not UTF-8; save it as UTF-8 (not Latin-1 or Windows-1252)", {
      cause,
    });
  }
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The first line that is not UTF-8. A line end is one byte in UTF-8, so lines can be tried one by one. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(10, start);
    try {
      decoder.decode(bytes.subarray(start, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}
