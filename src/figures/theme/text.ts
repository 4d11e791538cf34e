import { checkInteger, checkText } from "../../core/index.js";

/**
 * Text that comes from data, safe to put into any text of a figure: Plotly reads `<b>`, `<a href>`, `&lt;` and
 * `%{x}` in texts as markup; what this returns is shown letter by letter. Control characters become U+FFFD.
 */
export function plainText(text: string): string {
  checkText("plainText: text", text);
  return text
    .replace(/[^\S ]+/g, " ")
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("%{", "&#37;{")
    .replaceAll("$", "&#36;");
}

/**
 * {@link plainText} in lines of at most `columns` characters, broken between words where a word fits in a line.
 * @param columns an integer >= 1; defaults to 60
 */
export function wrapText(text: string, columns = 60): string {
  checkInteger("wrapText: columns", columns, { min: 1 });
  return breakLines(text, columns).map(plainText).join("<br>");
}

/** The lines that {@link wrapText} makes, not escaped. */
export function breakLines(text: string, columns: number): readonly string[] {
  checkText("wrapText: text", text);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const pieces = inPieces([...word], columns);
    for (const piece of pieces) {
      const joined = line === "" ? piece : `${line} ${piece}`;
      if ([...joined].length <= columns) {
        line = joined;
      } else {
        lines.push(line);
        line = piece;
      }
    }
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}

/** A word in pieces of at most `columns` letters, cut after a mark such as "-" where one stands in the second half of a piece. */
function inPieces(letters: readonly string[], columns: number): readonly string[] {
  if (letters.length <= columns) return letters.length === 0 ? [] : [letters.join("")];
  const mark = letters.slice(0, columns).findLastIndex((letter) => "-._/,;:".includes(letter));
  const end = mark >= columns / 2 ? mark + 1 : columns;
  return [letters.slice(0, end).join(""), ...inPieces(letters.slice(end), columns)];
}
