import { checkNumbers, checkObject, checkText, type Json } from "../../core/index.js";
import type { PlotlyObject } from "../figure.js";
import { GRID, INK, OKABE_ITO } from "./palette.js";
import { plainText } from "./text.js";
import { TITLE_LINE, titleOf } from "./title.js";

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
  /** Plain text below the title, grey: the setting and how many. */
  readonly subtitle?: string;
  /** Leaves room above the plot for titles of panels; default false. */
  readonly panels?: boolean;
  /** Where the legend is; always outside the plot. Default "right". */
  readonly legend?: "right" | "below" | "none";
  /** Plain text above the legend's entries. */
  readonly legendTitle?: string;
  /** Lines that a legend below needs; default 1. */
  readonly legendRows?: number;
}

const TEXT = 13;

/**
 * The layout that every figure starts from: font, white ground, light grid, legend outside the plot. Spread
 * axes, shapes and annotations over it.
 */
export function baseLayout(options: LayoutOptions = {}): PlotlyObject {
  checkObject("baseLayout: options", options, [], "an object such as { title, width, height, legend }");
  const { width = ONE_PANEL.width, height = ONE_PANEL.height, title = "", subtitle = "" } = options;
  const { legend = "right", legendRows = 1, panels = false } = options;
  const { lines, title: said } = titleOf(title, subtitle, width);
  const legendRoom = legend === "below" ? 22 * legendRows + 10 : 0;
  return {
    width,
    height,
    colorway: [...OKABE_ITO],
    font: { family: FONT, size: TEXT, color: INK },
    paper_bgcolor: "#FFFFFF",
    plot_bgcolor: "#FFFFFF",
    margin: { l: 72, r: 24, t: 24 + TITLE_LINE * lines + (panels ? 24 : 0), b: 60 + legendRoom, pad: 0 },
    hoverlabel: { bgcolor: "#FFFFFF", font: { family: FONT, size: TEXT, color: INK }, align: "left" },
    ...(said !== undefined && { title: said }),
    ...legendOf(legend, options.legendTitle),
  };
}

/** The common look of an axis; `extra` goes over it. @param title plain text with the unit */
export function axis(title: string, extra: PlotlyObject = {}): PlotlyObject {
  checkText("axis: title", title, "the title of an axis");
  return {
    title: { text: plainText(title), standoff: 10, font: { size: TEXT + 1 } },
    gridcolor: GRID,
    linecolor: "#8C8C8C",
    showline: true,
    zeroline: false,
    ticks: "outside",
    tickcolor: "#8C8C8C",
    ticklen: 4,
    tickfont: { size: TEXT },
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

function legendOf(place: "right" | "below" | "none", title: string | undefined): PlotlyObject {
  if (place === "none") return { showlegend: false };
  const common = {
    font: { size: TEXT },
    bgcolor: "rgba(255,255,255,0)",
    ...(title !== undefined && { title: { text: plainText(title), font: { size: TEXT } } }),
  };
  if (place === "right")
    return { showlegend: true, legend: { ...common, x: 1.02, xanchor: "left", y: 1, yanchor: "top" } };
  const below = { orientation: "h", x: 0, xanchor: "left", y: 0.01, yref: "container", yanchor: "bottom" };
  return { showlegend: true, legend: { ...common, ...below } };
}
