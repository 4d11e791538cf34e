import type { PlotlyObject } from "./figure.js";
import { breakLines, markupTitle, TITLE_LINE, titleParts } from "./theme/index.js";

/** Pixels of a letter of 1 px, of a line of a legend, and of what stands before a name in a legend. */
const [LETTER, LEGEND_LINE, SAMPLE] = [0.52, 22, 52] as const;

/** Letters in a line of a note in a narrow picture. */
const NOTE = 24;

/** The layout at another width, its title and the titles of its panels in lines that fit there. */
export function rewrapped(layout: PlotlyObject, width: number): PlotlyObject {
  const { text = "" } = (layout.title ?? {}) as { readonly text?: string };
  const { title, subtitle } = titleParts(text);
  const said = markupTitle(title, subtitle, width);
  const more = TITLE_LINE * (said.lines - (text === "" ? 0 : text.split("<br>").length));
  const { t = 24, ...margin } = layout.margin as { readonly [side: string]: number };
  return {
    ...layout,
    width,
    height: Number(layout.height ?? 440) + more,
    margin: { ...margin, t: t + more, ...(width < 600 && { r: Math.min(margin.r, 14) }) },
    ...(said.title !== undefined && { title: said.title }),
    annotations: listOf(layout.annotations).map((note) => wrappedPanelTitle(note, layout, width)),
  };
}

/** A panel's title in a grid, in lines of the width that its panel has. */
function wrappedPanelTitle(note: PlotlyObject, layout: PlotlyObject, width: number): PlotlyObject {
  const bold = /^<b>([^<]*)<\/b>$/.exec(String(note.text));
  if (bold === null || note.yanchor !== "bottom") return note;
  const domains = Object.entries(layout).flatMap(([name, axis]) => {
    const { domain } = (axis ?? {}) as PlotlyObject;
    return name.startsWith("xaxis") && Array.isArray(domain) ? [Number(domain[1]) - Number(domain[0])] : [];
  });
  const part = Math.min(1, ...domains);
  if (part > 0.5 || width > 600 || !isGrid(layout)) return note;
  const lines = breakLines(bold[1], Math.floor((part * (width - 60)) / (14 * LETTER)));
  return {
    ...note,
    text: `<b>${lines.join("<br>")}</b>`,
    font: { ...(note.font as PlotlyObject), size: 12 },
    yshift: 2,
  };
}

function isGrid(layout: PlotlyObject): boolean {
  const tops = Object.entries(layout).flatMap(([name, axis]) =>
    name.startsWith("yaxis") ? [JSON.stringify((axis as PlotlyObject).domain)] : [],
  );
  return new Set(tops).size > 1;
}

/** The legend below the plot, with the room that its names need. */
export function legendBelow(data: readonly PlotlyObject[], layout: PlotlyObject): PlotlyObject {
  if (layout.showlegend === false) return layout;
  const names = data.filter(({ name, showlegend }) => name !== undefined && showlegend !== false);
  const longest = Math.max(0, ...names.map(({ name }) => [...String(name)].length));
  const width = Number(layout.width);
  const columns = Math.max(1, Math.floor((width - 20) / (SAMPLE + 13 * LETTER * longest)));
  const legend = (layout.legend ?? {}) as PlotlyObject;
  const titled = (legend.title as PlotlyObject | undefined)?.text !== undefined;
  const rows = Math.ceil(names.length / columns) + (titled ? 1 : 0);
  const { b = 60, ...margin } = layout.margin as { readonly [side: string]: number };
  const was = legend.orientation === "h" ? b - 60 : 0;
  const room = LEGEND_LINE * rows + 10;
  return {
    ...layout,
    height: Number(layout.height) + room - was,
    margin: { ...margin, b: b - was + room },
    legend: {
      ...legend,
      ...{
        orientation: "h",
        x: 0,
        xref: "container",
        xanchor: "left",
        y: 0.005,
        yref: "container",
        yanchor: "bottom",
      },
      ...(titled && { title: { ...(legend.title as PlotlyObject), side: "top" } }),
    },
  };
}

/** Labels up the side take less than half of the width: long ones in more lines. */
export function shortSide(layout: PlotlyObject): PlotlyObject {
  const margin = layout.margin as { readonly [side: string]: number };
  const most = Math.round(0.45 * Number(layout.width));
  const axes = Object.entries(layout).flatMap(([name, axis]) => {
    const { ticktext } = (axis ?? {}) as PlotlyObject;
    return name.startsWith("yaxis") && Array.isArray(ticktext)
      ? [{ name, axis: axis as PlotlyObject, words: ticktext.map(String) }]
      : [];
  });
  const words = axes.flatMap((each) => each.words);
  const columns = Math.floor((most - 14) / (12 * LETTER));
  const isLong = words.some((word) => word.split("<br>").some((line) => [...line].length > columns));
  if (!isLong) return layout;
  const wrapped = (word: string): readonly string[] => breakLines(word.replaceAll("<br>", " "), columns);
  const lines = Math.max(...words.map((word) => wrapped(word).length));
  const need = words.length * (lines * 15 + 8) + margin.t + margin.b;
  return {
    ...layout,
    height: Math.max(Number(layout.height), need),
    margin: { ...margin, l: Math.min(margin.l, most) },
    ...Object.fromEntries(
      axes.map(({ name, axis, words: own }) => [
        name,
        { ...axis, ticktext: own.map((word) => wrapped(word).join("<br>")) },
      ]),
    ),
  };
}

/** Titles below axes, and notes, in lines that fit. */
export function acrossTexts(layout: PlotlyObject): PlotlyObject {
  const margin = layout.margin as { readonly [side: string]: number };
  const across = Number(layout.width) - margin.l - margin.r;
  const columns = Math.floor((0.95 * across) / (14 * LETTER));
  const axes = Object.entries(layout).flatMap(([name, given]) => {
    const { title, ...axis } = (given ?? {}) as PlotlyObject;
    const { text } = (title ?? {}) as { readonly text?: string };
    if (!name.startsWith("xaxis") || text === undefined || [...text].length <= columns) return [];
    return [
      [
        name,
        { ...axis, title: { ...(title as PlotlyObject), text: breakLines(text, columns).join("<br>") } },
      ] as const,
    ];
  });
  return {
    ...layout,
    ...Object.fromEntries(axes),
    annotations: listOf(layout.annotations).map((note) => {
      const text = String(note.text);
      const isLong = [...text].length > NOTE && !text.includes("<") && note.xref !== "paper";
      return isLong ? { ...note, text: breakLines(text, NOTE).join("<br>") } : note;
    }),
  };
}

/** Texts that stand in a drawn box, in lines of the box's width. */
export function boxTexts(layout: PlotlyObject): PlotlyObject {
  const boxes = listOf(layout.shapes).filter(({ type, xref }) => type === "rect" && xref === "x");
  const { range, visible } = (layout.xaxis ?? {}) as PlotlyObject;
  if (boxes.length === 0 || visible !== false || !Array.isArray(range)) return layout;
  const margin = layout.margin as { readonly [side: string]: number };
  const unit = (Number(layout.width) - margin.l - margin.r) / (Number(range[1]) - Number(range[0]));
  return {
    ...layout,
    height: Number(layout.height) * 1.35,
    annotations: listOf(layout.annotations).map((note) => {
      const [x, y] = [Number(note.x), Number(note.y)];
      const box = boxes.find(({ x0, x1, y0, y1 }) => Number(x0) <= x && x <= Number(x1) && Number(y0) <= y && y <= Number(y1)); // prettier-ignore
      if (box === undefined) return note;
      const { size = 12 } = (note.font ?? {}) as { readonly size?: number };
      const across = (Number(box.x1) - Number(box.x0)) * unit - 24;
      return { ...note, text: inLines(String(note.text), Math.floor(across / (size * LETTER))) };
    }),
  };
}

function inLines(text: string, columns: number): string {
  const bold = /^<b>(.*)<\/b>$/s.exec(text)?.[1];
  const lines = breakLines((bold ?? text).replaceAll("<br>", " "), columns).join("<br>");
  return bold === undefined ? lines : `<b>${lines}</b>`;
}

function listOf(given: unknown): readonly PlotlyObject[] {
  return Array.isArray(given) ? (given as readonly PlotlyObject[]) : [];
}
