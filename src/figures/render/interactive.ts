import type { Json } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { plainText } from "../theme/index.js";
import { without } from "./specification.js";

/** Pixels that a slider takes below the plot. */
const SLIDER_ROOM = 90;

/** What every live figure is drawn with. */
export const PLOTLY_CONFIG: PlotlyObject = {
  responsive: true,
  displaylogo: false,
  typesetMath: false,
  modeBarButtonsToRemove: ["sendChartToCloud"],
};

/** A figure for people who can move in it. */
export interface InteractiveFigure {
  readonly figure: Figure;
  /** Pixels that it wants; it follows the page's width, and scrolls where the page is narrower than `minWidth`. */
  readonly width: number;
  readonly minWidth: number;
  readonly height: number;
}

/** The figure with a slider where it has frames, and without a size of its own, so that it follows the page's width. */
export function interactive(figure: Figure): InteractiveFigure {
  const whole = figure.frames === undefined ? figure : withSlider(figure, figure.frames);
  const { width = 720, height = 440 } = whole.layout;
  const layout: PlotlyObject = { ...without(whole.layout, ["width", "height"]), autosize: true };
  const pixels = (value: Json | undefined): number => Math.round(Number(value));
  return {
    figure: { ...whole, layout },
    ...{ width: pixels(width), height: pixels(height) },
    minWidth: Math.round((isRigid(layout) ? 1 : 0.8) * pixels(width)),
  };
}

/** Whether what is written in the picture has places that do not move apart: a triangle, or words without axes. */
function isRigid(layout: PlotlyObject): boolean {
  const { visible = true } = (layout.xaxis ?? {}) as PlotlyObject;
  return visible === false || Object.keys(layout).some((name) => name.startsWith("ternary"));
}

/** The figure with a slider below it that walks through its frames; as it is where it has a slider of its own. */
export function withSlider(figure: Figure, frames: readonly PlotlyObject[]): Figure {
  if (figure.layout.sliders !== undefined) return figure;
  const steps = frames.map(({ name }) => ({
    method: "animate",
    label: plainText(String(name)),
    args: [
      [String(name)],
      { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } },
    ],
  }));
  const height = Number(figure.layout.height ?? 440);
  const margin = { b: 60, ...(figure.layout.margin as PlotlyObject | undefined) };
  const slider = {
    ...{ steps, x: 0, len: 1, y: 0, yanchor: "top", pad: { t: Number(margin.b), b: 0 } },
    // what is drawn first is the last state, where the work ended
    active: steps.length - 1,
  };
  const layout: PlotlyObject = {
    ...figure.layout,
    height: height + SLIDER_ROOM,
    margin: { ...margin, b: Number(margin.b) + SLIDER_ROOM },
    sliders: [slider],
  };
  return { ...figure, layout };
}
