import type { PlotlyObject } from "../figure.js";
import { INK, MUTED } from "./palette.js";
import { plainText } from "./text.js";

/** Lines and their labels, to be put into a layout's `shapes` and `annotations`. */
export interface Marks {
  readonly shapes: readonly PlotlyObject[];
  readonly annotations: readonly PlotlyObject[];
}

/** A level that a figure is read against. */
export interface Level {
  /** In the units of the vertical axis. */
  readonly y: number;
  /** Plain text; the default names the kind of line. */
  readonly label?: string;
  /** At which end the label is; default "right". */
  readonly side?: "left" | "right";
  /** Whether the label is above or below the line; default "above". */
  readonly place?: "above" | "below";
  /** Which panel, from 1; default 1. */
  readonly panel?: number;
  /** Colour of line and label; each kind has its own. */
  readonly color?: string;
}

/** What guessing reaches: a dotted grey line. */
export function chanceLine(level: Partial<Level> = {}): Marks {
  return levelLine({ y: 0.5, label: "chance", color: MUTED, ...level }, "dot");
}

/** What no predictor of a kind can exceed (the best user-blind one, an oracle): dash and dot. */
export function ceilingLine(level: Level): Marks {
  return levelLine({ label: "ceiling", color: MUTED, ...level }, "dashdot");
}

/** The value that the paper reports: dashed. */
export function paperLine(level: Level): Marks {
  return levelLine({ label: "paper", color: INK, ...level }, "dash");
}

/** A chosen setting (a K) with the rule that chose it: a vertical line with its label at one end. */
export function chosenLine(options: {
  readonly x: number;
  readonly label: string;
  readonly place?: "top" | "bottom";
  readonly panel?: number;
  readonly color?: string;
}): Marks {
  const { x, label, place = "bottom", panel = 1, color = INK } = options;
  const end = { y: place === "top" ? 1 : 0, yanchor: place };
  const [xref, yref] = [axisOf("x", panel), `${axisOf("y", panel)} domain`];
  const line = { color, width: 1.2, dash: "longdash" };
  return {
    shapes: [{ type: "line", layer: "below", xref, yref, x0: x, x1: x, y0: 0, y1: 1, line }],
    annotations: [note({ text: label, color, x, xref, yref, xanchor: "left", xshift: 4, ...end })],
  };
}

/** All marks together, ready to be spread over a layout. */
export function marks(...parts: readonly Marks[]): { shapes: PlotlyObject[]; annotations: PlotlyObject[] } {
  return {
    shapes: parts.flatMap((part) => part.shapes),
    annotations: parts.flatMap((part) => part.annotations),
  };
}

/** The name of the `n`-th axis (from 1) as Plotly's traces and shapes call it: "x", "x2", … */
export function axisOf(letter: "x" | "y", n: number): string {
  return n === 1 ? letter : `${letter}${n}`;
}

/** A text in a figure without an arrow; `options` are those of a Plotly annotation, `text` is plain. */
export function note(options: { text: string; color?: string } & PlotlyObject): PlotlyObject {
  const { text, color = INK, ...place } = options;
  return {
    text: plainText(text),
    font: { size: 12, color },
    borderpad: 0,
    showarrow: false,
    ...place,
  };
}

/** Says, in the corner of a plot, why no interval is drawn. */
export function oneRun(): PlotlyObject {
  return note({
    ...{ text: "one run: no interval", color: MUTED, x: 0.01, xref: "paper", xanchor: "left" },
    ...{ y: 0.01, yref: "paper", yanchor: "bottom" },
  });
}

function levelLine(level: Level, dash: string): Marks {
  const { y, label = "", side = "right", place = "above", panel = 1, color = MUTED } = level;
  const xref = `${axisOf("x", panel)} domain`;
  const yref = axisOf("y", panel);
  const line = { color, width: 1.4, dash };
  const right = side === "right";
  const anchor = { xanchor: side, yanchor: place === "above" ? "bottom" : "top" };
  return {
    shapes: [{ type: "line", layer: "below", xref, yref, x0: 0, x1: 1, y0: y, y1: y, line }],
    annotations: [
      note({ text: label, color, x: right ? 1 : 0, y, xref, yref, xshift: right ? -3 : 3, ...anchor }),
    ],
  };
}
