import { checkNumbers, checkObject, checkText, type Json } from "../../core/index.js";
import type { PlotlyObject } from "../figure.js";
import { GRID, INK, OKABE_ITO } from "./palette.js";
import { breakLines, plainText } from "./text.js";

/** Arimo has the widths of Arial, so a saved picture keeps its shape where Arimo is not installed. */
export const FONT = "Arimo, Arial, Helvetica, sans-serif";

/** The two sizes of figures in pixels: one panel, several panels. */
export const ONE_PANEL = { width: 720, height: 440 } as const;
/** Pixels of a figure with several panels. */
export const WIDE = { width: 1080, height: 440 } as const;

/** What {@link baseLayout} needs to know; all is optional. */
export interface LayoutOptions {
  /** Pixels; default 720. */
  readonly width?: number;
  /** Pixels; default 440. */
  readonly height?: number;
  /** Plain text above the plot, at the left; wrapped to the width. */
  readonly title?: string;
  /** Leaves room above the plot for titles of panels; default false. */
  readonly panels?: boolean;
  /** Where the legend is; always outside the plot. Default "right". */
  readonly legend?: "right" | "below" | "none";
  /** Plain text above the legend's entries. */
  readonly legendTitle?: string;
  /** Lines that a legend below needs; default 1. */
  readonly legendRows?: number;
}

const SIZE = { text: 13, title: 16 } as const;

/**
 * The layout that every figure starts from: font, white ground, light grid, legend outside the plot. Spread
 * axes, shapes and annotations over it.
 */
export function baseLayout(options: LayoutOptions = {}): PlotlyObject {
  checkObject("baseLayout: options", options, [], "an object such as { title, width, height, legend }");
  const { width = ONE_PANEL.width, height = ONE_PANEL.height, title = "" } = options;
  const { legend = "right", legendRows = 1, panels = false } = options;
  const titleLines = title === "" ? [] : breakLines(title, Math.floor(width / 8.4));
  const legendRoom = legend === "below" ? 22 * legendRows + 10 : 0;
  return {
    width,
    height,
    colorway: [...OKABE_ITO],
    font: { family: FONT, size: SIZE.text, color: INK },
    paper_bgcolor: "#FFFFFF",
    plot_bgcolor: "#FFFFFF",
    margin: { l: 72, r: 24, t: 24 + 21 * titleLines.length + (panels ? 24 : 0), b: 60 + legendRoom, pad: 0 },
    hoverlabel: { bgcolor: "#FFFFFF", font: { family: FONT, size: SIZE.text, color: INK }, align: "left" },
    ...(titleLines.length > 0 && { title: titleOf(titleLines) }),
    ...legendOf(legend, options.legendTitle),
  };
}

/** The common look of an axis; `extra` goes over it. @param title plain text with the unit */
export function axis(title: string, extra: PlotlyObject = {}): PlotlyObject {
  checkText("axis: title", title, "the title of an axis");
  return {
    title: { text: plainText(title), standoff: 10, font: { size: SIZE.text + 1 } },
    gridcolor: GRID,
    linecolor: "#8C8C8C",
    showline: true,
    zeroline: false,
    ticks: "outside",
    tickcolor: "#8C8C8C",
    ticklen: 4,
    tickfont: { size: SIZE.text },
    automargin: true,
    ...extra,
  };
}

/** The vertical axis of every accuracy: fractions of 0-1, plain numbers. @param range defaults to 0.45-1.02 */
export function accuracyAxis(
  title = "held-out accuracy (fraction)",
  range: readonly [number, number] = [0.45, 1.02],
): PlotlyObject {
  return axis(title, { range: [...range], dtick: 0.1, tick0: 0, tickformat: ".1f" });
}

/** The horizontal axis of a number of prototypes: every integer of `values` and no other tick. */
export function countAxis(title: string, values: readonly number[]): PlotlyObject {
  checkNumbers("countAxis: values", values);
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  const [first, last] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  return axis(title, { tickvals: ticks, ticktext: ticks.map(String), range: [first - 0.5, last + 0.5] });
}

/** A logarithmic axis that says so and has a tick at each of `values` (> 0). */
export function logAxis(title: string, values: readonly number[]): PlotlyObject {
  checkNumbers("logAxis: values", values);
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  const [first, last] = [ticks[0] ?? 1, ticks.at(-1) ?? 10];
  const pad = Math.max(0.06, 0.05 * Math.log10(last / first));
  const range: Json = [Math.log10(first) - pad, Math.log10(last) + pad];
  return axis(`${title}, log scale`, {
    ...{ type: "log", range, tickvals: ticks, ticktext: ticks.map(String) },
    minor: { showgrid: false, ticks: "" },
  });
}

function titleOf(lines: readonly string[]): PlotlyObject {
  return {
    text: lines.map(plainText).join("<br>"),
    font: { size: SIZE.title, color: INK },
    ...{ x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top" },
    // Plotly sets the first of several lines higher than a single one
    pad: { l: 16, t: lines.length > 1 ? 25 : 14 },
  };
}

function legendOf(place: "right" | "below" | "none", title: string | undefined): PlotlyObject {
  if (place === "none") return { showlegend: false };
  const common = {
    font: { size: SIZE.text },
    bgcolor: "rgba(255,255,255,0)",
    ...(title !== undefined && { title: { text: plainText(title), font: { size: SIZE.text } } }),
  };
  if (place === "right")
    return { showlegend: true, legend: { ...common, x: 1.02, xanchor: "left", y: 1, yanchor: "top" } };
  const below = { orientation: "h", x: 0, xanchor: "left", y: 0.01, yref: "container", yanchor: "bottom" };
  return { showlegend: true, legend: { ...common, ...below } };
}
