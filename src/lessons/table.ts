import { checkArray, checkInteger, checkKeys, checkText, InputError, list, show } from "../core/index.js";
import type { DisplayBundle } from "../figures/render/index.js";
import { escapeMarkup } from "../figures/text/index.js";
import { columnTexts, type CellValue, type ColumnTexts } from "./cell-text.js";

/** The rows of a table; a column is what any of them has. */
export type TableRows = readonly { readonly [column: string]: CellValue }[];

/** The same by columns, each of one length. */
export type TableColumns = { readonly [column: string]: readonly CellValue[] | Float32Array | Int32Array };

/** How a table is shown. */
export interface TableOptions {
  /** Above the table. */
  readonly caption?: string;
  /** Decimals, 0-8, of columns that are not of whole numbers; default: by column, about three that count. */
  readonly digits?: number;
  /** Which columns, in this order; default all, in the order in which they first come. */
  readonly columns?: readonly string[];
}

interface Column extends ColumnTexts {
  readonly name: string;
}

/**
 * A table as a notebook shows it: markup whose heads say what they head, Markdown, and text in columns. What is in the cells is
 * shown letter by letter.
 * @throws InputError for rows that are no objects, columns of unequal length, and for a column that is not there
 */
export function tableBundle(table: TableRows | TableColumns, options: TableOptions = {}): DisplayBundle {
  checkKeys("lab.table", options, ["caption", "digits", "columns"]);
  const { caption = "", digits } = options;
  checkText("lab.table: caption", caption);
  if (digits !== undefined) checkInteger("lab.table: digits", digits, { min: 0, max: 8 });
  const values = valuesByColumn(table);
  const names = chosenNames(options.columns, [...values.keys()]);
  const columns = names.map((name) => ({ name, ...columnTexts(values.get(name) ?? [], digits) }));
  return {
    data: {
      "text/html": asHtml(columns, caption),
      "text/markdown": asMarkdown(columns, caption),
      "text/plain": asText(columns, caption),
    },
    metadata: {},
  };
}

function valuesByColumn(table: TableRows | TableColumns): ReadonlyMap<string, readonly CellValue[]> {
  if (Array.isArray(table)) return columnsOfRows(table as TableRows);
  if (typeof table !== "object" || table === null)
    throw new InputError(
      `lab.table: rows must be an array of rows such as { K: 3, accuracy: 0.9 }, or columns such as { K: [1, 2] }, got ${show(table)}`,
    );
  const columns = Object.entries(table as TableColumns).map(([name, values]) => {
    checkArray(`lab.table: column ${show(name)}`, values, "an array of values");
    return [name, Array.from(values as ArrayLike<CellValue>)] as const;
  });
  const odd = columns.find(([, values]) => values.length !== columns[0][1].length);
  if (odd === undefined) return new Map(columns);
  throw new InputError(
    `lab.table: columns must be of one length, got ${columns[0][1].length} in ${show(columns[0][0])} and ${odd[1].length} in ${show(odd[0])}`,
  );
}

function columnsOfRows(rows: TableRows): ReadonlyMap<string, readonly CellValue[]> {
  const bad = rows.findIndex((row) => typeof row !== "object" || row === null || Array.isArray(row));
  if (bad >= 0)
    throw new InputError(
      `lab.table: rows must be objects such as { K: 3, accuracy: 0.9 }, got ${show(rows[bad])} at index ${bad}`,
    );
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return new Map(names.map((name) => [name, rows.map((row) => row[name])]));
}

function chosenNames(chosen: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  if (chosen === undefined) return known;
  checkArray("lab.table: columns", chosen, "an array of names of columns");
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown === undefined) return chosen;
  throw new InputError(`lab.table: columns must be of ${list(known)}, got ${show(unknown)}`);
}

const isEmpty = (columns: readonly Column[]): boolean => (columns[0]?.texts.length ?? 0) === 0;
const EMPTY = "no rows";

function asHtml(columns: readonly Column[], caption: string): string {
  const side = ({ isNumeric }: Column): string =>
    ` style="text-align: ${isNumeric ? "right; font-variant-numeric: tabular-nums" : "left"}"`;
  const head = columns.map((column) => `<th scope="col"${side(column)}>${escapeMarkup(column.name)}</th>`);
  const body = (columns[0]?.texts ?? []).map((_, row) => {
    const cells = columns.map((column, i) => {
      const [tag, scope] = i === 0 ? ["th", ' scope="row"'] : ["td", ""];
      return `<${tag}${scope}${side(column)}>${escapeMarkup(column.texts[row])}</${tag}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return [
    "<table>",
    ...(caption === "" ? [] : [`<caption>${escapeMarkup(caption)}</caption>`]),
    ...(columns.length === 0 ? [] : [`<thead><tr>${head.join("")}</tr></thead>`]),
    `<tbody>${isEmpty(columns) ? `<tr><td colspan="${Math.max(1, columns.length)}">${EMPTY}</td></tr>` : body.join("\n")}</tbody>`,
    "</table>",
  ].join("\n");
}

function asMarkdown(columns: readonly Column[], caption: string): string {
  const plain = (text: string): string => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#&|~$!]/g, "\\$&");
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const above = caption === "" ? [] : [plain(caption), ""];
  if (isEmpty(columns)) return [...above, EMPTY].join("\n");
  return [
    ...above,
    line(columns.map(({ name }) => plain(name))),
    line(columns.map(({ isNumeric }) => (isNumeric ? "---:" : ":---"))),
    ...columns[0].texts.map((_, row) => line(columns.map(({ texts }) => plain(texts[row])))),
  ].join("\n");
}

function asText(columns: readonly Column[], caption: string): string {
  const above = caption === "" ? [] : [caption];
  if (isEmpty(columns)) return [...above, EMPTY].join("\n");
  const blocks = columns.map(({ name, texts, isNumeric }) => {
    const cells = [name, ...texts].map((text) => text.replace(/[\s\p{Cc}]+/gu, " "));
    const width = Math.max(...cells.map((text) => [...text].length));
    const pad = (text: string): string => {
      const room = " ".repeat(width - [...text].length);
      return isNumeric ? room + text : text + room;
    };
    const [head, ...rest] = cells.map(pad);
    return [head, "-".repeat(width), ...rest];
  });
  const lines = blocks[0].map((_, row) =>
    blocks
      .map((block) => block[row])
      .join("  ")
      .trimEnd(),
  );
  return [...above, ...lines].join("\n");
}
