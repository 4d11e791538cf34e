import { checkIsFigure, type Figure } from "../figure.js";
import { escapeMarkup } from "../text/index.js";
import type { PlotlyWindow } from "./plotly-window.js";
import { openPlotlyWindow } from "./plotly-window.js";
import { stillJson } from "./specification.js";
import type { UnknownPart } from "./unknown-parts.js";

/** One window for the process: opening it costs more than a figure. What is saved is mostly shown next: its drawing is kept. */
const shared: {
  window?: Promise<PlotlyWindow>;
  last?: { readonly specification: string; readonly id: string; readonly drawn: Promise<string> };
} = {};

/**
 * The figure as SVG text. The same figure gives the same text in every process on one system; the first call
 * opens the window (about 0.7 s). Texts keep the widths they were laid out with where the viewer has another font.
 * @throws InputError when a trace cannot be drawn or a picture would have to be loaded
 * @throws Error when Plotly refuses the specification
 */
export async function renderSvg(figure: Figure): Promise<string> {
  checkIsFigure("renderSvg: figure", figure);
  const picture = await draw(stillJson(figure), figure.id);
  const drawn = (await shared.window)?.holdWidths(picture) ?? picture;
  return steady(drawn).replace("<svg ", `<svg role="img" aria-label="${escapeMarkup(figure.alt)}" `);
}

function draw(specification: string, id: string): Promise<string> {
  const { last } = shared;
  if (last?.specification === specification && last.id === id) return last.drawn;
  shared.window ??= openPlotlyWindow();
  const drawn = shared.window.then((window) => window.draw(specification, id));
  shared.last = { specification, id, drawn };
  return drawn;
}

/** What a specification has that Plotly does not know; opens the window. */
export async function unknownPartsOf(specification: string): Promise<readonly UnknownPart[]> {
  shared.window ??= openPlotlyWindow();
  return (await shared.window).unknownParts(specification);
}

/** Closes the shared window; the next figure opens a new one. */
export async function disposeRenderer(): Promise<void> {
  const opened = shared.window;
  shared.window = undefined;
  shared.last = undefined;
  (await opened)?.close();
}

/**
 * Cuts coordinates to 3 decimals, in tags only, and drops copies of texts that only Plotly's editor uses. Heatmaps
 * are images of one pixel a cell; jsdom does not know the style that keeps their cells sharp.
 */
function steady(svg: string): string {
  return svg.replace(/<[^>]*>/g, (given) => {
    const tag = given.replace(/ data-(?:unformatted|math|bb)="[^"]*"/g, "").replace(/(\d\.\d{3})\d+/g, "$1");
    if (!tag.startsWith("<image ")) return tag;
    return tag.replace(/ style="[^"]*"/, "").replace("<image ", '<image style="image-rendering: pixelated" ');
  });
}
