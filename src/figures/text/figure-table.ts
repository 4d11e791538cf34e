import { type Json, stableJson } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { keyNumbers, type KeyNumbers } from "./key-numbers.js";

const MOST_ROWS = 40;
/** What a trace can hold a value of each point in, in the order of the table's columns. */
const COLUMNS = ["a", "b", "c", "r", "theta", "x", "y", "labels", "values", "text"] as const;

/**
 * A figure's numbers as a table: the means of its record's rows, or, where it has none, the points
 * that are drawn, or the words. Undefined where nothing is.
 */
export function figureTable({
  data,
  layout,
  record,
}: Pick<Figure, "data" | "layout"> & {
  readonly record: Pick<Figure["record"], "rows">;
}): KeyNumbers | undefined {
  const means = record.rows.every(({ accuracy }) => Number.isFinite(accuracy))
    ? keyNumbers(record.rows)
    : undefined;
  return means ?? pointsTable(data.filter(isSeen), layout) ?? wordsTable(layout);
}

interface Point {
  readonly name: string;
  readonly trace: PlotlyObject;
  readonly i: number;
}

function pointsTable(data: readonly PlotlyObject[], layout: PlotlyObject): KeyNumbers | undefined {
  const points = data.flatMap((trace): Point[] => {
    const name = typeof trace.name === "string" ? trace.name : "";
    return Array.from({ length: lengthOf(trace) }, (_, i) => ({ name, trace, i }));
  });
  if (points.length === 0) return undefined;
  const columns = COLUMNS.filter((column) => data.some((trace) => listOf(trace, column).length > 0));
  const isNamed = points.some(({ name }) => name !== "");
  const every = Math.ceil(points.length / MOST_ROWS);
  const shown = points.filter((_, i) => i % every === 0);
  const nth = every === 2 ? "2nd" : every === 3 ? "3rd" : `${every}th`;
  const left = every === 1 ? "." : `: each ${nth} of ${points.length}, the others are in the record.`;
  return {
    fixed: [],
    header: [...(isNamed ? ["drawn as"] : []), ...columns.map((column) => headOf(column, layout))],
    rows: shown.map(({ name, trace, i }) => [
      ...(isNamed ? [plain(name)] : []),
      ...columns.map((column) => valueOf(listOf(trace, column)[i], axisOf(trace, column, layout))),
    ]),
    note: `What is drawn, to 4 digits${left}`,
  };
}

/** What a picture of words says. */
function wordsTable({ annotations }: PlotlyObject): KeyNumbers | undefined {
  const notes = Array.isArray(annotations) ? (annotations as readonly PlotlyObject[]) : [];
  const words = notes.flatMap(({ text }) => (typeof text === "string" && text !== "" ? [plain(text)] : []));
  if (words.length === 0) return undefined;
  return {
    fixed: [],
    header: ["it says"],
    rows: words.map((text) => [text]),
    note: "The words of the picture.",
  };
}

/** Some traces only hold axes open. */
function isSeen({ visible, marker, hoverinfo }: PlotlyObject): boolean {
  const { opacity = 1 } = (marker ?? {}) as PlotlyObject;
  return visible !== false && !(opacity === 0 && hoverinfo === "skip");
}

function listOf(trace: PlotlyObject, column: string): readonly Json[] {
  const found = trace[column];
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

function lengthOf(trace: PlotlyObject): number {
  return Math.max(...COLUMNS.map((column) => listOf(trace, column).length));
}

function axisOf(trace: PlotlyObject, column: string, layout: PlotlyObject): PlotlyObject {
  if (column !== "x" && column !== "y") return {};
  const name = typeof trace[`${column}axis`] === "string" ? String(trace[`${column}axis`]) : column;
  return (layout[`${column}axis${name.slice(1)}`] ?? {}) as PlotlyObject;
}

/** What the first axis of this column is called. */
function headOf(column: string, layout: PlotlyObject): string {
  const { title } = axisOf({}, column, layout);
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : undefined;
  return typeof text === "string" && text !== "" ? plain(text) : column;
}

/** A value; the words of its tick where its axis has words for it. */
function valueOf(value: Json | undefined, { tickvals, ticktext }: PlotlyObject): string {
  const tick = Array.isArray(tickvals) ? tickvals.findIndex((each) => each === value) : -1;
  const words = tick >= 0 && Array.isArray(ticktext) ? ticktext[tick] : undefined;
  if (typeof words === "string" && !/^[-\d.]*$/.test(words)) return plain(words);
  if (value === undefined || value === null) return "–";
  // as it is drawn: fractions to 4 digits, whole numbers (years, times) and dates as they are
  const json = JSON.parse(stableJson(value, { digits: 4 })) as Json;
  return plain(typeof json === "string" ? json : JSON.stringify(json));
}

/** A text of a figure as it reads: its lines in one, its marks as they are shown. */
export function plain(text: string): string {
  return text
    .replace(/<br>/g, " ")
    .replace(/<\/?(?:b|i|sub|sup)>|<\/span>|<span style="[^"]*">/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
