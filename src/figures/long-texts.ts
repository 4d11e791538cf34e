import type { Json } from "../core/index.js";
import type { PlotlyObject } from "./figure.js";
import { breakLines, plainText } from "./theme/index.js";

/** Letters in a line of a name in a legend, of a text at a point, of a label up the side, of a note. */
const COLUMNS = { name: 28, point: 28, side: 32, note: 60 } as const;
const MOST_LINES = 3;
const MOST_TITLE_LINES = 6;
/** Pixels of a letter, of a line, and of all that is not the plot. */
const [LETTER, LINE, AROUND] = [7.2, 18, 110] as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Traces and layout with their long texts in lines that leave room for what is drawn: names, labels, titles of axes, notes. What takes
 * more than three lines ends in "…", and stands whole where one points at it. Texts with markup, and short ones, stay as they are.
 */
export function wrapLongTexts(
  data: readonly PlotlyObject[],
  layout: PlotlyObject,
  size: Size,
): { data: PlotlyObject[]; layout: PlotlyObject } {
  const room = Math.floor((size.height - AROUND) / LINE / Math.max(1, data.length));
  const nameLines = Math.max(1, Math.min(MOST_LINES, room));
  const labelled = labelledAxes(data, layout, size);
  return {
    data: data.map((trace) => wrappedTrace(trace, nameLines, labelled)),
    layout: {
      ...layout,
      ...labelled.axes,
      ...(Array.isArray(layout.annotations) && { annotations: layout.annotations.map(wrappedNote) }),
    },
  };
}

/**
 * The plain title of an axis that is at most `length` pixels long: a long one is wrapped to little more than half of that, because labels
 * may need the rest, and ends in "…" after 6 lines.
 */
export function wrapTitle(title: string, length: number): string {
  const columns = Math.floor((0.58 * length) / 8);
  return linesOf(title, columns, MOST_TITLE_LINES).map(plainText).join("<br>");
}

/** `text` in lines, as it is where it is short or has markup. */
function inLines(text: string, columns: number, most: number = MOST_LINES): string {
  if ([...text].length <= columns || /<\/?[a-z]/i.test(text)) return text;
  return linesOf(text, columns, most).join("<br>");
}

/** Lines of a text, the last with "…" where there are more than `most`. */
function linesOf(text: string, columns: number, most: number): readonly string[] {
  const lines = breakLines(text, columns);
  if (lines.length <= most) return lines;
  const last = [...lines[most - 1]].slice(0, columns - 1).join("");
  return [...lines.slice(0, most - 1), `${last}…`];
}

/** All lines of a text, for the label that shows when one points at it. */
function whole(text: string): string {
  return inLines(text, COLUMNS.note, Infinity);
}

function wrappedNote(note: Json): Json {
  if (typeof note !== "object" || note === null || !("text" in note)) return note;
  const { text, width } = note as PlotlyObject;
  return typeof text === "string" && width === undefined
    ? { ...note, text: inLines(text, COLUMNS.note, 8) }
    : note;
}

interface LabelledAxes {
  /** Axes whose labels are wrapped. */
  readonly axes: { readonly [name: string]: PlotlyObject };
  /** For each of them, which labels are cut short. */
  readonly cut: { readonly [name: string]: ReadonlySet<string> };
}

/** Axes of words of which some are long: their labels are wrapped, the words themselves stay. */
function labelledAxes(data: readonly PlotlyObject[], layout: PlotlyObject, { width }: Size): LabelledAxes {
  const axes: Record<string, PlotlyObject> = {};
  const cut: Record<string, ReadonlySet<string>> = {};
  const names = new Set(data.flatMap((trace) => ["x", "y"].map((letter) => axisName(trace, letter))));
  for (const name of names) {
    const axis = (layout[name] ?? {}) as PlotlyObject;
    const words = axis.ticktext ?? distinctWords(data, name);
    if (!isTexts(words) || (axis.tickvals !== undefined && axis.ticktext === undefined)) continue;
    const columns = name.startsWith("y")
      ? COLUMNS.side
      : Math.max(14, Math.floor((width - AROUND) / words.length / LETTER));
    if (words.every((word) => [...word].length <= Math.max(columns, COLUMNS.side))) continue;
    axes[name] = {
      ...axis,
      ...{ tickmode: "array", tickvals: axis.tickvals ?? [...words] },
      ticktext: words.map((word) => inLines(word, columns)),
    };
    cut[name] = new Set(words.filter((word) => inLines(word, columns).endsWith("…")));
  }
  return { axes, cut };
}

function axisName(trace: PlotlyObject, letter: string): string {
  const given = trace[`${letter}axis`];
  return `${letter}axis${typeof given === "string" ? given.slice(1) : ""}`;
}

/** What the traces of an axis have on it, where that is words. */
function distinctWords(data: readonly PlotlyObject[], name: string): readonly Json[] {
  const letter = name[0];
  const mine = data.filter((trace) => axisName(trace, letter) === name);
  return [...new Set(mine.flatMap((trace) => listOf(trace[letter])))];
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function isTexts(values: unknown): values is readonly string[] {
  return Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === "string");
}

function wrappedTrace(trace: PlotlyObject, nameLines: number, { cut }: LabelledAxes): PlotlyObject {
  const { name, text } = trace;
  const shortName = typeof name === "string" ? inLines(name, COLUMNS.name, nameLines) : name;
  const isCut = typeof shortName === "string" && shortName.endsWith("…") && shortName !== name;
  const shown = Array.isArray(text)
    ? text.map((each) => (typeof each === "string" ? inLines(each, COLUMNS.point) : each))
    : text;
  const axesCut = ["x", "y"].flatMap((letter) => {
    const words = cut[axisName(trace, letter)];
    return words === undefined ? [] : [{ letter, words }];
  });
  const hovers = hoverTexts({ trace, name: isCut ? String(name) : undefined, axesCut });
  return {
    ...trace,
    ...(name !== undefined && { name: shortName }),
    ...(text !== undefined && { text: shown }),
    ...(hovers !== undefined && { hovertext: hovers }),
    ...wrappedLabels(trace),
  };
}

/** Labels of sectors and boxes name them, and each other: they are wrapped alike, and none is cut. */
function wrappedLabels({ labels, parents }: PlotlyObject): PlotlyObject {
  const wrapped = (texts: Json | undefined): Json[] =>
    listOf(texts).map((each) => (typeof each === "string" ? inLines(each, COLUMNS.name, Infinity) : each));
  return {
    ...(Array.isArray(labels) && { labels: wrapped(labels) }),
    ...(Array.isArray(parents) && { parents: wrapped(parents) }),
  };
}

/** What stands whole where one points at a point; undefined where nothing was cut, or where the trace has words of its own for that. */
function hoverTexts(given: {
  readonly trace: PlotlyObject;
  /** The trace's name where it is cut. */
  readonly name: string | undefined;
  readonly axesCut: readonly { readonly letter: string; readonly words: ReadonlySet<string> }[];
}): Json[] | undefined {
  const { trace, name, axesCut } = given;
  if (trace.hovertemplate !== undefined || trace.hovertext !== undefined) return undefined;
  const [texts, x, y] = [listOf(trace.text), listOf(trace.x), listOf(trace.y)];
  const cells = listOf(trace.z);
  const at = (i: number, j: number): string => {
    const value: Readonly<Record<string, Json | undefined>> = { x: x[i], y: y[j] };
    const cutWords = axesCut.flatMap(({ letter, words }) => {
      const word = value[letter];
      return typeof word === "string" && words.has(word) ? [whole(word)] : [];
    });
    const text = texts[i];
    return [
      ...(name === undefined ? [] : [whole(name)]),
      ...cutWords,
      ...(typeof text === "string" && text !== "" ? [whole(text)] : []),
    ].join("<br>");
  };
  if (cells.length > 0) {
    if (axesCut.length === 0 && name === undefined) return undefined;
    return cells.map((row, j) => listOf(row).map((_, i) => at(i, j)));
  }
  const all = Array.from({ length: Math.max(x.length, y.length, texts.length) }, (_, i) => at(i, i));
  const isLongText = texts.some((text) => typeof text === "string" && inLines(text, COLUMNS.point) !== text);
  return axesCut.length === 0 && name === undefined && !isLongText ? undefined : all;
}
