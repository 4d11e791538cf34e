import { checkKeys, checkObject, checkText, figureRecord, type Json } from "../core/index.js";
import { checkTraces } from "./drawn-traces.js";
import type { Figure, PlotlyObject } from "./figure.js";
import { wrapLongTexts, wrapTitle } from "./long-texts.js";
import { axis, baseLayout, note, wrapText } from "./theme/index.js";

/** A figure of one's own: what Plotly draws, and nothing else that must be given. */
export interface OwnFigure {
  /** Plotly's traces; their values may be arrays, typed arrays and dates. */
  readonly data: readonly { readonly [key: string]: unknown }[];
  /** Plotly's layout, laid over the toolkit's look. */
  readonly layout?: { readonly [key: string]: unknown };
  readonly frames?: readonly { readonly [key: string]: unknown }[];
  /** Lower-case words joined by "-"; default "figure". */
  readonly id?: string;
  /** What it shows, for someone who cannot see it; default: its title, and the kinds and names of what is drawn. */
  readonly alt?: string;
}

/**
 * A figure of one's own in the toolkit's look, with a record that says no more than its title. Titles of the figure and of its axes may be
 * plain texts; long texts are wrapped, or cut with the whole on hover.
 * @param options `caller`: named in errors
 * @throws InputError for a key that a figure does not have, and for a trace that cannot be drawn
 */
export function ownFigure(own: OwnFigure, options: { readonly caller?: string } = {}): Figure {
  checkKeys("ownFigure", options, ["caller"]);
  const { caller: what = "ownFigure" } = options;
  checkKeys(what, own, ["data", "layout", "frames", "id", "alt"]);
  checkTraces(`${what}: data`, own.data);
  const { layout: given = {}, id = "figure" } = own;
  checkObject(`${what}: layout`, given, [], "a Plotly layout such as { title, xaxis, yaxis }");
  checkText(`${what}: id`, id, 'lower-case words joined by "-"');
  const [data, layout] = [asJson(own.data) as PlotlyObject[], asJson(given) as PlotlyObject];
  const title = textOf(layout.title);
  const alt = own.alt ?? altOf(title, data) + axisWords(layout);
  checkText(`${what}: alt`, alt, "a text that says what the picture shows");
  const said = { id, claim: title === "" ? id : title, caption: alt };
  const looked = inLook(layout, title, data.length);
  const size = { width: Number(looked.width), height: Number(looked.height) };
  return {
    ...{ id, alt, ...wrapLongTexts(data, looked, size) },
    ...(own.frames !== undefined && { frames: asJson(own.frames) as PlotlyObject[] }),
    record: figureRecord({ ...said, profile: "fast", config: {}, engine: "none", data: [], rows: [] }),
  };
}

/** Whether this is a whole figure: one's own has no record. */
export function isOwnFigure(figure: unknown): figure is OwnFigure {
  return typeof figure === "object" && figure !== null && "data" in figure && !("record" in figure);
}

/** Plain JSON: typed arrays as lists, dates as ISO texts, what is not a number as null. */
function asJson(value: unknown): Json {
  const plain = (_: string, each: unknown): unknown => {
    if (typeof each === "bigint") return Number(each);
    return ArrayBuffer.isView(each) ? Array.from(each as unknown as ArrayLike<number>) : each;
  };
  return JSON.parse(JSON.stringify(value, plain)) as Json;
}

/** The layout over the toolkit's; a title goes where the toolkit's stands, and one trace needs no legend. */
function inLook(layout: PlotlyObject, title: string, traces: number): PlotlyObject {
  const { width, height } = layout;
  const base = baseLayout({
    ...(typeof width === "number" && { width }),
    ...(typeof height === "number" && { height }),
    ...{ title, legend: traces > 1 ? "right" : "none" },
  });
  const length = { xaxis: Number(base.width) - 96, yaxis: Number(base.height) - 90 };
  const axes = (["xaxis", "yaxis"] as const).map(
    (name) => [name, axisInLook(layout[name], length[name])] as const,
  );
  const notes = [...listOf(layout.annotations), ...cutTitles(layout, length)];
  return {
    ...base,
    ...layout,
    ...(title !== "" && { title: base.title }),
    ...Object.fromEntries(axes),
    ...(notes.length > 0 && { annotations: notes }),
  };
}

/** A mark at the end of each axis whose title is cut, which shows the whole of it where one points at it. */
function cutTitles(
  layout: PlotlyObject,
  length: { readonly xaxis: number; readonly yaxis: number },
): PlotlyObject[] {
  return (["xaxis", "yaxis"] as const).flatMap((name) => {
    const whole = textOf(((layout[name] ?? {}) as PlotlyObject).title);
    const shown = wrapTitle(whole, length[name]);
    if (!shown.endsWith("…") || whole.endsWith("…")) return [];
    const place = name === "xaxis" ? { x: 1, y: 0, xanchor: "right", yanchor: "bottom" } : { x: 0, y: 1, xanchor: "left", yanchor: "top" }; // prettier-ignore
    const mark = note({ text: name === "xaxis" ? "… →" : "↑ …", xref: "paper", yref: "paper", ...place });
    return [{ ...mark, hovertext: wrapText(whole, 60), captureevents: true }];
  });
}

/** @param length pixels */
function axisInLook(given: Json | undefined, length: number): PlotlyObject {
  const { title, ...rest } = (given ?? {}) as PlotlyObject;
  const look = axis("");
  const text = wrapTitle(textOf(title), length);
  return { ...look, title: { ...(look.title as PlotlyObject), text }, ...rest };
}

/** A title as Plotly takes it: a text, or an object with one. */
function textOf(title: Json | undefined): string {
  if (typeof title === "string") return title;
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : undefined;
  return typeof text === "string" ? text : "";
}

/** Long titles of axes, which are cut where they are drawn, and have nothing to point at. */
function axisWords({ xaxis, yaxis }: PlotlyObject): string {
  const words = Object.entries({ across: xaxis, up: yaxis }).map(([way, given]) => {
    const title = textOf(((given ?? {}) as PlotlyObject).title);
    return title.length > 100 ? ` ${way === "up" ? "Up" : "Across"}: ${title}.` : "";
  });
  return words.join("");
}

function listOf(given: Json | undefined): readonly Json[] {
  return Array.isArray(given) ? (given as readonly Json[]) : [];
}

function altOf(title: string, traces: readonly PlotlyObject[]): string {
  const kinds = traces.map(({ type, name }) =>
    [type ?? "scatter", ...(name === undefined ? [] : [JSON.stringify(name)])].join(" "),
  );
  const more = kinds.length > 6 ? ` and ${kinds.length - 6} more` : "";
  const drawn = kinds.length === 0 ? "nothing is drawn" : kinds.slice(0, 6).join(", ") + more;
  return `${title === "" ? "A figure" : title}: ${drawn}.`;
}
